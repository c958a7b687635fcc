// Transactions of blocks whose signatures were checked before gossip brought them: when it does,
// they need not be checked again. Matters under load, when blocks overtake gossip.
//
// Bounds: count_max entries, the oldest dropped.
// Threads: any.

#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>

#include "protocol/execution/transaction.h"
#include "protocol/types.h"

namespace node {

class CheckedCache {
 public:
  // One full block.
  static constexpr std::size_t count_max = 8192;

  void keep(execution::CheckedPtr transaction) {
    std::lock_guard const lock{mutex_};
    auto const hash = transaction->wire();
    if (!by_wire_.emplace(hash, std::move(transaction)).second) return;
    by_age_.push_back(hash);
    if (by_age_.size() <= count_max) return;
    by_wire_.erase(by_age_.front());
    by_age_.pop_front();
  }

  // Null if it is not here.
  execution::CheckedPtr find(protocol::WireHash const& hash) const {
    std::lock_guard const lock{mutex_};
    auto const found = by_wire_.find(hash);
    return found == by_wire_.end() ? nullptr : found->second;
  }

 private:
  mutable std::mutex mutex_;
  std::map<protocol::WireHash, execution::CheckedPtr> by_wire_;
  std::deque<protocol::WireHash> by_age_;
};

}  // namespace node
