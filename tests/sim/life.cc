#include "tests/sim/life.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "consensus/core/step.h"
#include "protocol/base/check.h"
#include "tests/sim/testimony.h"

namespace sim {
namespace {

constexpr std::uint64_t tick_us = 500'000;
// As much as one message of gossip takes.
constexpr std::size_t again_bytes_max = 256u << 10;

Happening happening_of(consensus::VoteKind kind) {
  switch (kind) {
    case consensus::VoteKind::notarize:
      return Happening::notarize;
    case consensus::VoteKind::nullify:
      return Happening::nullify;
    case consensus::VoteKind::finalize:
      return Happening::finalize;
  }
  UNREACHABLE();
}

Happening proof_of(consensus::VoteKind kind) {
  switch (kind) {
    case consensus::VoteKind::notarize:
      return Happening::notarization;
    case consensus::VoteKind::nullify:
      return Happening::nullification;
    case consensus::VoteKind::finalize:
      return Happening::finalization;
  }
  UNREACHABLE();
}

// Small, so that a seed sees many segments come and go.
constexpr std::size_t journal_segment_bytes = 4096;
constexpr std::size_t block_segment_bytes = 8192;

node::VoteJournal::Opened open_journal(Remains const& remains, NodeStore& store,
                                       KnownEpoch const& epoch) {
  auto const options = node::JournalOptions{.folder = remains.journal_folder,
                                            .epoch = epoch.committee.epoch,
                                            .validators = epoch.committee.validators,
                                            .segment_bytes = journal_segment_bytes};
  auto const mark = remains.begins_journal ? std::nullopt : store->journal();
  auto opened = node::VoteJournal::open(options, remains.disk, mark);
  if (!opened) remains.disk.stop(opened.error().what);
  using State = node::VoteJournal::Opened::State;
  if (remains.spent) {
    if (opened->state == State::found) remains.disk.stop("a spent key votes again");
    return {};
  }
  if (opened->state == State::lost) remains.disk.stop("the journal is lost: " + opened->reason);
  if (opened->state == State::found) {
    if (!mark) store.record(opened->journal->mark());
    return *std::move(opened);
  }
  auto created = node::VoteJournal::create(options, remains.disk, {1}, {});
  if (!created) remains.disk.stop(created.error().what);
  store.record((*created)->mark());
  opened->journal = *std::move(created);
  return *std::move(opened);
}

std::unique_ptr<node::BlockLog> open_block_log(Remains const& remains) {
  auto log = node::BlockLog::open({.folder = "blocks", .segment_bytes = block_segment_bytes},
                                  remains.disk);
  if (!log) remains.disk.stop(log.error().what);
  return *std::move(log);
}

}  // namespace

Life::Life(std::size_t self, Surroundings const& around, Remains const& remains,
           std::shared_ptr<Power> power, Prng prng, MakeDeviation const& deviation)
    : self_{self},
      around_{around},
      remains_{remains},
      power_{std::move(power)},
      events_{around.events, power_, [this](std::string const& why) { disk_failed(why); }},
      prng_{prng},
      clock_rate_permille_{prng_.between(950, 1050)},
      store_{around.chain, remains.disk},
      mempool_{{}, store_.head().height},
      deviation_{deviation},
      opened_{open_journal(remains_, store_, around.epochs.at(store_.head().epoch))},
      journal_{std::move(opened_.journal)},
      log_{open_block_log(remains_)},
      executor_{{.chain = around.chain,
                 .opener = around.opener,
                 .store = store_,
                 .log = *log_,
                 .journal = journal_,
                 .epochs = around.epochs,
                 .mempool = mempool_,
                 .clock = *this,
                 .power = *power_,
                 .events = events_,
                 .rates = around.rates,
                 .faults = around.faults,
                 .prng = prng_.split(),
                 .node = self},
                *this} {
  auto const first_honest = std::ranges::find(around_.honest, true) - around_.honest.begin();
  if (static_cast<std::size_t>(first_honest) == self_) replay_.emplace();
  begin_epoch(journal_, opened_.entry);
  tell_oracle_of_start();
}

void Life::start() {
  note(Happening::started, store_.head().height.value(), 0);
  for (auto const& hash : log_->held()) {
    auto const body = log_->find(hash);
    if (!body) remains_.disk.stop(body.error().what);
    CHECK(body->has_value());
    auto const block =
        consensus::read_block(around_.chain.hash(), std::make_shared<std::string const>(**body));
    CHECK(block);
    if (block->height <= store_.head().height) continue;
    executor_.keep(*block);
    runner().restored(*block);
  }
  runner().start();
  tick();
}

void Life::connected(std::size_t peer) {
  if (events_.put_off([this, peer] { connected(peer); })) return;
  events_.live([this, peer] { greet(peer); });
}

void Life::greet(std::size_t peer) {
  auto const place = place_of_peer(peer);
  if (place) runner().connected(*place);
  auto const& safety = runner().state().safety;
  if (!place || !safety.finalization()) send_finalization(peer, safety.final().height);
  turn();
}

void Life::note(Happening what, std::uint64_t number, std::uint64_t detail) {
  around_.trace.add({events_.now_us(), self_, what, number, detail, 0});
}

void Life::note(Happening what, consensus::Statement const& said, Posted const& posted) {
  around_.trace.add(
      {events_.now_us(), self_, what, said.view.value(), short_of(said.block.view()), posted.to});
}

void Life::tell_oracle(consensus::Vote const& vote) {
  around_.oracle.said(said(vote, epoch_of(vote.statement)));
}

void Life::tick() {
  look_again_ = true;
  turn();
  events_.after(tick_us, [this] { tick(); });
}

void Life::turn() {
  obey();
  if (run().deviation) run().deviation->after_turn();
  auto const& halted = runner().halted();
  if (halted && halted == disk_failure_) {
    disk_failed(*halted);
  } else if (halted && around_.honest[self_]) {
    around_.oracle.violate("node " + std::to_string(self_) + " has halted: " + *halted);
  }
  look_for_work();
}

void Life::obey() {
  runner().turn();
  if (run().watch) run().watch->turned(runner().state());
}

// What a mempool and a state tell the core: is there anything to make a block of.
void Life::look_for_work() {
  if (!look_again_ || !power_->on()) return;
  look_again_ = false;
  auto tip = executor_.head();
  auto const& notarized = runner().state().safety.notarizations();
  for (auto highest = notarized.rbegin(); highest != notarized.rend(); ++highest) {
    auto executed = executor_.parent(highest->second.statement.block);
    if (!executed) continue;
    tip = *std::move(executed);
    break;
  }
  auto const work = executor_.work_on(tip);
  if (!work || work_ == work) return;
  work_ = work;
  runner().work(*work);
  obey();
}

// ---- ports ----

std::expected<void, consensus::DiskFailure> Life::append_and_sync(
    consensus::JournalEntry const& entry) {
  CHECK(!observes());
  auto const done = kept(run().journal->append_and_sync(entry));
  if (done && power_->on()) {
    for (auto const& vote : entry.votes) tell_oracle(vote);
  }
  return done;
}

std::expected<void, consensus::DiskFailure> Life::committed(consensus::View floor) {
  if (!run().journal) return {};
  return kept(run().journal->committed(floor));
}

std::expected<void, consensus::DiskFailure> Life::kept(
    std::expected<void, consensus::DiskFailure> done) {
  if (!done) disk_failure_ = done.error().what;
  return done;
}

void Life::disk_failed(std::string const& what) {
  if (!power_->on()) return;
  power_->off();
  around_.stopped(self_, what);
}

consensus::Signature Life::sign(consensus::Statement const& statement) {
  around_.oracle.signs(self_, statement.epoch.value(), remains_.key.public_key().str());
  return remains_.key.sign(
      base::bytes_of(consensus::signing_bytes(around_.chain.hash(), statement)));
}

Life::Posted Life::post(std::size_t to, Payload const& payload) {
  if (to == self_) return {};  // An observer asks all validators; its old key may be one's.
  if (!power_->reach(CrashPoint::send)) return {};
  auto const arrives = around_.network.send({self_, to, payload});
  return {.left = true, .to = arrives ? 1ull << to : 0};
}

// What is for all the others of the set is for those as well who only observe, as in the product.
Life::Posted Life::post(KnownEpoch const& epoch, consensus::SignerSet const& to,
                        Payload const& payload) {
  std::vector<std::size_t> nodes;
  for (auto const member : to.members()) nodes.push_back(epoch.node_of(member));
  if (to.size() + 1 == epoch.nodes.size()) {
    for (std::size_t node = 0; node < around_.honest.size(); ++node) {
      if (!epoch.place_of(node)) nodes.push_back(node);
    }
  }
  Posted all;
  for (auto const node : nodes) {
    auto const one = post(node, payload);
    all = {.left = all.left || one.left, .to = all.to | one.to};
  }
  return all;
}

void Life::post_to_validators(Payload const& payload) {
  for (auto const node : run().known.nodes) post(node, payload);
}

void Life::send(consensus::SignerSet to, consensus::Vote const& vote) {
  auto const posted = post(epoch_of(vote.statement), to, wire(vote));
  if (!posted.left) return;
  tell_oracle(vote);
  note(happening_of(vote.statement.kind), vote.statement, posted);
}

void Life::send(consensus::SignerSet to, consensus::Certificate const& certificate) {
  auto const& epoch = epoch_of(certificate.statement);
  auto const posted = post(epoch, to, wire(certificate, epoch.committee.validators));
  if (!posted.left) return;
  around_.oracle.certified(said(certificate.statement), signers_of(certificate, epoch));
  note(proof_of(certificate.statement.kind), certificate.statement, posted);
}

void Life::send(consensus::SignerSet to, consensus::ProposalMessage const& proposal) {
  if (auto const block = consensus::read_block(around_.chain.hash(), proposal.body)) {
    around_.oracle.block(facts_of(*block));
  }
  auto const& epoch = epoch_of(proposal.vote.statement);
  auto const posted = post(epoch, to, wire(proposal, epoch.committee.validators));
  if (!posted.left) return;
  tell_oracle(proposal.vote);
  auto const& statement = proposal.vote.statement;
  auto const parent = state().safety.notarized(statement.parent_view);
  if (parent && parent->block == statement.block) obeyed(Rule::r17_proposed_again);
  for (auto const& certificate : proposal.certificates) {
    around_.oracle.certified(said(certificate.statement), signers_of(certificate, epoch));
  }
  note(Happening::proposed, statement, posted);
}

void Life::fetch_view(consensus::ValidatorIndex from, consensus::View view) {
  post(node_of(from), wire(ViewRequest{committee().epoch, view}));
}

void Life::fetch_body(consensus::ValidatorIndex from, consensus::BlockHash const& block) {
  post(node_of(from), wire(BodyRequest{block}));
}

void Life::fetch_blocks(consensus::PublicKey const& from, consensus::Height first,
                        std::uint32_t count_max) {
  // Nothing is kept for who is not connected by that key.
  auto const node = around_.epochs.node_with(from);
  if (node) post(*node, wire(BlocksRequest{first, count_max}));
}

void Life::gossip_again() {
  std::vector<std::string> all;
  for (auto const& transaction : mempool_.oldest(again_bytes_max)) {
    all.push_back(transaction->bytes());
  }
  if (!all.empty()) post_to_validators(wire_transactions(all));
}

void Life::arm(consensus::TimerId timer, std::uint64_t delay_ms) {
  auto const holds = timer.kind == consensus::TimerKind::hold;
  if (run().watch && holds) run().watch->held();
  auto const number = ++armings_;
  armed_[timer] = number;
  events_.after(delay_ms * clock_rate_permille_, [this, timer, number, holds] {
    auto const found = armed_.find(timer);
    if (found == armed_.end() || found->second != number) return;
    armed_.erase(found);
    note(Happening::timer_fired, timer.view.value(), static_cast<std::uint64_t>(timer.kind));
    if (run().watch && holds) run().watch->released();
    runner().fired(timer);
    turn();
  });
}

void Life::cancel(consensus::TimerId timer) {
  armed_.erase(timer);
}

protocol::TimeMs Life::now() {
  return remains_.clock.at(around_.events.now_us());
}

void Life::line(std::string_view text) {
  around_.trace.line(events_.now_us(), self_, text);
  // What a runner starts from is told before there is one.
  if (run().watch && run().runner) run().watch->line(text, runner().state());
  if (replay_ && !replay_->take(text)) {
    around_.oracle.violate(fmt::format("the trace of node {} does not replay at: {}", self_, text));
  }
}

}  // namespace sim
