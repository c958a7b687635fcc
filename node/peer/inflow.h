// What one validator has under way in this node: the bound that a fast, slow or malicious peer
// meets. It outlives the peer's streams, so reconnecting does not reset it.
//
//   bytes held  messages delivered and not yet dealt with. Above transactions_held_bytes its
//               gossip and documents are dropped; above held_bytes_max its stream is not read
//               until half is done, and TCP makes it wait.
//   rate        messages other than transactions, per second, with a burst. Above it the stream
//               is closed: no correct node comes near.
//
// Threads: any.

#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>

#include "protocol/limits.h"

namespace node::peer {

class Inflow : public std::enable_shared_from_this<Inflow> {
 public:
  using Clock = std::chrono::steady_clock;

  // Two of the largest messages.
  static constexpr std::size_t held_bytes_max = 2 * protocol::limits::peer_message_bytes_max;
  static constexpr std::size_t transactions_held_bytes = held_bytes_max / 2;
  // A view costs a validator about ten messages, and views are at least 20 ms apart: 500 a second.
  // The burst is for what a reconnecting peer repeats.
  static constexpr std::size_t messages_per_s = 2000;
  static constexpr std::size_t messages_burst = 10000;

  // The bytes count as held until the credit and its copies are gone.
  std::shared_ptr<void const> hold(std::size_t bytes);

  bool takes_transactions() const { return held_ < transactions_held_bytes; }

  // Whether `count` more messages at `now` are within the rate.
  bool within_rate(std::size_t count, Clock::time_point now);

  // Calls `resume` once, when there is room: at once if there is, else from the thread that lets
  // go of a credit. A later call replaces one that still waits.
  void when_room(std::function<void()> resume);

 private:
  void release(std::size_t bytes);

  std::atomic<std::size_t> held_ = 0;
  std::mutex mutex_;
  std::function<void()> waiting_;                     // Guarded by mutex_.
  std::size_t tokens_ = messages_burst;               // Guarded by mutex_.
  std::chrono::steady_clock::time_point refilled_{};  // Guarded by mutex_.
};

}  // namespace node::peer
