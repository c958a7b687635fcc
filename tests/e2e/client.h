// A client of a network whose validators fail: it pays from accounts of its own, a few transfers at
// a time, and follows each to its end as a wallet would. A validator that refuses, falls silent or
// takes too long is left for the next one, which is given the same bytes again.
//
// Threads: its own, from construction to drained().

#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "devnet/bench_load.h"
#include "devnet/network.h"
#include "devnet/node_client.h"
#include "tests/e2e/witness.h"

namespace e2e {

// What all clients of a network have in common.
struct Clientele {
  std::vector<devnet::NodeClient> const& nodes;  // By the validators' numbers.
  devnet::LoadChain const& chain;
  Witness& witness;
  std::size_t clients = 0;
  std::size_t transfers_at_once = 0;
};

class Client {
 public:
  // The `number`th of them; it begins with that validator.
  Client(Clientele const& all, std::size_t number);
  // Gives up what is not final yet.
  ~Client();
  Client(Client const&) = delete;
  Client& operator=(Client const&) = delete;

  // Begins nothing new. Once drained() all that it sent is final.
  void finish() { finishing_ = true; }
  bool drained() const { return drained_; }
  // What it waits for, for people.
  std::string state() const;

 private:
  void work();
  bool renew();
  void settle();
  void submit();
  void follow();

  Clientele const all_;
  std::size_t const number_;
  devnet::LoadChain chain_;
  devnet::LoadSource source_;
  std::size_t asked_ = 0;  // Which validator.
  std::vector<devnet::LoadTransaction> waiting_;
  std::atomic<bool> finishing_ = false;
  std::atomic<bool> given_up_ = false;
  std::atomic<bool> drained_ = false;
  mutable std::mutex mutex_;
  std::string refusal_;  // The last one.
  std::jthread thread_;
};

}  // namespace e2e
