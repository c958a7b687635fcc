// Execution of one life: the real building and executing of blocks, in the order in which they
// were asked for, each after the time it takes a thread of its own to get to it.

#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "consensus/shell/ports.h"
#include "consensus/shell/runner.h"
#include "node/engine/block_maker.h"
#include "node/engine/pending_blocks.h"
#include "node/engine/recovery.h"
#include "node/mempool/mempool.h"
#include "node/store/block_log.h"
#include "node/store/vote_journal.h"
#include "protocol/execution/block.h"
#include "tests/sim/faults.h"
#include "tests/sim/life_events.h"
#include "tests/sim/node_store.h"
#include "tests/sim/simulated_disk.h"
#include "tests/sim/wire.h"
#include "tests/support/prng.h"

namespace sim {

struct ExecutorContext {
  protocol::Chain const& chain;
  Opener& opener;
  NodeStore& store;
  node::BlockLog& log;
  std::shared_ptr<node::VoteJournal> journal;  // Of the epoch that is to come; null: observes.
  Epochs& epochs;
  node::Mempool& mempool;
  consensus::Clock& clock;
  Power& power;
  LifeEvents events;
  FaultRates rates;
  FaultCounts& faults;
  Prng prng;
  std::size_t node = 0;
};

// Executes a block, each of whose transactions is checked once for all nodes.
std::expected<execution::ExecutedBlock, execution::BlockInvalid> execute_checked(
    protocol::Chain const& chain, execution::Parent const& parent, std::string const& block,
    Opener& opener);

// Who learns of results.
class ExecutorListener {
 public:
  virtual ~ExecutorListener() = default;
  // An input for the runner, as of now.
  virtual void answer(std::function<void(consensus::Runner&)> const& give) = 0;
  virtual void now_built(consensus::Block const& block) = 0;
  // Nothing was built, for want of transactions.
  virtual void found_no_work() = 0;
  virtual void found_invalid(consensus::Block const& block, std::string const& why) = 0;
  virtual void now_final(consensus::FinalBlock const& block,
                         execution::ExecutedBlock const& executed) = 0;
  // The boundary block is in the database, and `journal` is the new epoch's.
  virtual void epoch_begins(std::shared_ptr<node::VoteJournal> journal) = 0;
  virtual void now_diverged(consensus::BlockRef const& block) = 0;
  // The node must stop; `what` is what it says to people.
  virtual void disk_failed(std::string const& what) = 0;
};

class SimulatedExecutor final : public consensus::Executor {
 public:
  SimulatedExecutor(ExecutorContext context, ExecutorListener& listener)
      : context_{std::move(context)},
        listener_{listener},
        pending_{node::parent_from(context_.store.head(), *context_.store)},
        maker_{context_.chain, context_.mempool} {}

  void build(consensus::Build const& order) override;
  void execute(consensus::View view, consensus::Block const& block) override;
  void store_body(consensus::Block const& block) override;
  void commit(consensus::FinalBlock const& block) override;
  void diverged(consensus::BlockRef const& block) override { listener_.now_diverged(block); }

  execution::Parent const& head() const { return pending_.head(); }
  // Nothing where the block is neither executed nor the last final one.
  std::optional<execution::Parent> parent(consensus::BlockHash const& block) const {
    return pending_.parent(block);
  }
  // Whether there is a reason to make a block on `parent`. Nothing while the pool still offers what
  // committed blocks hold.
  std::optional<consensus::Work> work_on(execution::Parent const& parent) const;
  // A block on `parent` without regard to any order; not kept.
  execution::ExecutedBlock build_now(execution::Parent const& parent, protocol::TimeMs time) const;
  std::optional<consensus::Block> block_of(execution::ExecutedBlock const& executed) const;
  // Null where it is not kept.
  consensus::Block const* find(consensus::BlockHash const& block) const;
  void keep(consensus::Block const& block) { held_.insert_or_assign(block.hash, block); }

 private:
  void in_turn(std::function<void()> work);
  void run_build(consensus::Build const& order);
  void give(consensus::Build const& order, execution::ExecutedBlock const& executed);
  consensus::Verdict verdict_on(consensus::Block const& block);
  void run_commit(consensus::FinalBlock const& final);
  std::string encoded(std::optional<consensus::Certificate> const& finalization) const;
  // False where the disk failed.
  bool next_epoch(execution::ExecutedBlock const& boundary);
  void settle_pool();

  ExecutorContext context_;
  ExecutorListener& listener_;
  std::uint64_t busy_until_us_ = 0;
  std::uint64_t builds_ = 0;  // A newer order replaces an older.
  node::PendingBlocks pending_;
  node::BlockMaker maker_;
  // Committed, and not yet provable: the pool settles when a descendant has its certificate.
  std::vector<node::ExecutedPtr> untold_;
  std::map<consensus::BlockHash, consensus::Block> held_;
};

}  // namespace sim
