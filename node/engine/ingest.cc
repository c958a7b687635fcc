#include "node/engine/ingest.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "consensus/shell/catch_up.h"
#include "consensus/shell/verify.h"
#include "node/engine/final_range.h"
#include "node/engine/recovery.h"
#include "protocol/base/hex.h"

namespace node {

using labor::v1::PeerMessage;

namespace {

// 3-consensus.md: of the next epoch, what others can say before we have its root. Its later views
// need votes that were cast in these.
constexpr std::uint64_t early_views_max = 2;
// Whoever is an epoch behind is answered as any straggler (R13).
constexpr std::int64_t earlier_answer_ms = 1000;

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::expected<consensus::Subject, consensus::EncodingRefusal> subject_of(
    PeerMessage const& message) {
  switch (message.message_case()) {
    case PeerMessage::kVote:
      return consensus::subject_of(message.vote());
    case PeerMessage::kCertificate:
      return consensus::subject_of(message.certificate());
    case PeerMessage::kProposal:
      return consensus::subject_of(message.proposal().vote());
    default:  // A view fetch: of_an_epoch() is called for no other.
      return consensus::Subject{.epoch = protocol::Epoch{message.fetch_view().epoch()},
                                .view = protocol::View{message.fetch_view().view()},
                                .kind = consensus::VoteKind::nullify};
  }
}

}  // namespace

void Ingest::deliver(PeerDelivery delivery) {
  if (delivery.message.has_transactions()) return transactions(std::move(delivery));
  auto epoch = parts_.present.get();
  auto const from = epoch->committee().validators.index_of(delivery.from);
  auto const arrival = std::make_shared<Arrival>(
      Arrival{.delivery = std::move(delivery), .epoch = std::move(epoch), .from = from});
  switch (arrival->delivery.message.message_case()) {
    case PeerMessage::kVote:
    case PeerMessage::kCertificate:
    case PeerMessage::kProposal:
    case PeerMessage::kFetchView:
      return of_an_epoch(arrival);
    case PeerMessage::kBody:
      return check(arrival, &Ingest::body);
    case PeerMessage::kFinalBlocks:
      return check(arrival, &Ingest::final_blocks);
    case PeerMessage::kFetchBody:
      return believe(arrival, [this, arrival] { answer_body(arrival); });
    case PeerMessage::kFetchBlocks:
      return check(arrival, &Ingest::answer_blocks);
    default:
      return refuse(arrival->delivery.from, "message", "of no kind that this version knows");
  }
}

void Ingest::connected(PeerId const& peer) {
  parts_.loop.post([this, peer] {
    auto const epoch = parts_.present.get();
    if (epoch->runner().over()) {
      between_.insert(peer);
      return;
    }
    auto const index = epoch->committee().validators.index_of(peer);
    if (index) epoch->runner().connected(*index);
    // The core says what it has of this epoch, to those of this epoch. Who is not, or an epoch
    // behind, would hear of the next block: on an idle chain in a minute.
    auto const& state = epoch->runner().state();
    if (!index) newcomers_[peer] = state.current;
    if (!index || !state.safety.finalization())
      (void)send_finalization(peer, state.safety.final().height);
  });
}

void Ingest::committed(protocol::Height height) {
  auto const epoch = parts_.present.get();
  auto const& final = epoch->runner().state().safety.final();
  std::erase_if(newcomers_, [&](auto const& newcomer) {
    auto const& [peer, view] = newcomer;
    return send_finalization(peer, height) && height == final.height && final.view >= view;
  });
}

void Ingest::check(ArrivalPtr const& arrival, void (Ingest::*job)(ArrivalPtr const&)) {
  auto const taken = parts_.workers.submit(WorkerPool::Lane::urgent, [this, arrival, job] {
    Stopwatch const stopwatch{parts_.costs, Stage::verify};
    (this->*job)(arrival);
  });
  if (!taken) refuse(arrival->delivery.from, "message", "the worker pool is full");
}

// The delivery, and with it the peer's credit, is held until the loop has acted. What was verified
// for an epoch that is over is of no use to the next.
template <class Act>
void Ingest::believe(ArrivalPtr const& arrival, Act act) {
  parts_.loop.post([this, arrival, act = std::move(act)]() mutable {
    if (arrival->epoch == parts_.present.get()) act();
  });
}

// ---- of which epoch ----

void Ingest::of_an_epoch(ArrivalPtr const& arrival) {
  auto const& [delivery, epoch, from] = *arrival;
  auto const subject = subject_of(delivery.message);
  if (!subject) return refuse(delivery.from, "message", consensus::explain(subject.error()));
  auto const present = epoch->committee().epoch;
  if (subject->epoch == present) return of_this_epoch(arrival);
  if (subject->epoch > present) {
    parts_.loop.post([this, arrival, subject = *subject] { of_a_later_epoch(arrival, subject); });
  } else {
    parts_.loop.post(
        [this, peer = delivery.from, of = subject->epoch] { of_an_earlier_epoch(peer, of); });
  }
}

void Ingest::of_this_epoch(ArrivalPtr const& arrival) {
  auto const& [delivery, epoch, from] = *arrival;
  if (!from) return;  // Of nobody in the set: its certificates come from those who are.
  switch (delivery.message.message_case()) {
    case PeerMessage::kVote:
      return vote(arrival);
    case PeerMessage::kCertificate:
      return certificate(arrival);
    case PeerMessage::kProposal:
      return check(arrival, &Ingest::proposal);
    default:
      return believe(arrival, [arrival] {
        auto const& fetch = arrival->delivery.message.fetch_view();
        arrival->epoch->runner().asked(arrival->sender(), protocol::Epoch{fetch.epoch()},
                                       protocol::View{fetch.view()});
      });
  }
}

void Ingest::of_a_later_epoch(ArrivalPtr const& arrival, consensus::Subject const& subject) {
  auto const present = parts_.present.get();
  auto const epoch = present->committee().epoch;
  // Ours has ended since it came.
  if (subject.epoch <= epoch) return deliver(std::move(arrival->delivery));
  present->runner().heard_later_epoch(arrival->delivery.from);
  if (subject.epoch != epoch.next() || subject.view.value() > early_views_max) return;
  auto const kind = static_cast<int>(arrival->delivery.message.message_case());
  early_.try_emplace({arrival->delivery.from, kind}, std::move(arrival->delivery));
}

void Ingest::begun() {
  for (auto const& peer : std::exchange(between_, {})) connected(peer);
  for (auto const& [peer, view] : std::exchange(newcomers_, {})) connected(peer);
  for (auto& [place, delivery] : std::exchange(early_, {})) deliver(std::move(delivery));
}

void Ingest::of_an_earlier_epoch(PeerId const& peer, protocol::Epoch epoch) {
  auto const now = steady_ms();
  auto const [last, fresh] = answered_.try_emplace(peer, now);
  if (!fresh && now - last->second < earlier_answer_ms) return;
  last->second = now;
  if (auto const boundary = last_height_of(*parts_.store.latest(), epoch)) {
    (void)send_finalization(peer, *boundary);
  }
}

bool Ingest::send_finalization(PeerId const& peer, protocol::Height height) {
  auto finalization = parts_.store.latest()->finalization(height);
  if (!finalization) return false;  // Of a block below it, of none yet, or of the genesis.
  PeerMessage message;
  message.set_certificate(*std::move(finalization));
  parts_.peers.send(peer, message);
  return true;
}

// ---- what they say ----

// One signature: checking it here costs less than waking a worker for it.
void Ingest::vote(ArrivalPtr const& arrival) {
  Stopwatch const stopwatch{parts_.costs, Stage::verify};
  auto& epoch = *arrival->epoch;
  auto const from = arrival->sender();
  auto const& bytes = arrival->delivery.message.vote();
  auto const decoded = consensus::decode_vote(bytes);
  if (decoded && decoded->voter == from && !epoch.interest().wants_vote(decoded->statement)) {
    return believe(arrival, [arrival, from, statement = decoded->statement] {
      arrival->epoch->runner().heard_vote(from, statement);
    });
  }
  auto verified = consensus::verify_vote(epoch.committee(), from, bytes);
  if (!verified) {
    return refuse(arrival->delivery.from, "vote", consensus::explain(verified.error()));
  }
  epoch.known_votes().keep(*verified);
  believe(arrival,
          [arrival, vote = *std::move(verified)] { arrival->epoch->runner().received(vote); });
}

void Ingest::certificate(ArrivalPtr const& arrival) {
  auto const& epoch = *arrival->epoch;
  auto const decoded = consensus::decode_certificate(arrival->delivery.message.certificate(),
                                                     epoch.committee().validators);
  if (!decoded) {
    return refuse(arrival->delivery.from, "certificate", consensus::explain(decoded.error()));
  }
  if (epoch.interest().wants_certificate(decoded->statement)) {
    return check(arrival, &Ingest::wanted_certificate);
  }
  believe(arrival, [arrival, statement = decoded->statement] {
    arrival->epoch->runner().heard_certificate(arrival->sender(), statement);
  });
}

void Ingest::wanted_certificate(ArrivalPtr const& arrival) {
  auto& epoch = *arrival->epoch;
  auto verified = consensus::verify_certificate(
      epoch.committee(), arrival->delivery.message.certificate(), epoch.known_votes());
  if (!verified) {
    return refuse(arrival->delivery.from, "certificate", consensus::explain(verified.error()));
  }
  believe(arrival, [arrival, certificate = *std::move(verified)] {
    arrival->epoch->runner().received(arrival->sender(), certificate);
  });
}

void Ingest::proposal(ArrivalPtr const& arrival) {
  auto& epoch = *arrival->epoch;
  auto& message = *arrival->delivery.message.mutable_proposal();
  auto const block = std::make_shared<std::string const>(std::move(*message.mutable_block()));
  std::vector<std::string> const certificates{message.certificates().begin(),
                                              message.certificates().end()};
  auto verified = consensus::verify_proposal(epoch.committee(), arrival->sender(), message.vote(),
                                             block, certificates, epoch.known_votes());
  if (!verified) {
    return refuse(arrival->delivery.from, "proposal", consensus::explain(verified.error()));
  }
  epoch.known_votes().keep(verified->vote);
  auto const anew = epoch.proposes_anew(arrival->sender(), verified->vote->statement.view);
  if (verified->block && anew) parts_.body_checks.begin(*verified->block);
  believe(arrival, [arrival, proposal = *std::move(verified)] {
    arrival->epoch->runner().received(proposal);
  });
}

void Ingest::body(ArrivalPtr const& arrival) {
  auto bytes = std::make_shared<std::string const>(
      std::move(*arrival->delivery.message.mutable_body()->mutable_block()));
  auto block = consensus::read_block(arrival->epoch->committee().genesis, std::move(bytes));
  if (!block) return refuse(arrival->delivery.from, "body", consensus::explain(block.error()));
  believe(arrival,
          [arrival, block = *std::move(block)] { arrival->epoch->runner().received_body(block); });
}

void Ingest::final_blocks(ArrivalPtr const& arrival) {
  auto& message = *arrival->delivery.message.mutable_final_blocks();
  std::vector<consensus::Body> bodies;
  for (auto& block : *message.mutable_blocks()) {
    bodies.push_back(std::make_shared<std::string const>(std::move(*block.mutable_block())));
  }
  auto range =
      consensus::verify_final_blocks(arrival->epoch->committee(), bodies, message.finalization(),
                                     {message.headers().begin(), message.headers().end()});
  if (!range) {
    return refuse(arrival->delivery.from, "final blocks", consensus::explain(range.error()));
  }
  believe(arrival, [arrival, range = *std::move(range)] {
    arrival->epoch->runner().received(arrival->delivery.from, range);
  });
}

void Ingest::transactions(PeerDelivery delivery) {
  auto& batch = *delivery.message.mutable_transactions()->mutable_transactions();
  std::vector<std::string> transactions{std::make_move_iterator(batch.begin()),
                                        std::make_move_iterator(batch.end())};
  // The answer is of interest to nobody; the credit goes when all have been dealt with.
  parts_.admission.submit(std::move(transactions), delivery.from,
                          [credit = std::move(delivery.credit)](auto const&) {});
}

// ---- what they ask for ----

void Ingest::answer_body(ArrivalPtr const& arrival) {
  auto const& from = arrival->delivery.from;
  auto const hash = protocol::BlockHash::from(arrival->delivery.message.fetch_body().block_hash());
  if (!hash) return refuse(from, "body request", "the hash is not 32 bytes");
  auto const* block = arrival->epoch->runner().body(*hash);
  if (block == nullptr) return;  // It asks the next one.
  PeerMessage answer;
  answer.mutable_body()->set_block(*block->body);
  parts_.peers.send(from, answer);
}

void Ingest::answer_blocks(ArrivalPtr const& arrival) {
  auto const snapshot = parts_.store.latest();
  auto range = final_range(*snapshot, arrival->delivery.message.fetch_blocks());
  if (!range) return;
  PeerMessage answer;
  *answer.mutable_final_blocks() = *std::move(range);
  parts_.peers.send(arrival->delivery.from, answer);
}

void Ingest::refuse(PeerId const& from, std::string_view what, std::string_view why) {
  refused_.fetch_add(1, std::memory_order_relaxed);
  auto const now = steady_ms() / 1000;
  {
    std::lock_guard const lock{mutex_};
    auto const [last, fresh] = logged_.try_emplace(from, now);
    if (!fresh && std::exchange(last->second, now) == now) return;
  }
  spdlog::warn("refused a {} of the peer with consensus key {}: {}", what, base::hex(from.view()),
               why);
}

}  // namespace node
