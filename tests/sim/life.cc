#include "tests/sim/life.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "consensus/core/step.h"
#include "protocol/base/check.h"
#include "tests/sim/testimony.h"
#include "tests/support/consensus_words.h"

namespace sim {
namespace {

using consensus::words::validator;

constexpr std::uint64_t tick_us = 500'000;
constexpr std::uint64_t heartbeat_ms = 60'000;

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

node::VoteJournal::Opened open_journal(Remains const& remains, KnownEpoch const& epoch) {
  auto const options = node::JournalOptions{.folder = journal_folder,
                                            .epoch = epoch.committee.epoch,
                                            .validators = epoch.committee.validators,
                                            .segment_bytes = journal_segment_bytes};
  auto opened = node::VoteJournal::open(options, remains.disk, remains.store.journal);
  if (!opened) remains.disk.stop(opened.error().what);
  using State = node::VoteJournal::Opened::State;
  if (remains.spent) {
    if (opened->state == State::found) remains.disk.stop("a spent key votes again");
    return {};
  }
  if (opened->state == State::lost) remains.disk.stop("the journal is lost: " + opened->reason);
  if (opened->state == State::found) return *std::move(opened);
  auto created = node::VoteJournal::create(options, remains.disk, {1}, {});
  if (!created) remains.disk.stop(created.error().what);
  remains.store.journal = (*created)->mark();
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
      events_{around.events, power_},
      prng_{prng},
      clock_rate_permille_{prng_.between(950, 1050)},
      deviation_{deviation},
      opened_{open_journal(remains_, around.epochs.at(remains.store.head.epoch))},
      journal_{std::move(opened_.journal)},
      log_{open_block_log(remains_)},
      executor_{{.chain = around.chain,
                 .opener = around.opener,
                 .store = remains_.store,
                 .disk = remains.disk,
                 .log = *log_,
                 .journal = journal_,
                 .epochs = around.epochs,
                 .pending = pending_,
                 .clock = *this,
                 .power = *power_,
                 .events = events_,
                 .rates = around.rates,
                 .faults = around.faults,
                 .prng = prng_.split(),
                 .self = validator(self)},
                *this} {
  auto const first_honest = std::ranges::find(around_.honest, true) - around_.honest.begin();
  if (static_cast<std::size_t>(first_honest) == self_) replay_.emplace();
  begin_epoch(journal_, opened_.entry);
  tell_oracle_of_start();
}

void Life::start() {
  note(Happening::started, remains_.store.head.height.value(), 0);
  for (auto const& hash : log_->held()) {
    auto const body = log_->find(hash);
    if (!body) remains_.disk.stop(body.error().what);
    CHECK(body->has_value());
    auto const block =
        consensus::read_block(around_.chain.hash(), std::make_shared<std::string const>(**body));
    CHECK(block);
    if (block->height <= remains_.store.head.height) continue;
    executor_.keep(*block);
    runner().restored(*block);
  }
  runner().start();
  tick();
}

void Life::connected(std::size_t peer) {
  if (events_.put_off([this, peer] { connected(peer); })) return;
  runner().connected(validator(peer));
  auto const& safety = runner().state().safety;
  if (!safety.finalization()) send_finalization(peer, safety.final().height);
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
  around_.oracle.said(said(vote));
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
  auto tip = remains_.store.head;
  auto const& notarized = runner().state().safety.notarizations();
  for (auto highest = notarized.rbegin(); highest != notarized.rend(); ++highest) {
    auto executed = executor_.parent(highest->second.statement.block);
    if (!executed) continue;
    tip = *std::move(executed);
    break;
  }
  auto const now_ms = std::max(now(), execution::earliest_time(tip));
  auto const work = consensus::Work{.transactions = pending_.any_admissible(*tip.state, now_ms),
                                    .due = execution::deadline_due(around_.chain, tip, now_ms) ||
                                           now_ms.value() >= tip.time.value() + heartbeat_ms};
  if (work_ == work) return;
  work_ = work;
  runner().work(work);
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
  if (observes()) return {};
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
  return remains_.key.sign(
      base::bytes_of(consensus::signing_bytes(around_.chain.hash(), statement)));
}

Life::Posted Life::post(std::size_t to, Payload const& payload) {
  if (to == self_) return {};  // An observer asks all validators, of whom it was one.
  if (!power_->reach(CrashPoint::send)) return {};
  auto const arrives = around_.network.send({self_, to, payload});
  return {.left = true, .to = arrives ? 1ull << to : 0};
}

Life::Posted Life::post(consensus::SignerSet const& to, Payload const& payload) {
  Posted all;
  for (auto const member : to.members()) {
    auto const one = post(member.value(), payload);
    all = {.left = all.left || one.left, .to = all.to | one.to};
  }
  return all;
}

void Life::send(consensus::SignerSet to, consensus::Vote const& vote) {
  auto const posted = post(to, wire(vote));
  if (!posted.left) return;
  tell_oracle(vote);
  note(happening_of(vote.statement.kind), vote.statement, posted);
}

void Life::send(consensus::SignerSet to, consensus::Certificate const& certificate) {
  auto const posted = post(to, wire(certificate, committee().validators));
  if (!posted.left) return;
  around_.oracle.certified(said(certificate.statement), signers_of(certificate));
  note(proof_of(certificate.statement.kind), certificate.statement, posted);
}

void Life::send(consensus::SignerSet to, consensus::ProposalMessage const& proposal) {
  if (auto const block = consensus::read_block(around_.chain.hash(), proposal.body)) {
    around_.oracle.block(facts_of(*block));
  }
  auto const posted = post(to, wire(proposal, committee().validators));
  if (!posted.left) return;
  tell_oracle(proposal.vote);
  auto const& statement = proposal.vote.statement;
  auto const parent = state().safety.notarized(statement.parent_view);
  if (parent && parent->block == statement.block) obeyed(Rule::r17_proposed_again);
  for (auto const& certificate : proposal.certificates) {
    around_.oracle.certified(said(certificate.statement), signers_of(certificate));
  }
  note(Happening::proposed, statement, posted);
}

void Life::fetch_view(consensus::ValidatorIndex from, consensus::View view) {
  post(from.value(), wire(ViewRequest{committee().epoch, view}));
}

void Life::fetch_body(consensus::ValidatorIndex from, consensus::BlockHash const& block) {
  post(from.value(), wire(BodyRequest{block}));
}

void Life::fetch_blocks(consensus::PublicKey const& from, consensus::Height first,
                        std::uint32_t count_max) {
  post(committee().validators.index_of(from)->value(), wire(BlocksRequest{first, count_max}));
}

void Life::gossip_again() {
  std::vector<std::string> all;
  for (auto const& transaction : pending_.all()) all.push_back(transaction->bytes());
  if (!all.empty()) post(others(committee(), validator(self_)), wire_transactions(all));
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
