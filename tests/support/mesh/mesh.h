// Validators in one process: whole engines on real stores in temporary folders, joined by calls
// instead of streams. For tests of the engine without gRPC.

#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "node/engine/engine.h"
#include "protocol/crypto/sign.h"
#include "tests/support/payments.h"

namespace node {

// A clock that stands at the genesis plus what has passed since the test began.
class TestClock final : public Clock {
 public:
  protocol::TimeMs now() const override;
  void advance(std::uint64_t ms) { ahead_ms_ += ms; }

 private:
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::atomic<std::uint64_t> ahead_ms_{0};
};

class Mesh {
 public:
  // One deadline for everything that is waited for: generous, because a sanitizer is slow.
  static constexpr std::chrono::seconds patience{60};

  struct Options {
    int validators = 4;
    int observers = 0;                 // Nodes besides, whose keys the genesis does not have.
    bool ready = false;                // Nodes say by themselves that they are ready for a seat.
    std::uint64_t history_blocks = 0;  // As in StoreOptions.
    std::uint64_t epoch_blocks = 0;    // Of an epoch, at most; 0: as the parameter has it.
  };
  explicit Mesh(std::vector<testing_support::Person> const& people);
  Mesh(std::vector<testing_support::Person> const& people, Options const& options);
  ~Mesh();
  Mesh(Mesh const&) = delete;
  Mesh& operator=(Mesh const&) = delete;

  protocol::Chain const& chain() const { return chain_; }
  TestClock& clock() { return clock_; }
  std::size_t size() const { return nodes_.size(); }
  Engine& engine(std::size_t index);
  Store& store(std::size_t index);
  Peers& peers(std::size_t index);
  bool runs(std::size_t index) const;
  // Why a node stopped by itself; empty: it did not.
  std::string halted(std::size_t index);

  // Where a node keeps its data; a test may change it while the node is stopped.
  std::filesystem::path folder(std::size_t index) const;

  // The consensus key of a node; it may be given another while it is stopped.
  crypto::SecretKey const& key(std::size_t index) const;
  void give_key(std::size_t index, crypto::SecretKey key);
  protocol::PublicKey node_key(std::size_t index) const;
  // Of a node that is stopped: whether it knows any feature (execution/feature.h).
  void prepare(std::size_t index, bool prepared);

  // Only nodes of one group reach each other, until heal(). All are in group 0 at first.
  void part(std::vector<std::size_t> const& away, int group = 1);
  void heal();

  // Stops a node as a clean exit does, and starts it again from its disk.
  void stop(std::size_t index);
  void start(std::size_t index);

  // Submits to a node and waits for its answer.
  std::vector<Submitted> submit(std::size_t index, std::vector<std::string> transactions);
  // Whether `holds` became true, asked whenever a block is final anywhere or a node has stopped by
  // itself, and now and then, for what a node does at a tick of its own.
  template <class Condition>
  bool eventually(Condition holds) {
    std::unique_lock lock{mutex_};
    auto const until = std::chrono::steady_clock::now() + patience;
    while (!holds()) {
      if (std::chrono::steady_clock::now() >= until) return false;
      moved_.wait_for(lock, std::chrono::milliseconds{100});
    }
    return true;
  }
  // Whether every running node has the transaction in a final block.
  bool all_final(protocol::TransactionId const& id);

 private:
  struct Node;
  class Link;

  void connect(std::size_t one, std::size_t other);

  std::filesystem::path folder_;
  Options options_;
  protocol::Chain chain_;
  TestClock clock_;
  std::mutex mutex_;
  std::condition_variable moved_;
  std::vector<std::unique_ptr<Node>> nodes_;
};

}  // namespace node
