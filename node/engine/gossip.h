// Sends transactions on to the other validators, in batches.
//
// A transaction that comes when nothing has been sent for a moment leaves at once; those that
// come within interval_ms of the last batch leave together. So one transaction alone pays no
// delay, and a flood pays one message per interval.
//
// Bounds: what waits is in the mempool too, so the mempool's bounds hold; a message carries at most
// batch_bytes_max.
// Threads: forward() and again() from any.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "node/engine/loop.h"
#include "node/engine/peers.h"
#include "protocol/execution/transaction.h"

namespace node {

class Gossip {
 public:
  static constexpr std::uint64_t interval_ms = 1;
  // Where one stream reaches its bandwidth (2 GB/s on loopback): more gains nothing.
  static constexpr std::size_t batch_bytes_max = 256u << 10;

  Gossip(Loop& loop, Peers& peers) : loop_{loop}, peers_{peers} {}

  void forward(execution::CheckedPtr transaction);
  // Says them again, whoever may have them.
  void again(std::vector<execution::CheckedPtr> const& transactions);

 private:
  using Moment = std::chrono::steady_clock::time_point;

  void flush();
  void send(std::vector<execution::CheckedPtr> const& transactions);

  Loop& loop_;
  Peers& peers_;
  std::mutex mutex_;
  std::vector<execution::CheckedPtr> waiting_;
  bool flush_ordered_ = false;
  Moment sent_at_{};
};

}  // namespace node
