// Builds, executes, stores and commits blocks, on one thread of its own.
//
//   build    select from the mempool what the parent's chain has not used, execute it
//   execute  on the parent's overlay; overlays are kept until the block is final or impossible
//   store    the body, synced to the block log, before our FINALIZE
//   commit   one synced batch of the store; a boundary block's takes along the journal of the next
//            epoch, created before; with the block's certificate, or that of the next
//            descendant that has one, the mempool is settled, and FinalBlocks tells
//
// It also watches whether there is a reason to make a block (consensus::Work) on the newest block
// that consensus has notarized, and says so whenever that changes.
//
// Orders come from the loop's thread and are carried out in order; answers are given on the
// execution thread. A build that must wait for its time does not hold up other orders.
// Errors: an invalid block is a verdict; a final block that cannot be executed, a feature that this
// software lacks, and a disk that fails, are `halted`: the node must stop. A block that such a
// feature holds for is neither made nor judged.

#pragma once

#include <atomic>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "consensus/certificate/validator_set.h"
#include "consensus/shell/ports.h"
#include "node/engine/block_maker.h"
#include "node/engine/body_check.h"
#include "node/engine/clock.h"
#include "node/engine/divergence.h"
#include "node/engine/final_blocks.h"
#include "node/engine/loop.h"
#include "node/engine/peers.h"
#include "node/engine/pending_blocks.h"
#include "node/engine/stage.h"
#include "node/engine/worker_pool.h"
#include "node/mempool/mempool.h"
#include "node/store/block_log.h"
#include "node/store/store.h"
#include "node/store/vote_journal.h"
#include "protocol/execution/feature.h"
#include "protocol/genesis.h"

namespace node {

// Where answers go. Called on the execution thread.
class ExecutorAnswers {
 public:
  virtual ~ExecutorAnswers() = default;
  virtual void built(consensus::Build const& order, std::optional<consensus::Block> block) = 0;
  virtual void executed(protocol::Epoch epoch, protocol::View view,
                        protocol::BlockHash const& block, consensus::Verdict verdict) = 0;
  virtual void body_durable(protocol::BlockHash const& block) = 0;
  virtual void committed(protocol::Height height, protocol::BlockHash const& block,
                         std::uint64_t block_interval_ms) = 0;
  // A boundary block is in the database. `journal` is the next epoch's, null for an observer.
  virtual void epoch_begins(std::shared_ptr<VoteJournal> journal) = 0;
  virtual void work(consensus::Work work) = 0;
  virtual void halted(std::string const& why) = 0;
};

class Executor final : public consensus::Executor {
 public:
  struct Parts {
    protocol::Chain const& chain;
    Store& store;
    std::shared_ptr<VoteJournal> votes;  // Of the present epoch; null for an observer.
    // Of a signer apart; empty without one.
    std::function<std::optional<JournalMark>()> signed_apart;
    BlockLog& block_log;
    Clock const& clock;
    Mempool& mempool;
    BodyChecks& body_checks;
    FinalBlocks& final_blocks;
    StageCosts& costs;
    Loop& loop;
    ExecutorAnswers& answers;
    consensus::ValidatorSet validators;  // Of the present epoch.
    std::optional<PeerId> key;           // Our consensus key; nothing for an observer.
    KeepDivergence const& keep_divergence;
    std::span<execution::FeatureRow const> features;
  };

  // `head` is the store's.
  Executor(Parts parts, Head const& head);
  ~Executor() override;

  // ---- orders ----
  void build(consensus::Build const& order) override;
  void execute(protocol::View view, consensus::Block const& block) override;
  void store_body(consensus::Block const& block) override;
  void commit(consensus::FinalBlock const& block) override;
  void diverged(consensus::BlockRef const& block) override;

  // The block that the next one will stand on has changed.
  void tip(protocol::BlockHash const& block);
  // The mempool has taken something, or time has passed: is there work now? Any thread; cheap
  // while work is known already.
  void consider_work();

  // Lets the order under way finish, drops the rest, joins.
  void stop();

 private:
  using Executed = std::expected<execution::ExecutedBlock, execution::BlockInvalid>;

  void order(std::move_only_function<void()> task);
  void build_now(consensus::Build const& order, std::uint64_t number);
  consensus::Verdict verdict_on(consensus::Block const& block);
  Executed run(consensus::Block const& block, execution::Parent const& parent);
  void commit_now(consensus::FinalBlock const& final);
  // A feature of the block that would stand on this one, which we do not know.
  std::optional<labor::v1::Feature> lacking_on(execution::Parent const& parent) const;
  bool stop_if_outdated();
  // Goes over to the set and a new journal of the epoch that follows this boundary block. False:
  // the disk failed, and the node stops.
  bool next_epoch(execution::ExecutedBlock const& boundary);
  // How far the journal is that signs for this node.
  std::optional<JournalMark> mark() const;
  // Settles the mempool and tells clients, now that the last of `untold_` has its certificate.
  void tell_final();

  // What is told of a block.
  struct Untold {
    FinalNotice notice;
    NextSequences next;
    std::vector<labor::v1::Account> accounts;
  };
  // Keeps what is known of the divergence, and stops the node. Nothing: the block is not held.
  void halt_diverged(Divergence divergence, std::optional<consensus::Block> const& block);
  // Reports a failure of the block log; whether there was one.
  bool failed(std::expected<void, consensus::DiskFailure> const& done);
  consensus::Work work_on(execution::Parent const& parent);
  void tell_work();

  Parts parts_;
  PendingBlocks pending_;
  BlockMaker maker_;
  // Committed, and not yet provable: their descendant with a certificate comes next, if it may be
  // thousands of blocks above.
  std::vector<Untold> untold_;
  std::optional<protocol::BlockHash> tip_;
  // What the core believes; nothing where it may believe what is not so any more.
  std::optional<consensus::Work> told_;
  std::atomic<std::uint64_t> newest_build_{0};
  std::atomic<bool> transactions_wait_{false};  // told_.transactions, for other threads.
  std::atomic<bool> considering_{false};
  WorkerPool thread_;  // One thread: orders run one at a time. Last: joined first.
};

}  // namespace node
