// What other validators say, on its way in: bounded by the peer's credit, verified on the worker
// pool, believed on the loop.
//
//   vote,         verified if the runner's Interest says that it would be news
//   certificate
//   proposal      signatures, form and roots; the check of its transactions begins at once
//   transactions  Admission, on the bulk lane
//   fetches       certificates come from the core, bodies from the runner, final blocks from a
//                 snapshot of the store
//
// Every refusal is counted and logged with its reason at most once a second per peer.
// Threads: deliver() and connected() from any; the Runner is touched on the loop only.

#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "consensus/certificate/verify.h"
#include "consensus/shell/runner.h"
#include "node/engine/admission.h"
#include "node/engine/body_check.h"
#include "node/engine/loop.h"
#include "node/engine/peers.h"
#include "node/engine/stage.h"
#include "node/engine/vote_memory.h"
#include "node/engine/worker_pool.h"
#include "node/store/store.h"
#include "protocol/limits.h"

namespace node {

class Ingest final : public PeerSink {
 public:
  struct Parts {
    consensus::Committee const& committee;
    consensus::Runner& runner;  // On the loop only, but for its interest().
    Loop& loop;
    WorkerPool& workers;
    Admission& admission;
    BodyChecks& body_checks;
    Store const& store;
    Peers& peers;
    StageCosts& costs;
  };

  explicit Ingest(Parts parts) : parts_{parts}, known_votes_{parts.committee.validators.size()} {}

  void deliver(PeerDelivery delivery) override;
  void connected(protocol::ValidatorIndex peer) override;

  // Messages refused since start.
  std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

 private:
  using Delivery = std::shared_ptr<PeerDelivery>;

  // On the thread that delivers: they cost one check, and most certificates are known by then.
  void vote(Delivery const& delivery);
  void certificate(Delivery const& delivery);
  // On the worker pool.
  void wanted_certificate(Delivery const& delivery);
  void proposal(Delivery const& delivery);
  void body(Delivery const& delivery);
  void final_blocks(Delivery const& delivery);
  void answer_blocks(Delivery const& delivery);
  // On the loop.
  void answer_body(Delivery const& delivery);
  void transactions(PeerDelivery delivery);

  void check(Delivery const& delivery, void (Ingest::*job)(Delivery const&));
  template <class Act>
  void believe(Delivery const& delivery, Act act);
  void refuse(protocol::ValidatorIndex from, std::string_view what, std::string_view why);

  Parts parts_;
  VoteMemory known_votes_;
  std::atomic<std::uint64_t> refused_{0};
  // The highest view each peer has proposed in: a second proposal for a view must not have us
  // check more transactions.
  std::array<std::atomic<std::uint64_t>, protocol::limits::validators_max> newest_proposal_{};
  // Second of the last line logged about each peer.
  std::array<std::atomic<std::int64_t>, protocol::limits::validators_max> logged_{};
};

}  // namespace node
