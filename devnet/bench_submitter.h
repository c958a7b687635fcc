// Carries transactions to one validator on a thread of its own, in the order in which they are
// posted; what it does not admit is submitted again until it does.
//
// Threads: any may post.

#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "devnet/bench_load.h"
#include "devnet/node_client.h"

namespace devnet {

class BenchSubmitter {
 public:
  // `node` outlives it.
  explicit BenchSubmitter(NodeClient const& node);
  // What is not admitted yet is dropped.
  ~BenchSubmitter() = default;
  BenchSubmitter(BenchSubmitter const&) = delete;
  BenchSubmitter& operator=(BenchSubmitter const&) = delete;

  void post(LoadTransaction transaction);
  // Why the validator did not admit one the last time it did not; empty: it always did.
  std::string refusal() const;

 private:
  void work(std::stop_token const& stopping);

  NodeClient const& node_;
  mutable std::mutex mutex_;
  std::condition_variable_any posted_;
  std::vector<LoadTransaction> waiting_;
  std::string refusal_;
  std::jthread thread_;  // The last: it uses all that is above.
};

}  // namespace devnet
