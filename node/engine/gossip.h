// Sends transactions on to the other validators, in batches.
//
// Who proposes next needs a transaction at once; the others get it in the block. So it goes to the
// next leaders first, and to everybody only if it still waits here rest_ms later: a quarter of the
// messages while blocks are quick, and one leader that drops it delays it by no more than that.
//
// A transaction that comes when nothing has been sent for a moment leaves at once; those that
// come within interval_ms of the last batch leave together. So one transaction alone pays no
// delay, and a flood pays one message per interval.
//
// Bounds: what waits is in the mempool too, so the mempool's bounds hold; a message carries at most
// batch_bytes_max.
// Threads: any.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "node/engine/loop.h"
#include "node/engine/peers.h"
#include "node/mempool/mempool.h"
#include "protocol/execution/transaction.h"

namespace node {

class Gossip {
 public:
  static constexpr std::uint64_t interval_ms = 1;
  // The network delay that consensus expects (Timing::delta_ms): who is later than that is in
  // trouble.
  static constexpr std::uint64_t rest_ms = 250;
  // Where one stream reaches its bandwidth (2 GB/s on loopback): more gains nothing.
  static constexpr std::size_t batch_bytes_max = 256u << 10;

  Gossip(Loop& loop, Peers& peers, Mempool const& mempool)
      : loop_{loop}, peers_{peers}, mempool_{mempool} {}

  // Who is to hear of a transaction first.
  void aim(std::vector<PeerId> leaders);
  void forward(execution::CheckedPtr transaction);
  // Says them again to everybody, whoever may have them.
  void again(std::vector<execution::CheckedPtr> const& transactions);

 private:
  using Moment = std::chrono::steady_clock::time_point;
  using Transactions = std::vector<execution::CheckedPtr>;

  void flush();
  void flush_rest();
  void send(std::vector<PeerId> const& to, Transactions const& transactions);

  Loop& loop_;
  Peers& peers_;
  Mempool const& mempool_;
  std::mutex mutex_;  // Guards what follows.
  std::vector<PeerId> leaders_;
  Transactions waiting_;
  Transactions rest_;
  bool flush_ordered_ = false;
  bool rest_ordered_ = false;
  Moment sent_at_{};
};

}  // namespace node
