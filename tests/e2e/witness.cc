#include "tests/e2e/witness.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "protocol/base/check.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"
#include "protocol/crypto/hash.h"

namespace e2e {
namespace {

using devnet::Result;
using protocol::TransactionId;

protocol::Hash hash_of(labor::v1::Receipt const& receipt) {
  auto const bytes = receipt.SerializeAsString();
  return crypto::hash(crypto::domains::receipt, {base::bytes_of(bytes)});
}

std::unexpected<std::string> lost(TransactionId const& id, std::string const& what) {
  return std::unexpected{fmt::format("transaction {}: {}", base::hex(id.view()), what)};
}

// What nodes say of themselves, which no client has sent or waits for.
bool is_of_a_node(labor::v1::Receipt const& receipt) {
  return std::ranges::any_of(receipt.events(), [](labor::v1::Event const& event) {
    return event.record_changed().cause().starts_with("randomness.");
  });
}

}  // namespace

Witness::Witness(std::size_t validators) : heights_(validators) {
  constexpr std::size_t bits = 64;
  CHECK(validators <= bits);
}

void Witness::rise(unsigned validator, std::uint64_t height) {
  heights_[validator] = std::max(heights_[validator], height);
  if (height > height_) {
    auto const now = Clock::now();
    longest_silence_ = std::max(longest_silence_, now - silent_since_);
    risen_at_ = silent_since_ = now;
    height_ = height;
  }
  risen_.notify_all();
}

Witness::Told& Witness::note(unsigned validator, TransactionId const& id, std::uint64_t height) {
  auto& told = told_.try_emplace(id, Told{.height = height}).first->second;
  told.by |= std::uint64_t{1} << validator;
  if (told.height != height && objection_.empty()) {
    objection_ = fmt::format("transaction {} is final at height {}, and at {} says validator {}",
                             base::hex(id.view()), told.height, height, validator);
  }
  return told;
}

void Witness::told(unsigned validator, TransactionId const& id,
                   labor::v1::WatchEventsResponse const& event) {
  std::lock_guard const lock{mutex_};
  note(validator, id, event.cursor().height());
  time_ms_ = std::max(time_ms_, event.block_time_ms());
  rise(validator, event.cursor().height());
}

void Witness::answered(unsigned validator, TransactionId const& id,
                       labor::v1::GetTransactionResponse const& answer) {
  auto const receipt = hash_of(answer.receipt());
  std::lock_guard const lock{mutex_};
  // Not a word of the validator's stream, which must tell it as well.
  told_.try_emplace(id, Told{.height = answer.height()});
  auto const& said = *answers_.try_emplace(id, Answer{answer.index(), receipt}).first;
  if ((said.second.index != answer.index() || said.second.receipt != receipt ||
       told_[id].height != answer.height()) &&
      objection_.empty()) {
    objection_ = fmt::format("validator {} has another receipt of transaction {} than was told",
                             validator, base::hex(id.view()));
  }
}

void Witness::showed(unsigned validator, labor::v1::GetNodeInfoResponse const& info) {
  std::lock_guard const lock{mutex_};
  auto const& shown =
      shown_.try_emplace(info.height(), Shown{info.block_hash(), info.state_root()}).first->second;
  if ((shown.block_hash != info.block_hash() || shown.state_root != info.state_root()) &&
      objection_.empty()) {
    objection_ = fmt::format("validator {} has another final block at height {} than was shown",
                             validator, info.height());
  }
}

void Witness::reached(unsigned validator, std::uint64_t height) {
  std::lock_guard const lock{mutex_};
  rise(validator, height);
}

std::uint64_t Witness::height() const {
  std::lock_guard const lock{mutex_};
  return height_;
}

std::uint64_t Witness::height(unsigned validator) const {
  std::lock_guard const lock{mutex_};
  return heights_[validator];
}

bool Witness::wait(int timeout_ms, std::function<bool()> const& holds) const {
  std::unique_lock lock{mutex_};
  return risen_.wait_for(lock, std::chrono::milliseconds{timeout_ms}, holds);
}

std::uint64_t Witness::now_ms() const {
  std::lock_guard const lock{mutex_};
  auto const since =
      std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - risen_at_);
  return time_ms_ + static_cast<std::uint64_t>(since.count());
}

