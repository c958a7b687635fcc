#include "tests/e2e/client.h"

#include <fmt/format.h>

#include <algorithm>

namespace e2e {
namespace {

// A validator that works is done in a few hundredths of it; one that does not is not waited for.
constexpr std::uint64_t patience_ms = 2'000;

}  // namespace

Client::Client(Clientele const& all, std::size_t number)
    : all_{all},
      number_{number},
      chain_{all.chain},
      source_{chain_, number, all.clients},
      asked_{number % all.nodes.size()},
      thread_{[this] { work(); }} {}

Client::~Client() {
  given_up_ = true;
  finishing_ = true;
}

std::string Client::state() const {
  if (drained_) return fmt::format("client {}: all that it sent is final\n", number_);
  std::lock_guard const lock{mutex_};
  return fmt::format("client {}: waits for finality; last refusal: {}\n", number_,
                     refusal_.empty() ? "none" : refusal_);
}

void Client::work() {
  while (!finishing_) {
    if (!renew()) {
      asked_ = (asked_ + 1) % all_.nodes.size();
      continue;
    }
    for (std::size_t i = 0; i < all_.transfers_at_once; ++i) waiting_.push_back(source_.next());
    settle();
    asked_ = number_ % all_.nodes.size();  // Else all would come to ask the same one.
  }
  drained_ = waiting_.empty();
}

// The chain's clock may have been moved since the last transfers were made.
bool Client::renew() {
  auto const validator = static_cast<unsigned>(asked_);
  auto const info = all_.nodes[asked_].info();
  if (!info) return false;
  all_.witness.showed(validator, *info);
  chain_.valid_until_ms = devnet::valid_until_ms(*info);
  return true;
}

void Client::settle() {
  while (!given_up_) {
    submit();
    follow();
    if (waiting_.empty()) return;
    asked_ = (asked_ + 1) % all_.nodes.size();
  }
}

void Client::submit() {
  std::vector<std::string> bytes;
  for (auto const& transaction : waiting_) bytes.push_back(transaction.bytes);
  auto const reasons = all_.nodes[asked_].submit(std::move(bytes));
  if (!reasons) return;
  for (auto const& reason : *reasons) {
    if (reason.empty()) continue;
    std::lock_guard const lock{mutex_};
    refusal_ = fmt::format("{} by validator {}", reason, asked_);
  }
}

// Those that are final in time leave the list.
void Client::follow() {
  auto const& node = all_.nodes[asked_];
  while (!waiting_.empty() && !given_up_) {
    auto const& id = waiting_.front().id;
    auto const answer = node.transaction(id.str(), patience_ms);
    if (!answer || answer->outcome() != labor::v1::TRANSACTION_OUTCOME_FINAL) return;
    all_.witness.answered(static_cast<unsigned>(asked_), id, *answer);
    waiting_.erase(waiting_.begin());
  }
}

}  // namespace e2e
