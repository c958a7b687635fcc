// Callers who wait until a transaction is final, has expired, or their time is over.
//
// Commits are matched against the waits on the execution thread (a lookup per transaction); waking
// happens on a thread of this object, so that a slow answer holds up no block.
//
// Bounds: waits_max at once; further ones are refused.
// Threads: add() and remove() from any. A wake is called once, unless remove() came first; all are
// called when this goes.

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "node/engine/final_blocks.h"
#include "protocol/types.h"

namespace node {

class TransactionWaits {
 public:
  static constexpr std::size_t waits_max = 16384;

  using Moment = std::chrono::steady_clock::time_point;
  using Wake = std::move_only_function<void()>;
  using Ticket = std::uint64_t;

  struct Until {
    protocol::TransactionId id;
    protocol::TimeMs expiry{};  // 0: not known.
    Moment deadline;
  };

  explicit TransactionWaits(FinalBlocks& blocks);
  ~TransactionWaits();
  TransactionWaits(TransactionWaits const&) = delete;
  TransactionWaits& operator=(TransactionWaits const&) = delete;

  // Nothing if there are too many, or this is stopping; `wake` is dropped then. Whoever adds looks
  // once more afterwards: a commit may have come just before.
  std::optional<Ticket> add(Until const& until, Wake wake);
  // Whether it was still waiting: `wake` will not be called then.
  bool remove(Ticket ticket);
  // Wakes all, refuses further ones.
  void stop();

 private:
  struct Wait {
    Until until;
    Wake wake;
  };

  void heard(FinalNotice const& block);
  // Moves the wait to due_.
  void fall_due(Ticket ticket);
  Wait take(Ticket ticket);
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  Ticket next_ = 0;
  std::map<Ticket, Wait> waits_;
  std::set<std::pair<protocol::TransactionId, Ticket>> by_id_;
  std::set<std::pair<protocol::TimeMs, Ticket>> by_expiry_;
  std::set<std::pair<Moment, Ticket>> by_deadline_;
  std::vector<Wake> due_;
  bool stopping_ = false;
  FinalBlocks::Subscription subscription_;
  std::thread thread_;
};

}  // namespace node
