// Tells of each block once it is final, can be read from the store's latest snapshot, and can be
// proved from there.
//
// Invariant: blocks are told of in order, each once, after its commit batch is synced.
// Threads: publish() from the execution thread, and so are the listeners called: they must return
// at once. latest() from any thread. When a Subscription is gone its listener is never called
// again, and a call under way has returned.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "protocol/types.h"

namespace node {

struct FinalNotice {
  protocol::Height height{};
  protocol::BlockHash hash;
  protocol::TimeMs time{};
  std::vector<protocol::TransactionId> transactions;
};

class FinalBlocks {
 public:
  using Listener = std::function<void(FinalNotice const&)>;

  class Subscription {
   public:
    Subscription() = default;
    ~Subscription() { cancel(); }
    Subscription(Subscription&& other) noexcept;
    Subscription& operator=(Subscription&& other) noexcept;
    Subscription(Subscription const&) = delete;
    Subscription& operator=(Subscription const&) = delete;
    void cancel();

   private:
    friend class FinalBlocks;
    Subscription(FinalBlocks& blocks, std::uint64_t id) : blocks_{&blocks}, id_{id} {}
    FinalBlocks* blocks_ = nullptr;
    std::uint64_t id_ = 0;
  };

  // `latest` is the last final block at start.
  explicit FinalBlocks(FinalNotice latest) : latest_{std::move(latest)} {}

  void publish(FinalNotice block);
  FinalNotice latest() const;
  // The listener must not subscribe or cancel.
  [[nodiscard]] Subscription subscribe(Listener listener);

 private:
  mutable std::mutex mutex_;
  FinalNotice latest_;
  std::uint64_t next_id_ = 0;
  std::map<std::uint64_t, Listener> listeners_;
};

}  // namespace node
