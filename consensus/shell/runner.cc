#include "consensus/shell/runner.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "consensus/certificate/attestation.h"
#include "consensus/shell/trace.h"
#include "protocol/base/check.h"
#include "protocol/limits.h"

namespace consensus {
namespace {

// Final blocks asked for and not come by then are asked of the next peers.
constexpr std::uint64_t catch_up_retry_ms = 250;
constexpr TimerId catch_up_timer{.kind = TimerKind::catch_up, .view = View{0}};

Proposal sound(Verified<Vote> const& vote, Block const& block, Proposal::Form form) {
  return {.vote = *vote,
          .parent_hash = block.parent,
          .proposer = block.proposer,
          .boundary = block.next_set.has_value(),
          .form = form};
}

Input malformed(Verified<Vote> const& vote) {
  return Attestation::of(Proposal{.vote = *vote,
                                  .parent_hash = {},
                                  .proposer = {},
                                  .boundary = false,
                                  .form = Proposal::Form::malformed});
}

// What the header must agree on with the vote of the leader who signed for it.
bool agrees(Statement const& said, Block const& block) {
  return block.hash == said.block && block.height == said.height && block.epoch == said.epoch;
}

// Null: the signer did not sign it.
Vote const* vote_for(std::vector<Vote> const& votes, Statement const& statement) {
  auto const found = std::ranges::find(votes, statement, &Vote::statement);
  return found == votes.end() ? nullptr : &*found;
}

}  // namespace

Runner::Runner(Config config, Recovered const& recovered, Ports ports)
    : config_{std::move(config)},
      state_{recover(config_, recovered)},
      ports_{ports},
      catch_up_{state_.committed_height, state_.committed_block} {
  if (ports_.trace.wanted()) ports_.trace.line(describe({config_, recovered}));
  interest_.update(state_.safety);
}

// ---- what has come ----

void Runner::start() {
  queue_.emplace_back(Started{});
}

void Runner::restored(Block const& block) {
  bodies_.restore(block);
}

void Runner::received(Verified<Vote> const& vote) {
  queue_.emplace_back(vote);
}

void Runner::received(ValidatorIndex from, Verified<Certificate> const& certificate) {
  queue_.emplace_back(certificate);
  heard_certificate(from, certificate->statement);
}

void Runner::received(ReceivedProposal proposal) {
  for (auto const& certificate : proposal.certificates) {
    if (interest_.wants_certificate(certificate->statement)) queue_.emplace_back(certificate);
  }
  auto const& said = proposal.vote->statement;
  if (!proposal.block || !agrees(said, *proposal.block)) {
    queue_.push_back(malformed(proposal.vote));
    return;
  }
  auto const due = protocol::limits::clock_ahead_ms_max + ports_.clock.now().value();
  auto const time = proposal.block->time.value();
  if (time <= due) {
    judge_time(proposal, *proposal.block);
    return;
  }
  auto const view = said.view;
  auto const hold_ms = time - due;
  if (early_.hold(std::move(proposal), hold_ms, state_.current)) {
    ports_.timers.arm(EarlyProposals::timer(view), hold_ms);
  }
}

void Runner::judge_time(ReceivedProposal const& proposal, Block const& block) {
  auto const now = ports_.clock.now().value();
  auto const stale = block.time.value() + protocol::limits::clock_behind_ms_max < now;
  auto const form = stale ? Proposal::Form::stale : Proposal::Form::sound;
  // Without room for the body the core could not act on the proposal: as if it had not come.
  if (!bodies_.add(block)) return;
  queue_.emplace_back(Attestation::of(sound(proposal.vote, block, form)));
}

void Runner::release(View view) {
  auto const proposal = early_.release(view);
  if (proposal) judge_time(*proposal, *proposal->block);
}

void Runner::received(PublicKey const& from, FinalRange const& range) {
  queue_.emplace_back(range.finalization);
  if (auto const member = config_.validators.index_of(from)) {
    heard_certificate(*member, range.finalization->statement);
  }
  if (range.blocks.back().next_set) caught_up_with_ = from;
  auto const news = range.blocks.back().height >= catch_up_.next_height();
  if (later_epoch_ == from && news) go_on_with_ = std::exchange(later_epoch_, std::nullopt);
  std::erase_if(asked_, [&](Height const first) {
    return first >= range.blocks.front().height && first <= range.blocks.back().height;
  });
  if (!catch_up_.take(range))
    halt("a final block does not descend from the blocks in the database");
}

void Runner::received_body(Block const& block) {
  auto const wanted = state_.missing.contains({.view = {}, .block = block.hash});
  if (wanted && bodies_.add(block)) queue_.emplace_back(BodyHeld{.block = block.hash});
}

void Runner::asked(ValidatorIndex from, Epoch epoch, View view) {
  queue_.emplace_back(Asked{.peer = from, .epoch = epoch, .view = view});
}

void Runner::heard_certificate(ValidatorIndex from, Statement const& statement) {
  queue_.emplace_back(Heard{.peer = from, .statement = statement, .certificate = true});
}

void Runner::heard_vote(ValidatorIndex from, Statement const& statement) {
  queue_.emplace_back(Heard{.peer = from, .statement = statement, .certificate = false});
}

void Runner::connected(ValidatorIndex peer) {
  queue_.emplace_back(Connected{.peer = peer});
}

void Runner::heard_later_epoch(PublicKey const& from) {
  if (!config_.validators.index_of(from)) stranger_ = from;
  if (over_ || later_epoch_ || !asked_.empty()) return;
  later_epoch_ = from;
  ports_.network.fetch_blocks(from, catch_up_.next_height(), chunk_blocks);
  ports_.timers.arm(catch_up_timer, catch_up_retry_ms);
}

void Runner::fired(TimerId timer) {
  switch (timer.kind) {
    case TimerKind::hold:
      release(timer.view);
      return;
    case TimerKind::catch_up:
      asked_.clear();
      later_epoch_.reset();
      ++times_asked_;
      return;
    default:
      queue_.emplace_back(TimerFired{.timer = timer});
  }
}

void Runner::work(Work work) {
  queue_.emplace_back(work);
}

void Runner::signer_back(std::vector<Verified<Certificate>> const& grounds,
                         std::vector<Verified<Vote>> const& own_votes) {
  for (auto const& ground : grounds) queue_.emplace_back(ground);
  for (auto const& vote : own_votes) queue_.emplace_back(vote);
  say_again_ = true;
}

void Runner::built(Build const& order, std::optional<Block> const& block) {
  if (order.epoch != config_.epoch) return;
  auto answer = Built{
      .epoch = order.epoch, .view = order.view, .parent = order.parent, .block = std::nullopt};
  if (block) {
    if (!bodies_.add(*block)) return;  // t_l gives the view up.
    answer.block = block->hash;
  }
  queue_.emplace_back(answer);
}

void Runner::executed(Epoch epoch, View view, BlockHash const& block, Verdict verdict) {
  queue_.emplace_back(Executed{.epoch = epoch, .view = view, .block = block, .verdict = verdict});
}

void Runner::body_durable(BlockHash const& block) {
  bodies_.mark_durable(block);
  queue_.emplace_back(BodyDurable{.block = block});
}

void Runner::committed(Height height, BlockHash const& block, std::uint64_t block_interval_ms) {
  queue_.emplace_back(
      Committed{.height = height, .block = block, .block_interval_ms = block_interval_ms});
  auto const floor = catch_up_.committed(height);
  if (!floor || halted_ || over_) return;
  auto const done = ports_.signer.committed(*floor);
  if (!done) halt(done.error().what);
}

// ---- what follows ----

void Runner::turn() {
  if (halted_ || over_) return;
  while ((!queue_.empty() || say_again_) && !halted_) round();
  catch_up();
  if (over_) return;
  bodies_.retain(state_);
  for (auto const view : early_.drop_below(state_.current)) {
    ports_.timers.cancel(EarlyProposals::timer(view));
  }
  interest_.update(state_.safety);
}

void Runner::round() {
  std::vector<Output> outputs;
  while (!queue_.empty()) {
    auto const input = std::move(queue_.front());
    queue_.pop_front();
    if (ports_.trace.wanted()) ports_.trace.line(describe(input));
    auto output = step(config_, state_, input);
    if (output == Output{}) continue;
    if (ports_.trace.wanted()) ports_.trace.line(describe(output));
    outputs.push_back(std::move(output));
  }
  if (std::exchange(say_again_, false)) {
    std::ranges::move(unsaid_.take(state_.safety.floor()), std::back_inserter(outputs));
  }
  auto const votes = write(outputs);
  if (!votes) return;
  unsaid_.keep(outputs, *votes, state_.safety.floor());
  for (auto const& output : outputs) {
    for (auto const& [to, speech] : output.send) say(to, speech, *votes);
  }
  for (auto const& output : outputs) {
    for (auto const& timer : output.timers) {
      if (timer.act == TimerOrder::Act::arm) ports_.timers.arm(timer.timer, timer.delay_ms);
      if (timer.act == TimerOrder::Act::cancel) ports_.timers.cancel(timer.timer);
    }
  }
  for (auto const& output : outputs) {
    for (auto const& want : output.want) order(want);
  }
  for (auto const& output : outputs) {
    for (auto const& finalization : output.commit) finalize(finalization);
  }
  for (auto const& vote : *votes) queue_.emplace_back(Attestation::of(vote));
}

std::optional<std::vector<Vote>> Runner::write(std::vector<Output> const& outputs) {
  auto order = SigningOrder{.voter = {},
                            .statements = {},
                            .grounds = {},
                            .safety = state_.safety,
                            .validators = config_.validators};
  for (auto const& output : outputs) {
    std::ranges::copy(output.grounds, std::back_inserter(order.grounds));
    std::ranges::copy(output.write, std::back_inserter(order.statements));
  }
  if (order.statements.empty()) return std::vector<Vote>{};
  CHECK(config_.self.has_value());  // An observer writes nothing.
  order.voter = *config_.self;
  auto votes = ports_.signer.sign(order);
  if (votes) return std::move(*votes);
  halt(votes.error().what);
  return std::nullopt;
}

void Runner::say(SignerSet to, Speech const& speech, std::vector<Vote> const& votes) {
  if (auto const* own = std::get_if<OwnVote>(&speech)) {
    if (auto const* vote = vote_for(votes, own->statement)) ports_.network.send(to, *vote);
  } else if (auto const* vote = std::get_if<Vote>(&speech)) {
    ports_.network.send(to, *vote);
  } else if (auto const* certificate = std::get_if<Certificate>(&speech)) {
    ports_.network.send(to, *certificate);
  } else if (auto const* again = std::get_if<ProposalAgain>(&speech)) {
    auto const* block = bodies_.find(again->vote.statement.block);
    CHECK(block != nullptr);  // The core repeats what it was told is held.
    ports_.network.send(
        to, ProposalMessage{.vote = again->vote, .body = block->body, .certificates = {}});
  } else {
    auto const& proposal = std::get<OwnProposal>(speech);
    auto const* signed_vote = vote_for(votes, proposal.statement);
    auto const* block = bodies_.find(proposal.statement.block);
    if (signed_vote == nullptr || block == nullptr) return;  // Unsigned, or of use to nobody.
    ports_.network.send(
        to, ProposalMessage{
                .vote = *signed_vote, .body = block->body, .certificates = proposal.certificates});
  }
}

void Runner::order(Want const& want) {
  if (auto const* fetch = std::get_if<FetchView>(&want)) {
    ports_.network.fetch_view(fetch->from, fetch->view);
  } else if (auto const* fetch_one = std::get_if<FetchBody>(&want)) {
    fetch_body(*fetch_one);
  } else if (auto const* build = std::get_if<Build>(&want)) {
    ports_.executor.build(*build);
  } else if (auto const* execute = std::get_if<Execute>(&want)) {
    auto const* block = bodies_.find(execute->block);
    CHECK(block != nullptr);  // The core orders what it was told is held.
    ports_.executor.execute(execute->view, *block);
  } else if (auto const* store = std::get_if<StoreBody>(&want)) {
    auto const* block = bodies_.find(store->block);
    CHECK(block != nullptr);
    if (bodies_.durable(store->block)) {
      queue_.emplace_back(BodyDurable{.block = store->block});
    } else {
      ports_.executor.store_body(*block);
    }
  } else if (std::holds_alternative<GossipAgain>(want)) {
    ports_.network.gossip_again();
  } else {
    ports_.executor.diverged(std::get<Diverged>(want).block);
    halt("a quorum agreed on a block that this node does not");
  }
}

void Runner::fetch_body(FetchBody const& want) {
  if (bodies_.find(want.block) != nullptr) {
    queue_.emplace_back(BodyHeld{.block = want.block});
  } else {
    ports_.network.fetch_body(want.from, want.block);
  }
}

void Runner::finalize(Certificate const& finalization) {
  auto const lookup = [this](BlockHash const& hash) { return bodies_.find(hash); };
  if (!catch_up_.target(finalization, lookup)) {
    halt("a final block does not descend from the blocks in the database");
  }
}

void Runner::catch_up() {
  if (halted_) return;
  auto const& finalization = state_.safety.finalization();
  // A body that was missing may have come since.
  if (finalization && !catch_up_.missing().empty()) finalize(*finalization);
  for (auto const& block : catch_up_.next()) {
    ports_.executor.commit(block);
    if (block.block.next_set) return end_epoch();
  }
  ask_for_blocks();
  // The boundary may lie more than one answer away.
  if (!asked_.empty() || !catch_up_.all_ordered()) return;
  if (auto const peer = std::exchange(go_on_with_, std::nullopt)) heard_later_epoch(*peer);
}

// No timer of this epoch may fire in the next, whose views have the same numbers.
void Runner::end_epoch() {
  over_ = true;
  queue_.clear();
  for (auto const timer : state_.armed) ports_.timers.cancel(timer);
  for (auto const view : early_.drop_all()) ports_.timers.cancel(EarlyProposals::timer(view));
  ports_.timers.cancel(catch_up_timer);
}

void Runner::ask_for_blocks() {
  auto const missing = catch_up_.missing();
  if (missing.empty()) {
    // Who is in a later epoch may never answer: only the timer lets another one be asked.
    if (!asked_.empty() && !later_epoch_) ports_.timers.cancel(catch_up_timer);
    asked_.clear();
    return;
  }
  auto from = config_.validators.keys();
  if (config_.self) std::erase(from, config_.validators.key(*config_.self));
  if (stranger_) from.push_back(*stranger_);
  if (from.empty()) return;
  auto const idle = asked_.empty() && !later_epoch_;
  for (auto const first : missing) {
    if (asked_.size() >= requests_max) break;
    if (!asked_.insert(first).second) continue;
    auto const peer = first.value() / chunk_blocks + times_asked_;
    ports_.network.fetch_blocks(from[peer % from.size()], first, chunk_blocks);
  }
  if (idle) ports_.timers.arm(catch_up_timer, catch_up_retry_ms);
}

void Runner::halt(std::string why) {
  if (!halted_) halted_ = std::move(why);
}

}  // namespace consensus
