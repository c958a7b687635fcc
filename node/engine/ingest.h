// What other nodes say, on its way in: bounded by the peer's credit, verified on the worker pool,
// believed on the loop.
//
//   vote,         verified if the runner's Interest says that it would be news
//   certificate
//   proposal      signatures, form and roots; the check of its transactions begins at once
//   transactions  Admission, on the bulk lane
//   fetches       certificates come from the core, bodies from the runner, final blocks from a
//                 snapshot of the store
//
// Votes, certificates, proposals and view fetches are of one epoch, and heard of that epoch's
// validators only (R17). One of a later epoch makes the runner fetch the blocks up to our boundary
// from its sender; the first of each kind and peer, if of the next epoch's first views, is kept
// until that has begun. One of an earlier epoch is answered with the finalization of its boundary.
//
// Every refusal is counted and logged with its reason at most once a second per peer.
// Threads: deliver() and connected() from any; begun() and the Runner on the loop only.

#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "node/engine/admission.h"
#include "node/engine/body_check.h"
#include "node/engine/epoch_run.h"
#include "node/engine/loop.h"
#include "node/engine/peers.h"
#include "node/engine/stage.h"
#include "node/engine/worker_pool.h"
#include "node/store/store.h"
#include "protocol/base/check.h"

namespace node {

class Ingest final : public PeerSink {
 public:
  struct Parts {
    PresentEpoch const& present;
    Loop& loop;
    WorkerPool& workers;
    Admission& admission;
    BodyChecks& body_checks;
    Store const& store;
    Peers& peers;
    StageCosts& costs;
  };

  explicit Ingest(Parts parts) : parts_{parts} {}

  void deliver(PeerDelivery delivery) override;
  void connected(PeerId const& peer) override;

  // The present epoch is another one: what was kept for it comes in now.
  void begun();
  // The database has a block that was final.
  void committed(protocol::Height height);

  // Messages refused since start.
  std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

 private:
  // A delivery, the epoch in which it came, and whose it is in that epoch's set.
  struct Arrival {
    PeerDelivery delivery;
    std::shared_ptr<EpochRun> epoch;
    std::optional<protocol::ValidatorIndex> from;

    // Of what of_this_epoch() has let in.
    protocol::ValidatorIndex sender() const {
      CHECK(from.has_value());
      return *from;
    }
  };
  using ArrivalPtr = std::shared_ptr<Arrival>;

  // Of one epoch: vote, certificate, proposal, view fetch.
  void of_an_epoch(ArrivalPtr const& arrival);
  void of_this_epoch(ArrivalPtr const& arrival);
  // On the thread that delivers: they cost one check, and most certificates are known by then.
  void vote(ArrivalPtr const& arrival);
  void certificate(ArrivalPtr const& arrival);
  // On the worker pool.
  void wanted_certificate(ArrivalPtr const& arrival);
  void proposal(ArrivalPtr const& arrival);
  void body(ArrivalPtr const& arrival);
  void final_blocks(ArrivalPtr const& arrival);
  void answer_blocks(ArrivalPtr const& arrival);
  // On the loop.
  void answer_body(ArrivalPtr const& arrival);
  void of_a_later_epoch(ArrivalPtr const& arrival, consensus::Subject const& subject);
  void of_an_earlier_epoch(PeerId const& peer, protocol::Epoch epoch);
  // False: the database has none of that height.
  bool send_finalization(PeerId const& peer, protocol::Height height);

  void transactions(PeerDelivery delivery);
  void check(ArrivalPtr const& arrival, void (Ingest::*job)(ArrivalPtr const&));
  template <class Act>
  void believe(ArrivalPtr const& arrival, Act act);
  void refuse(PeerId const& from, std::string_view what, std::string_view why);

  Parts parts_;
  std::atomic<std::uint64_t> refused_{0};
  std::mutex mutex_;  // Guards logged_.
  // Second of the last line logged about each peer.
  std::map<PeerId, std::int64_t> logged_;
  // The rest is the loop's. Of each peer one of each kind, by the number of its field.
  std::map<std::pair<PeerId, int>, PeerDelivery> early_;
  // When each peer was last answered for an earlier epoch, in ms of the steady clock.
  std::map<PeerId, std::int64_t> answered_;
  // Whose streams were set up when an epoch was over and the next had not begun: who had nothing to
  // say then says it when that begins, or an idle chain would leave a laggard where it is.
  std::set<PeerId> between_;
  // Who does not vote and was connected in this view: of the votes in it they may have missed any,
  // and they ask nobody. Told what is final until that is of their view or a later one.
  std::map<PeerId, protocol::View> newcomers_;
};

}  // namespace node
