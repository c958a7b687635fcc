#include "consensus/core/repeat.h"

#include <algorithm>
#include <set>

#include "consensus/core/leader.h"
#include "consensus/core/pace.h"
#include "consensus/core/tally.h"

namespace consensus {
namespace {

// Of one kind, in one saying. Who needs more asks for it, view by view.
constexpr std::size_t repeated_views_max = 64;

void send_certificates(Context const& context, SignerSet to) {
  auto const& safety = context.state.safety;
  if (auto const& final = safety.finalization()) context.send(to, *final);
  std::set<View> views;
  for (auto const& [view, held] : safety.notarizations()) views.insert(view);
  for (auto const& [view, held] : safety.nullifications()) views.insert(view);
  // The highest, which let the receiver catch up with our view.
  auto skip = views.size() > repeated_views_max ? views.size() - repeated_views_max : 0;
  for (auto const view : views) {
    if (skip > 0) {
      --skip;
      continue;
    }
    auto const notarized = safety.notarizations().find(view);
    if (notarized != safety.notarizations().end()) context.send(to, notarized->second);
    auto const nullified = safety.nullifications().find(view);
    if (nullified != safety.nullifications().end()) context.send(to, nullified->second);
  }
}

// Whoever lost our block, or was not there when it was proposed, needs it to vote in this view. A
// vote alone would leave all of them to t_a.
bool proposes_now(Context const& context, Statement const& said) {
  auto const& state = context.state;
  if (said.kind != VoteKind::notarize || said.view != state.current) return false;
  if (!leads(context.config, state) || context.own().nullify) return false;
  auto const block = state.blocks.find(said.block);
  return block != state.blocks.end() && block->second.held;
}

void send_own_votes(Context const& context, SignerSet to) {
  auto const& own = context.state.safety.own();
  auto skip = own.size() > repeated_views_max ? own.size() - repeated_views_max : 0;
  for (auto const& [view, mine] : own) {
    if (skip > 0) {
      --skip;
      continue;
    }
    for (auto const& said : {mine.notarize, mine.nullify, mine.finalize}) {
      if (!said) continue;
      auto const vote = own_vote(context.config, context.state, *said);
      if (!vote) continue;
      if (proposes_now(context, *said)) {
        context.send(to, ProposalAgain{.vote = *vote});
      } else {
        context.send(to, *vote);
      }
    }
  }
}

// finalization(v-1), or else nullification(v-1), or else notarization(v-1).
std::optional<Certificate> entry_certificate(Safety const& safety, View view) {
  auto const before = View{view.value() - 1};
  if (safety.floor() == before) return safety.finalization();
  auto const nullified = safety.nullifications().find(before);
  if (nullified != safety.nullifications().end()) return nullified->second;
  auto const notarized = safety.notarizations().find(before);
  if (notarized != safety.notarizations().end()) return notarized->second;
  return std::nullopt;
}

// The view its sender has reached: a certificate ends its view, and so does the notarization that
// a FINALIZE follows.
View shown_by(Statement const& said, bool certificate) {
  auto const ended = certificate || said.kind == VoteKind::finalize;
  auto const view = said.view.value();
  // Nobody may have checked it: the last number has no next.
  return ended ? View{std::max(view, view + 1)} : said.view;
}

// A vote of the view before ours is no sign of lagging: the certificate that let us leave has only
// just been sent. Who misses it says NULLIFY before long.
bool lags(State const& state, View shown, Statement const& said) {
  if (shown >= state.current) return false;
  return shown.next() < state.current || said.kind == VoteKind::nullify;
}

// Who still talks about a final view does not know that it is, but for the last FINALIZE votes,
// which come when their certificate is complete.
bool speaks_of_the_past(Safety const& safety, Statement const& said, bool certificate) {
  if (said.kind != VoteKind::finalize) return said.view <= safety.floor();
  return certificate && said.view < safety.floor();
}

}  // namespace

void heard_from(Context const& context, ValidatorIndex peer, Statement const& said,
                bool certificate) {
  auto& state = context.state;
  if (context.config.self == peer) return;
  note_heard(state, peer, shown_by(said, certificate));
  auto const behind = lags(state, state.peers[peer.value()].view, said);
  if (!behind && !speaks_of_the_past(state.safety, said, certificate)) return;
  if (!state.answered.insert(peer)) return;
  auto const timer = TimerId{.kind = TimerKind::answer, .view = View{0}};
  if (!state.armed.contains(timer)) {
    arm(context, TimerKind::answer, View{0}, context.config.timing.answer_ms);
  }
  send_certificates(context, SignerSet::of({peer}));
}

void answer(Context const& context, ValidatorIndex peer, View view) {
  auto const& safety = context.state.safety;
  auto const to = SignerSet::of({peer});
  if (view <= safety.floor()) {
    if (auto const& final = safety.finalization()) context.send(to, *final);
    return;
  }
  auto const notarized = safety.notarizations().find(view);
  if (notarized != safety.notarizations().end()) context.send(to, notarized->second);
  auto const nullified = safety.nullifications().find(view);
  if (nullified != safety.nullifications().end()) context.send(to, nullified->second);
}

void say_everything(Context const& context, SignerSet to) {
  send_certificates(context, to);
  send_own_votes(context, to);
}

void nullify_again(Context const& context) {
  auto const& [config, state, out] = context;
  auto const mine = context.own().nullify;
  if (!mine) return;
  if (auto const vote = own_vote(config, state, *mine)) context.send(context.others(), *vote);
  if (auto const entry = entry_certificate(state.safety, state.current)) {
    context.send(context.others(), *entry);
  }
  arm(context, TimerKind::retry, state.current, config.timing.retry_ms);
}

}  // namespace consensus
