#include "devnet/bench_load.h"

#include <algorithm>
#include <utility>

#include "protocol/address.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/sign.h"

namespace devnet {

std::uint64_t valid_until_ms(labor::v1::GetNodeInfoResponse const& info) {
  constexpr std::uint64_t hour_ms = 60ull * 60 * 1000;
  return info.now_ms() + hour_ms;
}

std::optional<LoadChain> load_chain(NodeClient const& node, std::uint64_t accounts) {
  auto const info = node.info();
  if (!info) return std::nullopt;
  auto const genesis = protocol::GenesisHash::from(info->genesis_hash());
  if (!genesis) return std::nullopt;
  return LoadChain{.chain_id = info->chain_id(),
                   .genesis = *genesis,
                   .valid_until_ms = valid_until_ms(*info),
                   .accounts = bench_addresses(accounts)};
}

LoadSender load_sender(std::uint64_t number) {
  auto key = bench_key(number);
  auto const address = protocol::address_of(key.public_key());
  return {.key = std::move(key), .address = address};
}

LoadTransaction sign_next(LoadSender& sender, LoadChain const& chain,
                          std::vector<labor::v1::Message> messages) {
  labor::v1::TransactionBody body;
  body.set_chain_id(chain.chain_id);
  body.set_account(sender.address.str());
  body.set_sequence(sender.sequence++);
  body.set_valid_until_ms(chain.valid_until_ms);
  constexpr std::uint64_t fee_limit = 1'000'000'000;  // Of a flood: see bench_lbr.
  body.set_fee_limit(fee_limit);
  for (auto& message : messages) *body.add_messages() = std::move(message);

  labor::v1::Transaction transaction;
  transaction.set_body(canonical::encode(body));
  auto const body_bytes = base::bytes_of(transaction.body());
  auto const statement =
      crypto::signing_bytes(crypto::tags::transaction, chain.genesis, body_bytes);
  auto& signature = *transaction.add_signatures();
  signature.set_public_key(sender.key.public_key().str());
  signature.set_signature(sender.key.sign(base::bytes_of(statement)).str());
  return {
      .id = crypto::hash_as<protocol::TransactionId>(crypto::domains::transaction, {body_bytes}),
      .bytes = canonical::encode(transaction)};
}

LoadRefused submit(NodeClient const& node, std::vector<LoadTransaction> batch) {
  std::vector<std::string> bytes;
  for (auto const& transaction : batch) bytes.push_back(transaction.bytes);
  auto const reasons = node.submit(std::move(bytes));
  LoadRefused refused;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    auto const answered = reasons && i < reasons->size();
    if (answered && (*reasons)[i].empty()) continue;
    refused.reason = answered ? (*reasons)[i] : "no answer";
    refused.transactions.push_back(std::move(batch[i]));
  }
  return refused;
}

LoadSource::LoadSource(LoadChain const& chain, std::size_t first, std::size_t step)
    : chain_{chain}, to_{first} {
  auto const senders = std::min(transfer_senders_max, chain_.accounts.size());
  for (auto number = first; number < senders; number += step) {
    senders_.push_back(load_sender(number));
  }
}

LoadTransaction LoadSource::next() {
  auto& sender = senders_[turn_++ % senders_.size()];
  auto const& accounts = chain_.accounts;
  if (accounts[to_ % accounts.size()] == sender.address) ++to_;
  labor::v1::Message message;
  auto& transfer = *message.mutable_transfer();
  transfer.set_to(accounts[to_++ % accounts.size()].str());
  transfer.set_asset(labor::v1::ASSET_USD);
  transfer.set_amount(1);
  return sign_next(sender, chain_, {std::move(message)});
}

bool Flight::depart(std::vector<LoadTransaction> const& batch) {
  std::unique_lock lock{mutex_};
  room_.wait(lock, [&] { return stopped_ || flying_.size() + batch.size() <= window_; });
  if (stopped_) return false;
  auto const now = Clock::now();
  for (auto const& transaction : batch) flying_.emplace(transaction.id, now);
  return true;
}

void Flight::withdraw(protocol::TransactionId const& id) {
  std::lock_guard lock{mutex_};
  flying_.erase(id);
  room_.notify_all();
}

void Flight::land(protocol::TransactionId const& id) {
  auto const now = Clock::now();
  std::lock_guard lock{mutex_};
  auto const found = flying_.find(id);
  if (found == flying_.end()) return;
  landings_.push_back(
      {now, std::chrono::duration<double, std::milli>(now - found->second).count()});
  flying_.erase(found);
  room_.notify_all();
}

void Flight::stop() {
  std::lock_guard lock{mutex_};
  stopped_ = true;
  room_.notify_all();
}

std::vector<double> Flight::latencies_ms(Clock::time_point from, Clock::time_point to) const {
  std::lock_guard lock{mutex_};
  std::vector<double> latencies;
  for (auto const& landing : landings_) {
    if (landing.at >= from && landing.at < to) latencies.push_back(landing.latency_ms);
  }
  std::ranges::sort(latencies);
  return latencies;
}

std::size_t Flight::in_flight() const {
  std::lock_guard lock{mutex_};
  return flying_.size();
}

}  // namespace devnet
