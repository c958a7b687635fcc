#include "node/api/transaction_waits.h"

#include "protocol/base/check.h"

namespace node {

TransactionWaits::TransactionWaits(FinalBlocks& blocks)
    : subscription_{blocks.subscribe([this](FinalNotice const& block) { heard(block); })},
      thread_{[this] { work(); }} {}

TransactionWaits::~TransactionWaits() {
  stop();
}

void TransactionWaits::stop() {
  subscription_.cancel();
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
    while (!waits_.empty()) fall_due(waits_.begin()->first);
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::optional<TransactionWaits::Ticket> TransactionWaits::add(Until const& until, Wake wake) {
  std::optional<Ticket> ticket;
  {
    std::lock_guard const lock{mutex_};
    if (stopping_ || waits_.size() >= waits_max) return std::nullopt;
    ticket = next_++;
    by_id_.emplace(until.id, *ticket);
    if (until.expiry != protocol::TimeMs{0}) by_expiry_.emplace(until.expiry, *ticket);
    by_deadline_.emplace(until.deadline, *ticket);
    waits_.emplace(*ticket, Wait{until, std::move(wake)});
  }
  changed_.notify_one();
  return ticket;
}

bool TransactionWaits::remove(Ticket ticket) {
  std::lock_guard const lock{mutex_};
  if (!waits_.contains(ticket)) return false;
  take(ticket);
  return true;
}

TransactionWaits::Wait TransactionWaits::take(Ticket ticket) {
  auto node = waits_.extract(ticket);
  CHECK(!node.empty());
  auto& until = node.mapped().until;
  by_id_.erase({until.id, ticket});
  by_expiry_.erase({until.expiry, ticket});
  by_deadline_.erase({until.deadline, ticket});
  return std::move(node.mapped());
}

void TransactionWaits::fall_due(Ticket ticket) {
  due_.push_back(take(ticket).wake);
}

void TransactionWaits::heard(FinalNotice const& block) {
  {
    std::lock_guard const lock{mutex_};
    for (auto const& id : block.transactions) {
      for (auto at = by_id_.lower_bound({id, 0}); at != by_id_.end() && at->first == id;
           at = by_id_.lower_bound({id, 0})) {
        fall_due(at->second);
      }
    }
    while (!by_expiry_.empty() && by_expiry_.begin()->first < block.time) {
      fall_due(by_expiry_.begin()->second);
    }
    if (due_.empty()) return;
  }
  changed_.notify_one();
}

void TransactionWaits::work() {
  std::unique_lock lock{mutex_};
  while (true) {
    auto const now = std::chrono::steady_clock::now();
    while (!by_deadline_.empty() && by_deadline_.begin()->first <= now) {
      fall_due(by_deadline_.begin()->second);
    }
    if (!due_.empty()) {
      std::vector<Wake> batch;
      batch.swap(due_);
      lock.unlock();
      for (auto& wake : batch) wake();
      batch.clear();
      lock.lock();
      continue;
    }
    if (stopping_) return;
    if (by_deadline_.empty()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, by_deadline_.begin()->first);
    }
  }
}

}  // namespace node
