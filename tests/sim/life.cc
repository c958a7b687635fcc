#include "tests/sim/life.h"

#include <utility>

#include "consensus/certificate/encoding.h"
#include "consensus/core/step.h"
#include "protocol/base/check.h"
#include "tests/sim/testimony.h"

namespace sim {
namespace {

constexpr std::uint64_t tick_us = 500'000;
constexpr std::uint64_t heartbeat_ms = 60'000;

consensus::ValidatorIndex index(std::size_t node) {
  return consensus::ValidatorIndex{static_cast<std::uint8_t>(node)};
}

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

node::VoteJournal::Opened open_journal(Remains const& remains,
                                       consensus::ValidatorSet const& validators) {
  auto const options = node::JournalOptions{.folder = journal_folder,
                                            .epoch = {},
                                            .validators = validators,
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
      opened_{open_journal(remains_, around.committee.validators)},
      log_{open_block_log(remains_)},
      executor_{{.chain = around.chain,
                 .opener = around.opener,
                 .store = remains_.store,
                 .disk = remains.disk,
                 .log = *log_,
                 .journal = opened_.journal.get(),
                 .pending = pending_,
                 .clock = *this,
                 .power = *power_,
                 .events = events_,
                 .rates = around.rates,
                 .faults = around.faults,
                 .prng = prng_.split(),
                 .self = index(self)},
                *this} {
  if (deviation && !observes()) {
    deviation_ = deviation({.self = index(self),
                            .committee = around.committee,
                            .signer = *this,
                            .network = *this,
                            .journal = *this,
                            .clock = *this,
                            .executor = executor_,
                            .events = events_,
                            .prng = prng_.split(),
                            .faults = around.faults,
                            .post = [this](consensus::SignerSet const& to,
                                           Payload const& payload) { post(to, payload); },
                            .runner = [this]() -> consensus::Runner& { return *runner_; },
                            .turn = [this] { turn(); }});
  }
  consensus::Journal& journal = deviation_ ? deviation_->journal(*this) : *this;
  consensus::Network& network = deviation_ ? deviation_->network(*this) : *this;
  signer_.emplace(journal, static_cast<consensus::SigningKey&>(*this));
  auto const config = consensus::Config{
      .epoch = around.committee.epoch,
      .self = observes() ? std::nullopt : std::optional{index(self)},
      .validators = around.committee.validators,
      .root = {.view = {}, .height = {}, .block = execution::genesis_block(around.chain).hash}};
  if (around.honest[self]) watch_.emplace(config, around.rules);
  runner_ = std::make_unique<consensus::Runner>(
      config, recover(config), consensus::Ports{*signer_, network, *this, *this, executor_, *this});
}

consensus::State Life::recover(consensus::Config const& config) {
  auto const& store = remains_.store;
  if (around_.honest[self_]) around_.oracle.restarted(self_, store.head.height.value());
  consensus::Recovered recovered{
      .final = store.final,
      .finalization = store.finalization,
      .committed_height = store.head.height,
      .committed_block = store.head.hash,
      .block_interval_ms = execution::earliest_time(store.head).value() - store.head.time.value(),
      .grounds = {},
      .own_votes = {}};
  for (auto const& ground : opened_.entry.grounds) {
    auto verified = consensus::verify(around_.committee, ground);
    if (verified) {
      recovered.grounds.push_back(*std::move(verified));
    } else {
      around_.oracle.violate("a certificate in the journal does not verify");
    }
  }
  std::vector<Said> found;
  for (auto const& vote : opened_.entry.votes) {
    auto verified = consensus::verify(around_.committee, vote);
    if (!verified) {
      around_.oracle.violate("a vote in the journal does not verify");
      continue;
    }
    found.push_back(said(vote));
    if (vote.statement.view > store.final.view) recovered.own_votes.push_back(*verified);
  }
  if (around_.honest[self_] && !observes()) {
    around_.oracle.replayed(self_, opened_.segment.floor.value(), found);
  }
  auto state = consensus::recover(config, recovered);
  if (watch_) watch_->recovered(recovered, state);
  return state;
}

void Life::start() {
  note(Happening::started, remains_.store.head.height.value(), 0);
  for (auto const& hash : log_->held()) {
    auto const body = log_->find(hash);
    if (!body) remains_.disk.stop(body.error().what);
    CHECK(body->has_value());
    auto const block = consensus::read_block(around_.committee.genesis,
                                             std::make_shared<std::string const>(**body));
    CHECK(block);
    if (block->height <= remains_.store.head.height) continue;
    executor_.keep(*block);
    runner_->restored(*block);
  }
  runner_->start();
  tick();
}

void Life::connected(std::size_t peer) {
  if (events_.put_off([this, peer] { connected(peer); })) return;
  runner_->connected(index(peer));
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
  if (deviation_) deviation_->after_turn();
  auto const& halted = runner_->halted();
  if (halted && halted == disk_failure_) {
    disk_failed(*halted);
  } else if (halted && around_.honest[self_]) {
    around_.oracle.violate("node " + std::to_string(self_) + " has halted: " + *halted);
  }
  look_for_work();
}

void Life::obey() {
  runner_->turn();
  if (watch_) watch_->turned(runner_->state());
}

// What a mempool and a state tell the core: is there anything to make a block of.
void Life::look_for_work() {
  if (!look_again_ || !power_->on()) return;
  look_again_ = false;
  auto tip = remains_.store.head;
  auto const& notarized = runner_->state().safety.notarizations();
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
  runner_->work(work);
  obey();
}

// ---- ports ----

std::expected<void, consensus::DiskFailure> Life::append_and_sync(
    consensus::JournalEntry const& entry) {
  CHECK(!observes());
  auto const done = kept(opened_.journal->append_and_sync(entry));
  if (done && power_->on()) {
    for (auto const& vote : entry.votes) tell_oracle(vote);
  }
  return done;
}

std::expected<void, consensus::DiskFailure> Life::committed(consensus::View floor) {
  if (observes()) return {};
  return kept(opened_.journal->committed(floor));
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
      base::bytes_of(consensus::signing_bytes(around_.committee.genesis, statement)));
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
  auto const posted = post(to, wire(certificate, around_.committee.validators));
  if (!posted.left) return;
  around_.oracle.certified(said(certificate.statement), signers_of(certificate));
  note(proof_of(certificate.statement.kind), certificate.statement, posted);
}

void Life::send(consensus::SignerSet to, consensus::ProposalMessage const& proposal) {
  if (auto const block = consensus::read_block(around_.committee.genesis, proposal.body)) {
    around_.oracle.block(facts_of(*block));
  }
  auto const posted = post(to, wire(proposal, around_.committee.validators));
  if (!posted.left) return;
  tell_oracle(proposal.vote);
  for (auto const& certificate : proposal.certificates) {
    around_.oracle.certified(said(certificate.statement), signers_of(certificate));
  }
  note(Happening::proposed, proposal.vote.statement, posted);
}

void Life::fetch_view(consensus::ValidatorIndex from, consensus::View view) {
  post(from.value(), wire(ViewRequest{around_.committee.epoch, view}));
}

void Life::fetch_body(consensus::ValidatorIndex from, consensus::BlockHash const& block) {
  post(from.value(), wire(BodyRequest{block}));
}

void Life::fetch_blocks(consensus::ValidatorIndex from, consensus::Height first,
                        std::uint32_t count_max) {
  post(from.value(), wire(BlocksRequest{first, count_max}));
}

void Life::gossip_again() {
  std::vector<std::string> all;
  for (auto const& transaction : pending_.all()) all.push_back(transaction->bytes());
  if (!all.empty()) post(others(around_.committee, index(self_)), wire_transactions(all));
}

void Life::arm(consensus::TimerId timer, std::uint64_t delay_ms) {
  auto const holds = timer.kind == consensus::TimerKind::hold;
  if (watch_ && holds) watch_->held();
  auto const number = ++armings_;
  armed_[timer] = number;
  events_.after(delay_ms * clock_rate_permille_, [this, timer, number, holds] {
    auto const found = armed_.find(timer);
    if (found == armed_.end() || found->second != number) return;
    armed_.erase(found);
    note(Happening::timer_fired, timer.view.value(), static_cast<std::uint64_t>(timer.kind));
    if (watch_ && holds) watch_->released();
    runner_->fired(timer);
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
  if (watch_) watch_->line(text, runner_->state());
}

}  // namespace sim
