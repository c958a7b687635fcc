#include "consensus/core/step.h"

#include "consensus/core/invariants.h"
#include "consensus/core/leader.h"
#include "consensus/core/missing.h"
#include "consensus/core/pace.h"
#include "consensus/core/progress.h"
#include "consensus/core/repeat.h"
#include "consensus/core/tally.h"
#include "consensus/core/voting.h"
#include "protocol/base/check.h"

namespace consensus {
namespace {

// Votes of views in (last final, current + 1] are kept, no others (R15).
bool in_window(State const& state, View view) {
  return view > state.safety.floor() && view <= state.current.next();
}

void tally(Context const& context, Vote const& vote) {
  if (count(context.state, vote) != Counted::fresh) return;
  auto const certificate = certificate_of(context.config, context.state, vote.statement);
  if (certificate) learn(context, *certificate);
}

// A vote of ours that was signed. Most come back from `write`; others a signer remembers that this
// node, started without it, does not (R18). A FINALIZE without the notarization that it followed
// waits for it: the view has not ended here.
void recall(Context const& context, Statement const& said) {
  if (said.kind == VoteKind::finalize && said.view >= context.state.current) return;
  context.state.safety.restore(said);
}

// One overload per alternative of Input.

void on(Context const& context, Started const&) {
  // R16: our own votes count again, whatever order they were written in.
  for (auto const& [view, own] : std::map{context.state.safety.own()}) {
    for (auto const& said : {own.notarize, own.nullify, own.finalize}) {
      if (!said) continue;
      auto const certificate = certificate_of(context.config, context.state, *said);
      if (certificate) learn(context, *certificate);
    }
  }
  say_everything(context, context.others());
  if (context.own().nullify) {
    arm(context, TimerKind::retry, context.state.current, context.config.timing.retry_ms);
  }
}

void on(Context const& context, Verified<Proposal> const& proposal) {
  auto& state = context.state;
  auto const& said = proposal->vote.statement;
  CHECK(said.epoch == context.config.epoch);  // verify() has refused all others.
  CHECK(said.kind == VoteKind::notarize);
  CHECK(proposal->vote.voter == leader(context.config, said.view));
  heard_from(context, proposal->vote.voter, said, false);
  if (!in_window(state, said.view)) return;

  auto& round = state.rounds[said.view];
  if (!round.proposal) {
    round.proposal = *proposal;
    if (proposal->form != Proposal::Form::malformed) note_block(state, said).held = true;
  }
  tally(context, proposal->vote);
}

void on(Context const& context, Verified<Vote> const& vote) {
  CHECK(vote->statement.epoch == context.config.epoch);
  CHECK(context.config.validators.contains(vote->voter));
  heard_from(context, vote->voter, vote->statement, false);
  if (context.config.self == vote->voter) recall(context, vote->statement);
  if (in_window(context.state, vote->statement.view)) tally(context, *vote);
}

void on(Context const& context, Verified<Certificate> const& certificate) {
  CHECK(certificate->statement.epoch == context.config.epoch);
  CHECK(certificate->signers.size() == context.config.validators.quorum());
  compare(context.state, *certificate);
  learn(context, *certificate);
}

void on(Context const& context, TimerFired const& fired) {
  auto& state = context.state;
  if (state.armed.erase(fired.timer) == 0) return;  // Cancelled while it was on its way.
  switch (fired.timer.kind) {
    case TimerKind::leader:
    case TimerKind::advance:
      state.pace.leader_failed = true;
      state.pace.timed_out = true;
      return;
    case TimerKind::retry:
      nullify_again(context);
      give_up_lost(context);
      return;
    case TimerKind::settle:
      state.pace.settled = true;
      return;
    case TimerKind::fetch:
      seek_again(context);
      return;
    case TimerKind::standstill:
      say_everything(context, context.others());
      return;
    case TimerKind::answer:
      state.answered = {};
      return;
    case TimerKind::hold:
    case TimerKind::catch_up:
      UNREACHABLE();  // The shell's own: it never arms them for the core.
  }
}

void on(Context const& context, Built const& built) {
  if (built.epoch == context.config.epoch) propose(context, built);
}

void on(Context const& context, Executed const& executed) {
  if (executed.epoch != context.config.epoch) return;
  auto const known = context.state.blocks.find(executed.block);
  if (known == context.state.blocks.end()) return;
  auto& execution = known->second.execution;
  if (execution != BlockState::Execution::ordered) return;
  switch (executed.verdict) {
    case Verdict::valid:
      execution = BlockState::Execution::valid;
      return;
    case Verdict::invalid:
      execution = BlockState::Execution::invalid;
      return;
    case Verdict::abandoned:
      execution = BlockState::Execution::abandoned;
      return;
  }
}

void on(Context const& context, BodyHeld const& body) {
  auto const known = context.state.blocks.find(body.block);
  if (known != context.state.blocks.end()) known->second.held = true;
}

void on(Context const& context, BodyDurable const& body) {
  auto const known = context.state.blocks.find(body.block);
  if (known != context.state.blocks.end()) known->second.durable = true;
}

void on(Context const& context, Committed const& committed) {
  auto& state = context.state;
  if (committed.height <= state.committed_height) return;
  state.committed_height = committed.height;
  state.committed_block = committed.block;
  state.block_interval_ms = committed.block_interval_ms;
}

void on(Context const& context, Work const& work) {
  auto& pace = context.state.pace;
  context.state.work = work;
  if (!pace.nothing_to_build || !(work.transactions || work.due)) return;
  pace.nothing_to_build = false;
  pace.building.reset();
}

void on(Context const& context, Heard const& heard) {
  if (heard.statement.epoch != context.config.epoch) return;
  heard_from(context, heard.peer, heard.statement, heard.certificate);
}

void on(Context const& context, Connected const& connected) {
  context.state.peers[connected.peer.value()].view = View{0};
  say_everything(context, SignerSet::of({connected.peer}));
}

void on(Context const& context, Asked const& asked) {
  if (asked.epoch == context.config.epoch) answer(context, asked.peer, asked.view);
}

// Does whatever the new state allows. Asking "what is possible now" after every input, rather
// than "what follows from this input", is why no order of arrival can be missed.
void act(Context const& context) {
  Needs needs;
  certify(context, needs);
  judge(context, needs);
  give_up(context);
  lead(context, needs);
  keep_time(context);
  seek(context, needs);
}

}  // namespace

Output step(Config const& config, State& state, Input const& input) {
  check_invariants(config, state);
  Output out;
  auto const context = Context{.config = config, .state = state, .out = out};
  std::visit([&](auto const& what) { on(context, what); }, input);
  act(context);
  check_invariants(config, state);
  return out;
}

}  // namespace consensus
