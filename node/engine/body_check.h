// The transactions of one block, checked by whoever has time.
//
// Transactions that wait in the mempool have been checked when they came; only the others cost a
// signature check, and are remembered for when gossip brings them. Workers begin as soon as the
// block arrives; whoever needs the result takes part and then waits for no more than the chunks
// that others have begun. Nobody waits for a job that has not started, so a busy or stopped pool
// only makes it slower.
//
// Threads: help() and result() from any.

#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "consensus/shell/body.h"
#include "node/engine/stage.h"
#include "node/engine/worker_pool.h"
#include "node/mempool/checked_cache.h"
#include "node/mempool/mempool.h"
#include "protocol/execution/block.h"
#include "protocol/genesis.h"

namespace node {

class BodyCheck {
 public:
  struct Checked {
    execution::ParsedBlock block;
    std::vector<CheckedPtr> transactions;  // As many as in the block.
  };

  BodyCheck(std::string body, protocol::Chain const& chain, Mempool const& mempool,
            CheckedCache& cache, StageCosts& costs);

  // Asks the pool's threads for help, as many jobs as there is work for.
  static void spread(std::shared_ptr<BodyCheck> const& check, WorkerPool& workers);

  // Checks chunks that nobody has begun.
  void help();
  // Helps, waits for the rest, and tells: once. The first refused transaction is named.
  std::expected<Checked, execution::BlockInvalid> result();

 private:
  static constexpr std::size_t chunk = 16;

  std::optional<execution::BlockInvalid> refusal() const;

  protocol::Chain const& chain_;
  CheckedCache& cache_;
  StageCosts& costs_;
  std::expected<execution::ParsedBlock, execution::BlockInvalid> parsed_;
  std::vector<CheckedPtr> transactions_;
  std::vector<std::size_t> unknown_;           // Indices of what the mempool does not have.
  std::vector<labor::v1::TxStatus> refusals_;  // Of unknown_, in its order.
  std::atomic<std::size_t> begun_{0};          // Of unknown_.
  std::atomic<std::size_t> finished_{0};
};

// Checks under way, by block hash: begun when a proposal arrives, taken when it is executed.
//
// Bounds: count_max checks, the oldest dropped; what is dropped is begun again when it is needed.
// Threads: any.
class BodyChecks {
 public:
  static constexpr std::size_t count_max = 8;

  BodyChecks(protocol::Chain const& chain, Mempool const& mempool, CheckedCache& cache,
             WorkerPool& workers, StageCosts& costs)
      : chain_{chain}, mempool_{mempool}, cache_{cache}, workers_{workers}, costs_{costs} {}

  // Reads the body on the calling thread and spreads the signature checks.
  void begin(consensus::Block const& block);
  // The check of this block, which is the caller's from now on.
  std::shared_ptr<BodyCheck> take(consensus::Block const& block);

 private:
  std::shared_ptr<BodyCheck> make(consensus::Block const& block);

  protocol::Chain const& chain_;
  Mempool const& mempool_;
  CheckedCache& cache_;
  WorkerPool& workers_;
  StageCosts& costs_;
  std::mutex mutex_;
  std::deque<std::pair<protocol::BlockHash, std::shared_ptr<BodyCheck>>> checks_;  // By age.
};

}  // namespace node
