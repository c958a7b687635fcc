// The node without its network: mempool, consensus, execution and their threads, in one piece.
//
//   peers   --deliver--> Ingest --worker pool--> loop (Runner) --orders--> execution thread
//   clients --submit---> Admission --worker pool--> Mempool --gossip--> peers
//
// Queries do not come here: they read Store::latest(), and FinalBlocks tells when it moves.
//
// Threads: the public functions from any. start() once, stop() once, from the owner's thread.
// Peers and api hold a reference: they begin after start() and end before stop().

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "consensus/core/config.h"
#include "consensus/shell/ports.h"
#include "node/engine/admission.h"
#include "node/engine/clock.h"
#include "node/engine/consensus_report.h"
#include "node/engine/divergence.h"
#include "node/engine/final_blocks.h"
#include "node/engine/peers.h"
#include "node/engine/readiness.h"
#include "node/engine/stage.h"
#include "node/mempool/mempool.h"
#include "node/store/block_log.h"
#include "node/store/store.h"
#include "node/store/vote_journal.h"
#include "protocol/crypto/sign.h"
#include "protocol/execution/feature.h"
#include "protocol/genesis.h"

namespace node {

// What must exist before the engine and outlive it.
struct EngineParts {
  protocol::Chain const& chain;
  // Holds the genesis at least (genesis_row() in recovery.h).
  Store& store;
  BlockLog& block_log;
  // Where this process signs: the journal of the present epoch, and the key. Null otherwise.
  std::shared_ptr<VoteJournal> votes;
  consensus::SigningKey* key = nullptr;
  // A signer of its own, which has both. Without either nothing is ever signed, and
  // EngineOptions::consensus_key is nothing, too.
  consensus::Signer* signer_apart = nullptr;
  // How far its journal is: recorded with each block.
  std::function<std::optional<JournalMark>()> signed_apart{};
  Clock& clock;
  // The node key, which signs the node's own transactions (own_account.h). Null: it sends none.
  crypto::SecretKey const* account = nullptr;
  // How the consensus key says that it is ready for a seat. Empty: it does not.
  SignReady sign_ready{};
};

struct EngineOptions {
  // Our consensus key: the node votes in the epochs whose set has it. Nothing: it observes.
  std::optional<PeerId> consensus_key;
  consensus::Timing timing;
  Mempool::Bounds mempool;
  unsigned worker_threads = 2;
  KeepDivergence keep_divergence{};
  // What this software knows. The node stops before a block that another feature holds for.
  std::span<execution::FeatureRow const> features = execution::known_features();
};

class Engine final : public PeerSink {
 public:
  Engine(EngineParts parts, EngineOptions options);
  ~Engine() override;
  Engine(Engine const&) = delete;
  Engine& operator=(Engine const&) = delete;

  // Recovers from the store, the block log and `journaled`, which the journal held, then runs.
  // Nothing is delivered to it and nothing asked of it before. `halted` is called once, from one of
  // the engine's threads, if the node must stop: the disk failed, or the chain diverged. It says
  // what to do.
  void start(Peers& peers, consensus::JournalEntry const& journaled,
             std::function<void(std::string const&)> halted);
  // Joins every thread. What was final is on disk; what was not is executed again at the start.
  void stop();

  // From peers.
  void deliver(PeerDelivery delivery) override;
  void connected(PeerId const& peer) override;

  // The signer apart is back after it was away, and remembers this.
  void signer_back(consensus::JournalEntry remembered);

  // From clients.
  Admission& admission();
  Mempool const& mempool() const;
  FinalBlocks& final_blocks();
  ConsensusStatus consensus() const;
  // The same in full, once the loop has come to it: `told` is called on its thread and returns at
  // once. False: as many wait as are served at one time, so this one is not.
  [[nodiscard]] bool report(std::function<void(ConsensusReport const&)> told);
  StageCosts const& stages() const;

 private:
  class Running;
  EngineParts parts_;
  EngineOptions options_;
  std::unique_ptr<Running> running_;
};

}  // namespace node
