#include "node/engine/ingest.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "consensus/certificate/encoding.h"
#include "consensus/shell/catch_up.h"
#include "consensus/shell/verify.h"

namespace node {

using labor::v1::PeerMessage;
using protocol::ValidatorIndex;

namespace {

// An answer to FetchBlocks stays below the message bound with room for the finalization.
constexpr std::size_t answer_bytes_max =
    protocol::limits::peer_message_bytes_max - protocol::limits::certificate_bytes_max - 4096;
constexpr std::uint32_t answer_blocks_max = 64;

}  // namespace

void Ingest::deliver(PeerDelivery delivery) {
  if (delivery.message.has_transactions()) return transactions(std::move(delivery));
  auto const shared = std::make_shared<PeerDelivery>(std::move(delivery));
  switch (shared->message.message_case()) {
    case PeerMessage::kVote:
      return vote(shared);
    case PeerMessage::kProposal:
      return check(shared, &Ingest::proposal);
    case PeerMessage::kBody:
      return check(shared, &Ingest::body);
    case PeerMessage::kFinalBlocks:
      return check(shared, &Ingest::final_blocks);
    case PeerMessage::kFetchBody:
      return check(shared, &Ingest::answer_body);
    case PeerMessage::kFetchBlocks:
      return check(shared, &Ingest::answer_blocks);
    case PeerMessage::kCertificate:
      return certificate(shared);
    case PeerMessage::kFetchView:
      return believe(shared, [this, shared] {
        auto const& fetch = shared->message.fetch_view();
        parts_.runner.asked(shared->from, protocol::Epoch{fetch.epoch()},
                            protocol::View{fetch.view()});
      });
    default:
      return refuse(shared->from, "message", "of no kind that this version knows");
  }
}

void Ingest::connected(ValidatorIndex peer) {
  parts_.loop.post([this, peer] { parts_.runner.connected(peer); });
}

void Ingest::check(Delivery const& delivery, void (Ingest::*job)(Delivery const&)) {
  auto const taken = parts_.workers.submit(WorkerPool::Lane::urgent, [this, delivery, job] {
    Stopwatch const stopwatch{parts_.costs, Stage::verify};
    (this->*job)(delivery);
  });
  if (!taken) refuse(delivery->from, "message", "the worker pool is full");
}

// The delivery, and with it the peer's credit, is held until the loop has acted.
template <class Act>
void Ingest::believe(Delivery const& delivery, Act act) {
  parts_.loop.post([delivery, act = std::move(act)]() mutable { act(); });
}

// One signature: checking it here costs less than waking a worker for it.
void Ingest::vote(Delivery const& delivery) {
  Stopwatch const stopwatch{parts_.costs, Stage::verify};
  auto const& bytes = delivery->message.vote();
  auto const decoded = consensus::decode_vote(bytes);
  if (decoded && decoded->voter == delivery->from &&
      !parts_.runner.interest().wants_vote(decoded->statement)) {
    return believe(delivery, [this, from = delivery->from, statement = decoded->statement] {
      parts_.runner.heard_vote(from, statement);
    });
  }
  auto verified = consensus::verify_vote(parts_.committee, delivery->from, bytes);
  if (!verified) return refuse(delivery->from, "vote", consensus::explain(verified.error()));
  known_votes_.keep(*verified);
  believe(delivery, [this, vote = *std::move(verified)] { parts_.runner.received(vote); });
}

void Ingest::certificate(Delivery const& delivery) {
  auto const decoded =
      consensus::decode_certificate(delivery->message.certificate(), parts_.committee.validators);
  if (!decoded) return refuse(delivery->from, "certificate", consensus::explain(decoded.error()));
  if (parts_.runner.interest().wants_certificate(decoded->statement)) {
    return check(delivery, &Ingest::wanted_certificate);
  }
  believe(delivery, [this, from = delivery->from, statement = decoded->statement] {
    parts_.runner.heard_certificate(from, statement);
  });
}

void Ingest::wanted_certificate(Delivery const& delivery) {
  auto verified = consensus::verify_certificate(parts_.committee, delivery->message.certificate(),
                                                known_votes_);
  if (!verified) {
    return refuse(delivery->from, "certificate", consensus::explain(verified.error()));
  }
  believe(delivery, [this, from = delivery->from, certificate = *std::move(verified)] {
    parts_.runner.received(from, certificate);
  });
}

void Ingest::proposal(Delivery const& delivery) {
  auto& message = *delivery->message.mutable_proposal();
  auto const body = std::make_shared<std::string const>(std::move(*message.mutable_block()));
  std::vector<std::string> const certificates{message.certificates().begin(),
                                              message.certificates().end()};
  auto verified = consensus::verify_proposal(parts_.committee, delivery->from, message.vote(), body,
                                             certificates, known_votes_);
  if (!verified) return refuse(delivery->from, "proposal", consensus::explain(verified.error()));
  known_votes_.keep(verified->vote);
  auto const view = verified->vote->statement.view.value();
  auto& newest = newest_proposal_.at(delivery->from.value());
  auto before = newest.load(std::memory_order_relaxed);
  while (before < view && !newest.compare_exchange_weak(before, view)) continue;
  if (verified->block && before < view) parts_.body_checks.begin(*verified->block);
  believe(delivery, [this, proposal = *std::move(verified)] { parts_.runner.received(proposal); });
}

void Ingest::body(Delivery const& delivery) {
  auto body = std::make_shared<std::string const>(
      std::move(*delivery->message.mutable_body()->mutable_block()));
  auto block = consensus::read_block(parts_.committee.genesis, std::move(body));
  if (!block) return refuse(delivery->from, "body", consensus::explain(block.error()));
  believe(delivery, [this, block = *std::move(block)] { parts_.runner.received_body(block); });
}

void Ingest::final_blocks(Delivery const& delivery) {
  auto& message = *delivery->message.mutable_final_blocks();
  std::vector<consensus::Body> bodies;
  for (auto& block : *message.mutable_blocks()) {
    bodies.push_back(std::make_shared<std::string const>(std::move(*block.mutable_block())));
  }
  auto range = consensus::verify_final_blocks(parts_.committee, bodies, message.finalization());
  if (!range) return refuse(delivery->from, "final blocks", consensus::explain(range.error()));
  believe(delivery, [this, from = delivery->from, range = *std::move(range)] {
    parts_.runner.received(from, range);
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

void Ingest::answer_body(Delivery const& delivery) {
  auto const hash = protocol::BlockHash::from(delivery->message.fetch_body().block_hash());
  if (!hash) return refuse(delivery->from, "body request", "the hash is not 32 bytes");
  auto const* block = parts_.runner.body(*hash);
  if (block == nullptr) return;  // It asks the next one.
  PeerMessage answer;
  answer.mutable_body()->set_block(*block->body);
  parts_.peers.send(delivery->from, answer);
}

// Blocks in order, ending with one that has a finalization of its own.
void Ingest::answer_blocks(Delivery const& delivery) {
  auto const& fetch = delivery->message.fetch_blocks();
  auto const snapshot = parts_.store.latest();
  auto const last = snapshot->head().height.value();
  auto const count = std::min({fetch.count_max(), answer_blocks_max});
  PeerMessage answer;
  auto& out = *answer.mutable_final_blocks();
  std::size_t bytes = 0;
  int complete = 0;  // Blocks up to the last that has a finalization.
  for (auto height = fetch.from_height(); height <= last && height - fetch.from_height() < count;
       ++height) {
    auto block = snapshot->block(protocol::Height{height});
    if (!block) break;  // Pruned: it asks the next one.
    bytes += block->size() + 16;
    if (bytes > answer_bytes_max) break;
    out.add_blocks()->set_block(*std::move(block));
    auto finalization = snapshot->finalization(protocol::Height{height});
    if (!finalization) continue;
    complete = out.blocks_size();
    out.set_finalization(*std::move(finalization));
  }
  if (complete == 0) return;
  out.mutable_blocks()->DeleteSubrange(complete, out.blocks_size() - complete);
  parts_.peers.send(delivery->from, answer);
}

void Ingest::refuse(ValidatorIndex from, std::string_view what, std::string_view why) {
  refused_.fetch_add(1, std::memory_order_relaxed);
  auto const now = std::chrono::duration_cast<std::chrono::seconds>(
                       std::chrono::steady_clock::now().time_since_epoch())
                       .count();
  auto& logged = logged_.at(from.value());
  if (logged.exchange(now, std::memory_order_relaxed) == now) return;
  spdlog::warn("refused a {} of validator {}: {}", what, from.value(), why);
}

}  // namespace node
