// One epoch of consensus in this node: its validators, its journal, its runner, and the runner's
// way out. The engine has one at a time (PresentEpoch) and replaces it when the boundary block is
// in the database (R17); whoever still works for an old one holds it until done, and what comes of
// that is dropped on the loop.
//
// Threads: the runner is the loop's; the rest may be asked from any.

#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "consensus/certificate/verify.h"
#include "consensus/shell/runner.h"
#include "node/engine/gossip.h"
#include "node/engine/peer_network.h"
#include "node/engine/peers.h"
#include "node/engine/vote_memory.h"
#include "node/mempool/mempool.h"
#include "node/store/vote_journal.h"
#include "protocol/limits.h"

namespace node {

class EpochRun {
 public:
  // What is the same in every epoch.
  struct Parts {
    Peers& peers;
    Gossip& gossip;
    Mempool const& mempool;
    // Signs into the epoch's journal; unused without one.
    consensus::SigningKey* key;
    // Null: this process signs, or nobody does.
    consensus::Signer* signer_apart;
    consensus::Timers& timers;
    consensus::Clock& clock;
    consensus::Executor& executor;
    consensus::Trace& trace;
  };

  // `config` is of the committee's epoch. `journal` is of that epoch, or null where this process
  // signs nothing.
  EpochRun(Parts const& parts, consensus::Committee committee, consensus::Config const& config,
           consensus::Recovered const& recovered, std::shared_ptr<VoteJournal> journal);

  consensus::Committee const& committee() const { return committee_; }
  // Nothing: this node observes in this epoch.
  std::optional<protocol::ValidatorIndex> self() const { return config_.self; }
  consensus::Config const& config() const { return config_; }
  consensus::Runner& runner() { return runner_; }
  consensus::Interest const& interest() const { return runner_.interest(); }
  VoteMemory& known_votes() { return known_votes_; }

  // Whether `view` is above all that `peer` has proposed in: a second proposal for a view must not
  // have us check more transactions.
  bool proposes_anew(protocol::ValidatorIndex peer, protocol::View view);

 private:
  consensus::Committee const committee_;
  consensus::Config const config_;
  std::shared_ptr<VoteJournal> const journal_;
  std::unique_ptr<consensus::Signer> const own_signer_;
  PeerNetwork network_;
  consensus::Runner runner_;
  VoteMemory known_votes_;
  std::array<std::atomic<std::uint64_t>, protocol::limits::validators_max> newest_proposal_{};
};

class PresentEpoch {
 public:
  std::shared_ptr<EpochRun> get() const {
    std::lock_guard const lock{mutex_};
    return run_;
  }
  void set(std::shared_ptr<EpochRun> run) {
    std::lock_guard const lock{mutex_};
    run_.swap(run);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<EpochRun> run_;
};

}  // namespace node
