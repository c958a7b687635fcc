// What RuleWatch sees of votes: why they were cast (R8, R10), and which could not be (S1 to S5).

#include "tests/sim/rule_watch.h"
#include "tests/sim/trace_words.h"

namespace sim {

using consensus::SafetyRefusal;
using consensus::Statement;
using consensus::View;

// A proposal that has just come, or is still without a vote.
void RuleWatch::proposal(consensus::State const& after) {
  if (step_.given("proposal")) {
    auto const view = *number_in(step_.input, "v");
    if (view < step_.before.current.value()) counts_.add(Rule::r8_late_proposal);
    auto const stale = step_.input.contains("form=stale");
    if (stale && view == after.current.value()) counts_.add(Rule::r8_stale);
  }
  auto const round = after.rounds.find(after.current);
  if (round == after.rounds.end() || !round->second.proposal) return;
  auto const own = after.safety.own(after.current);
  if (own.notarize || own.nullify) return;
  auto const& said = round->second.proposal->vote.statement;
  for (auto const want : items_of(step_.output, "want")) {
    if (!want.starts_with("fetch_view")) continue;
    auto const view = View{*number_in(want, "v")};
    if (view == said.parent_view) counts_.add(Rule::r8_parent_missing);
    if (view > said.parent_view && view < said.view) counts_.add(Rule::r8_nullification_missing);
  }
}

void RuleWatch::votes(consensus::State const& after) {
  auto const written = items_of(step_.output, "write");
  for (auto const vote : written) {
    auto const view = View{*number_in(vote, "v")};
    auto const own = after.safety.own(view);
    if (vote.contains("kind=notarize") && own.notarize) notarized(*own.notarize, after);
    if (vote.contains("kind=nullify")) nullified(view, after);
    if (vote.contains("kind=finalize")) finalized(view, after);
  }
  if (!written.empty()) ask_for_forbidden(after);
  for (auto const want : items_of(step_.output, "want")) {
    if (want.starts_with("gossip_again")) counts_.add(Rule::r8_gossip_again);
  }
  if (!step_.given("timer retry/")) return;
  for (auto const saying : items_of(step_.output, "send")) {
    if (saying.starts_with("again")) counts_.add(Rule::r8_repeated);
  }
}

void RuleWatch::notarized(Statement const& said, consensus::State const& after) {
  if (!leads(said.view)) counts_.add(Rule::r8_notarize);
  if (said.parent_view == after.safety.floor()) counts_.add(Rule::r2_final_is_notarized);
}

void RuleWatch::nullified(View view, consensus::State const& after) {
  if (view < after.current) {
    counts_.add(Rule::r8_gave_up_lost);
  } else if (step_.given("timer leader/")) {
    counts_.add(Rule::r8_t_l);
  } else if (step_.given("timer advance/")) {
    counts_.add(Rule::r8_t_a);
  } else {
    nullified_for_proposal(after);
  }
}

// Not for a timer: for what the leader has sent. Told apart on our own, in the order of R8.
void RuleWatch::nullified_for_proposal(consensus::State const& after) {
  auto const round = after.rounds.find(after.current);
  if (round == after.rounds.end()) return;
  auto const leader = config_.validators.leader(config_.epoch, after.current);
  auto const& ballots = round->second.votes;
  if (ballots.contains(leader) && ballots.at(leader).nullify) {
    counts_.add(Rule::r8_leader_nullified);
    return;
  }
  auto const& proposal = round->second.proposal;
  if (!proposal) return;
  auto const& said = proposal->vote.statement;
  auto const parent = after.safety.notarized(said.parent_view);
  if (proposal->form == consensus::Proposal::Form::malformed) {
    counts_.add(Rule::r8_malformed);
  } else if (said.parent_view < after.safety.floor()) {
    counts_.add(Rule::r8_below_final);
  } else if (parent && parent->block != proposal->parent_hash) {
    counts_.add(Rule::r8_parent_hash);
  } else if (parent && parent->height.next() != said.height) {
    counts_.add(Rule::r8_parent_height);
  } else if (step_.given("executed") && step_.input.contains("verdict=invalid")) {
    counts_.add(Rule::r8_invalid);
  }
}

void RuleWatch::finalized(View view, consensus::State const& after) {
  counts_.add(Rule::r10_finalize);
  if (after.safety.nullified(view)) counts_.add(Rule::r10_after_nullification);
}

void RuleWatch::expect_refused(Rule rule, consensus::Safety const& safety,
                               Statement const& statement, SafetyRefusal why) {
  auto const answer = safety.check(statement);
  if (!answer && answer.error() == why) counts_.add(rule);
}

// The core never asks Safety for these; so the watch does, in the state that the vote has left.
void RuleWatch::ask_for_forbidden(consensus::State const& after) {
  auto const& safety = after.safety;
  auto const& final = safety.final();
  auto const epoch = config_.epoch;
  expect_refused(Rule::s1_refused, safety, consensus::nullify(epoch, final.view),
                 SafetyRefusal::at_or_below_floor);
  auto const block = Statement{.epoch = epoch,
                               .view = after.current.next(),
                               .kind = consensus::VoteKind::notarize,
                               .parent_view = final.view,
                               .height = final.height.next(),
                               .block = final.block};
  expect_refused(Rule::s3_hole_refused, safety, block, SafetyRefusal::skipped_view_not_nullified);
  auto orphan = block;
  orphan.parent_view = after.current;
  expect_refused(Rule::s3_parent_refused, safety, orphan, SafetyRefusal::parent_not_notarized);
  auto const finalize = with_kind(block, consensus::VoteKind::finalize);
  expect_refused(Rule::s4_refused, safety, finalize, SafetyRefusal::not_notarized);
  for (auto const& [view, own] : safety.own()) {
    if (own.notarize) {
      auto second = *own.notarize;
      second.block.data[0] ^= 1;
      expect_refused(Rule::s2_refused, safety, second, SafetyRefusal::already_notarized);
    }
    if (own.finalize) {
      expect_refused(Rule::s4_twice_refused, safety, *own.finalize,
                     SafetyRefusal::already_finalized);
      expect_refused(Rule::s5_nullify_refused, safety, consensus::nullify(epoch, view),
                     SafetyRefusal::already_finalized);
    }
    auto const notarization = safety.notarizations().find(view);
    if (own.nullify && notarization != safety.notarizations().end()) {
      expect_refused(Rule::s5_finalize_refused, safety,
                     with_kind(notarization->second.statement, consensus::VoteKind::finalize),
                     SafetyRefusal::already_nullified);
    }
  }
}

}  // namespace sim
