#include "consensus/core/situation.h"

#include <algorithm>
#include <array>
#include <ranges>

#include "consensus/core/leader.h"

namespace consensus {
namespace {

// The leader's first of this view; null: none has come.
Proposal const* proposal_in(State const& state) {
  auto const round = state.rounds.find(state.current);
  if (round == state.rounds.end()) return nullptr;
  auto const& proposal = round->second.proposal;
  return proposal ? &*proposal : nullptr;
}

bool seeks_certificates(State const& state) {
  return std::ranges::any_of(state.missing,
                             [](auto const& entry) { return entry.first.view.has_value(); });
}

// A sound proposal that this validator has not voted for (R8).
Wait wait_for_judgement(Config const& config, State const& state, Proposal const& proposal) {
  if (seeks_certificates(state)) return Wait::certificates;
  if (proposal.form == Proposal::Form::malformed || state.pace.leader_failed) return Wait::nullify;
  auto const block = state.blocks.find(proposal.vote.statement.block);
  auto const valid =
      block != state.blocks.end() && block->second.execution == BlockState::Execution::valid;
  if (!valid) return Wait::execution;
  if (proposal.form == Proposal::Form::stale) return Wait::stale_view;
  return config.self ? Wait::certificates : Wait::notarize;
}

Wait wait_as_leader(State const& state) {
  if (state.pace.nothing_to_build) return Wait::transactions;
  if (state.pace.building) return Wait::build;
  return seeks_certificates(state) ? Wait::certificates : Wait::parent;
}

Wait wait_of(Config const& config, State const& state) {
  if (state.diverged) return Wait::diverged;
  if (!reasons(config, state).any()) return unsettled(state) ? Wait::finalize : Wait::nothing;
  auto const own = state.safety.own(state.current);
  if (own.nullify) return Wait::nullify;
  if (own.notarize) return Wait::notarize;
  if (auto const* const proposal = proposal_in(state)) {
    return wait_for_judgement(config, state, *proposal);
  }
  if (state.pace.leader_failed) return Wait::nullify;  // An observer, which cannot say so.
  return leads(config, state) ? wait_as_leader(state) : Wait::proposal;
}

void add_vote(std::vector<Poll>& polls, std::optional<Vote> const& vote) {
  if (!vote) return;
  auto const poll = std::ranges::find(polls, vote->statement, &Poll::statement);
  if (poll != polls.end()) {
    poll->voters.insert(vote->voter);
  } else if (polls.size() < polls_per_view_max) {
    polls.push_back({.statement = vote->statement, .voters = SignerSet::of({vote->voter})});
  }
}

void add_polls(std::vector<Poll>& all, State const& state, View view) {
  auto const round = state.rounds.find(view);
  if (round == state.rounds.end()) return;
  std::vector<Poll> polls;
  for (auto const& [voter, ballots] : round->second.votes) {
    if (view == state.current) {
      add_vote(polls, ballots.notarize);
      add_vote(polls, ballots.nullify);
    }
    add_vote(polls, ballots.finalize);
  }
  std::ranges::sort(polls, {}, &Poll::statement);
  std::ranges::copy(polls, std::back_inserter(all));
}

PassedView passed_view(State const& state, View view) {
  auto const own = state.safety.own(view);
  auto passed = PassedView{.view = view,
                           .notarized = state.safety.notarized(view),
                           .nullified = state.safety.nullified(view),
                           .notarize = own.notarize.has_value(),
                           .nullify = own.nullify.has_value(),
                           .finalize = own.finalize.has_value()};
  if (!passed.notarized) return passed;
  auto const block = state.blocks.find(passed.notarized->block);
  passed.stored = block != state.blocks.end() && block->second.durable;
  passed.executed = executed(state, passed.notarized->block);
  return passed;
}

void add_passed(Situation& out, State const& state) {
  auto const above = state.current.value() - state.safety.floor().value() - 1;
  out.passed_views = static_cast<std::size_t>(above);
  auto const shown = std::min<std::uint64_t>(above, passed_views_max);
  for (auto view = state.current.value() - shown; view < state.current.value(); ++view) {
    out.passed.push_back(passed_view(state, View{view}));
    add_polls(out.polls, state, View{view});
  }
  add_polls(out.polls, state, state.current);
}

PeerSituation peer_situation(Config const& config, State const& state, std::size_t index) {
  auto const& peer = state.peers[index];
  auto const who = ValidatorIndex{static_cast<std::uint8_t>(index)};
  return {.view = peer.view,
          .silent_views = peer.silent_views,
          .inactive = inactive(config, state, who)};
}

}  // namespace

Situation situation(Config const& config, State const& state) {
  auto out = Situation{.epoch = config.epoch,
                       .view = state.current,
                       .leader = leader(config, state.current),
                       .self = config.self,
                       .quorum = config.validators.quorum(),
                       .wait = wait_of(config, state),
                       .final = state.safety.final(),
                       .committed_height = state.committed_height,
                       .backoff_level = state.backoff_level,
                       .timeouts = view_timeouts(config, state),
                       .work = reasons(config, state),
                       .armed = {state.armed.begin(), state.armed.end()}};
  if (auto const* const proposal = proposal_in(state)) {
    out.proposed = proposal->vote.statement.block;
  }
  add_passed(out, state);
  for (auto const& [missing, search] : state.missing) out.missing.push_back({missing, search});
  for (std::size_t i = 0; i < state.peers.size(); ++i) {
    out.peers.push_back(peer_situation(config, state, i));
  }
  return out;
}

Poll const* awaited_poll(Situation const& situation) {
  // Of those that could still be the one, the highest view's with the most voters.
  Poll const* best = nullptr;
  auto const consider = [&](VoteKind kind) {
    for (auto const& poll : situation.polls) {
      if (poll.statement.kind != kind) continue;
      if (kind != VoteKind::finalize && poll.statement.view != situation.view) continue;
      auto const higher = best == nullptr || poll.statement.view > best->statement.view;
      if (higher || poll.voters.size() > best->voters.size()) best = &poll;
    }
  };
  if (situation.wait == Wait::notarize) consider(VoteKind::notarize);
  if (situation.wait == Wait::nullify) consider(VoteKind::nullify);
  if (situation.wait == Wait::finalize) consider(VoteKind::finalize);
  return best;
}

}  // namespace consensus