bool Witness::wait_made_since(std::uint64_t time_ms, int timeout_ms) const {
  return wait(timeout_ms, [&] { return time_ms_ >= time_ms; });
}

bool Witness::wait_beyond(std::uint64_t height, int timeout_ms) const {
  return wait(timeout_ms, [&] { return height_ > height; });
}

bool Witness::wait_reached(unsigned validator, std::uint64_t height, int timeout_ms) const {
  return wait(timeout_ms, [&] { return heights_[validator] >= height; });
}

Witness::Clock::duration Witness::take_longest_silence() {
  std::lock_guard const lock{mutex_};
  auto const silence = std::max(longest_silence_, Clock::now() - silent_since_);
  longest_silence_ = {};
  silent_since_ = Clock::now();
  return silence;
}

std::size_t Witness::transactions() const {
  std::lock_guard const lock{mutex_};
  return told_.size();
}

std::size_t Witness::receipts() const {
  std::lock_guard const lock{mutex_};
  return answers_.size();
}

std::string Witness::objection() const {
  std::lock_guard const lock{mutex_};
  return objection_;
}

Result<> Witness::check_receipt(std::uint64_t height, std::uint32_t index,
                                labor::v1::Receipt const& receipt) {
  auto const id = TransactionId::from(receipt.transaction_id());
  if (!id) return std::unexpected{fmt::format("height {}: a receipt of no transaction", height)};
  if (is_of_a_node(receipt)) return {};
  if (receipt.status() != labor::v1::TX_STATUS_OK) {
    return lost(*id, fmt::format("a transfer failed at height {}: {}", height,
                                 labor::v1::TxStatus_Name(receipt.status())));
  }
  auto const told = told_.find(*id);
  if (told == told_.end()) {
    return lost(*id, fmt::format("final at height {}, and no client was told", height));
  }
  if (std::exchange(told->second.found, true)) {
    return lost(*id, fmt::format("a second time in the chain, at height {}", height));
  }
  if (told->second.height != height) {
    return lost(*id, fmt::format("told to be final at height {}, and is at {}", told->second.height,
                                 height));
  }
  auto const answer = answers_.find(*id);
  if (answer == answers_.end()) return {};
  if (answer->second.index == index && answer->second.receipt == hash_of(receipt)) return {};
  return lost(*id, "its receipt in the chain is not the one that a client was given");
}

Result<> Witness::hold_against(labor::v1::GetBlockResponse const& block) {
  auto const height = block.header().height();
  std::lock_guard const lock{mutex_};
  CHECK(height == held_to_ + 1);
  held_to_ = height;
  auto const shown = shown_.find(height);
  if (shown != shown_.end() && (shown->second.block_hash != block.block_hash() ||
                                shown->second.state_root != block.header().state_root())) {
    return std::unexpected{fmt::format("another block was shown as final at height {}", height)};
  }
  for (int i = 0; i < block.receipts_size(); ++i) {
    TRY_VOID(check_receipt(height, static_cast<std::uint32_t>(i), block.receipts(i)));
  }
  return {};
}

Result<> Witness::nothing_lost() const {
  std::lock_guard const lock{mutex_};
  if (!objection_.empty()) return std::unexpected{objection_};
  if (!shown_.empty() && shown_.rbegin()->first > held_to_) {
    return std::unexpected{fmt::format("a block was shown as final at height {}, and there are {}",
                                       shown_.rbegin()->first, held_to_)};
  }
  auto const all = ~std::uint64_t{0} >> (64 - heights_.size());
  for (auto const& [id, told] : told_) {
    if (!told.found) {
      return lost(id, fmt::format("told to be final at height {}, and in no block", told.height));
    }
    if (told.by != all) {
      return lost(id, fmt::format("final at height {}, and not in every validator's event stream",
                                  told.height));
    }
  }
  return {};
}

}  // namespace e2e
