#include "tests/sim/rule_watch.h"

#include <algorithm>

#include "consensus/core/leader.h"
#include "consensus/core/pace.h"
#include "consensus/shell/verify.h"
#include "protocol/base/hex.h"
#include "tests/sim/trace_words.h"

namespace sim {

using consensus::View;

bool RuleWatch::Step::given(std::string_view kind) const {
  return std::string_view{input}.substr(3).starts_with(kind);
}

bool RuleWatch::Step::learned(consensus::State const& after) const {
  auto const& safety = after.safety;
  return safety.floor() > before.final.view || safety.notarizations().size() > before.notarized ||
         safety.nullifications().size() > before.nullified;
}

RuleWatch::Before RuleWatch::look(consensus::State const& state) {
  Before before{.current = state.current,
                .final = state.safety.final(),
                .notarized = state.safety.notarizations().size(),
                .nullified = state.safety.nullifications().size(),
                .conflicts = state.conflicts.size(),
                .noticed = noticed(state),
                .backoff_level = state.backoff_level,
                .timed_out = state.pace.timed_out,
                .building = state.pace.building,
                .answered = state.answered};
  for (auto const& peer : state.peers) before.silent_views.push_back(peer.silent_views);
  return before;
}

std::uint64_t RuleWatch::noticed(consensus::State const& state) {
  std::uint64_t times = 0;
  for (auto const& [voter, conflict] : state.conflicts) times += conflict.noticed;
  return times;
}

void RuleWatch::line(std::string_view text, consensus::State const& state) {
  if (text.starts_with("out ")) {
    step_.output = text;
    return;
  }
  turned(state);
  step_ = {.input = std::string{text}, .output = {}, .before = look(state)};
}

void RuleWatch::turned(consensus::State const& state) {
  if (!step_.input.empty()) conclude(state);
  step_ = {};
}

void RuleWatch::conclude(consensus::State const& after) {
  certificates(after);
  passing_on();
  leading(after);
  waiting_to_lead(after);
  missing(after);
  work(after);
  timers(after);
  repeats(after);
  bounds(after);
  bodies(after);
  proposal(after);
  votes(after);
}

void RuleWatch::recovered(consensus::Recovered const& found, consensus::State const& state) {
  if (!found.own_votes.empty()) counts_.add(Rule::r16_votes_restored);
  if (!found.grounds.empty()) counts_.add(Rule::r16_grounds_restored);
  if (state.current > found.final.view.next()) counts_.add(Rule::r16_view_kept);
}

void RuleWatch::committed() {
  if (!config_.self) counts_.add(Rule::r16_observer_follows);
}

void RuleWatch::refused(std::string_view why) {
  if (why == consensus::explain(consensus::MessageRefusal::not_its_own)) {
    counts_.add(Rule::r15_own_stream_only);
  }
  if (why == consensus::explain(consensus::VerifyRefusal::parent_not_below)) {
    counts_.add(Rule::r8_parent_not_below);
  }
}

// R1, R2, R9, R11, R12
void RuleWatch::certificates(consensus::State const& after) {
  auto const& before = step_.before;
  auto const by_votes = step_.given("vote") || step_.given("proposal");
  if (step_.learned(after) && by_votes) {
    counts_.add(Rule::r1_quorum_of_votes);
    auto const voter = number_in(step_.input, "voter");
    auto const liar = consensus::ValidatorIndex{static_cast<std::uint8_t>(voter.value_or(0))};
    if (voter && after.conflicts.contains(liar)) counts_.add(Rule::r15_liars_vote_counts);
  }
  auto const& final = after.safety.final();
  if (final.view > before.final.view) {
    counts_.add(Rule::r12_finalization);
    if (final.height > before.final.height.next()) counts_.add(Rule::r12_ancestors);
  }
  if (after.current <= before.current) return;
  auto const next = after.current == before.current.next();
  counts_.add(next ? Rule::r2_entered : Rule::r15_laggard_jumps);
  auto const ended = View{after.current.value() - 1};
  if (after.safety.nullified(ended)) counts_.add(Rule::r11_nullification);
  if (after.safety.notarizations().contains(ended)) counts_.add(Rule::r9_notarization);
  for (auto const order : items_of(step_.output, "timers")) {
    auto const of_view = order.starts_with("cancel leader") || order.starts_with("cancel advance");
    if (of_view) counts_.add(Rule::r2_timers_cancelled);
  }
}

void RuleWatch::passing_on() {
  if (!step_.given("vote") && !step_.given("certificate") && !step_.given("proposal")) return;
  auto const others = config_.validators.size() - (config_.self ? 1 : 0);
  for (auto const saying : items_of(step_.output, "send")) {
    if (!saying.starts_with("certificate")) continue;
    auto const to = saying.substr(saying.rfind(" to="));
    auto const receivers = static_cast<std::size_t>(std::ranges::count(to, ',')) + 1;
    counts_.add(Rule::r12_passed_on);
    if (receivers > 1 && receivers < others) counts_.add(Rule::r12_not_to_those_beyond);
  }
}

// R3
void RuleWatch::leading(consensus::State const& after) {
  auto const& built_on = step_.before.building;
  for (auto const want : items_of(step_.output, "want")) {
    if (!want.starts_with("build")) continue;
    auto const parent = after.pace.building->parent.view;
    if (parent.next() == after.current) counts_.add(Rule::r3_on_last_view);
    auto between = after.safety.notarizations().upper_bound(parent);
    if (parent.next() < after.current) {
      auto const above = between != after.safety.notarizations().end();
      counts_.add(above ? Rule::r3_below_nullified_block : Rule::r3_over_nullified);
    }
    if (after.pace.building->empty_allowed) counts_.add(Rule::r5_empty_block);
    if (!built_on || after.current != step_.before.current) continue;
    if (built_on->parent != after.pace.building->parent) counts_.add(Rule::r4_parent_changed);
  }
  if (step_.given("built") && after.pace.nothing_to_build) counts_.add(Rule::r5_no_empty_block);
  for (auto const saying : items_of(step_.output, "send")) {
    if (saying.starts_with("proposal again")) counts_.add(Rule::r13_proposed_again);
    auto const along = number_in(saying, "certificates");
    if (!along) continue;
    counts_.add(Rule::r3_proposed);
    if (*along > 0) counts_.add(Rule::r3_certificates_along);
  }
}

// A leader with work that can build on nothing: the highest notarized block without a nullification
// is on its way.
void RuleWatch::waiting_to_lead(consensus::State const& after) {
  if (!leads(after.current) || waited_in_ == after.current || !after.work.transactions) return;
  auto const own = after.safety.own(after.current);
  if (own.notarize || own.nullify || after.pace.building) return;
  for (auto view = View{after.current.value() - 1}; view > after.safety.floor();
       view = View{view.value() - 1}) {
    auto const block = after.safety.notarized(view);
    if (block && consensus::executed(after, block->block)) return;
    if (after.safety.nullified(view)) continue;
    if (!block) return;
    waited_in_ = after.current;
    counts_.add(Rule::r3_waited_for_block);
    return;
  }
}

// R4
void RuleWatch::missing(consensus::State const& after) {
  auto const again = step_.given("timer fetch/");
  for (auto const want : items_of(step_.output, "want")) {
    auto const view = want.starts_with("fetch_view");
    if (!view && !want.starts_with("fetch_body")) continue;
    counts_.add(view ? Rule::r4_view_fetched : Rule::r4_body_fetched);
    if (again) counts_.add(Rule::r4_next_asked);
    auto const from =
        consensus::ValidatorIndex{static_cast<std::uint8_t>(*number_in(want, "from"))};
    if (view && !again && from == config_.validators.leader(config_.epoch, after.current)) {
      counts_.add(Rule::r4_leader_first);
    }
    if (!after.conflicts.empty() && !after.conflicts.contains(from)) {
      counts_.add(Rule::r15_liar_not_asked);
    }
  }
  if (!step_.given("asked") || items_of(step_.output, "send").empty()) return;
  auto const below = *number_in(step_.input, "v") <= after.safety.floor().value();
  counts_.add(below ? Rule::r4_answered_below_floor : Rule::r4_answered);
}

// R5, R7: why timers of a view began to run.
void RuleWatch::work(consensus::State const& after) {
  auto const orders = items_of(step_.output, "timers");
  auto const armed = std::ranges::find_if(
      orders, [](std::string_view order) { return order.starts_with("advance/"); });
  auto const& work = after.work;
  if (armed == orders.end()) {
    auto const entered = after.current > step_.before.current;
    if (entered && !after.pace.running && !work.transactions) counts_.add(Rule::r5_idle);
    return;
  }
  if (armed->ends_with("+0")) counts_.add(Rule::r7_leader_skipped);
  auto const round = after.rounds.find(after.current);
  auto const proposed = round != after.rounds.end() && round->second.proposal.has_value();
  auto const speaking = round == after.rounds.end() ? 0 : round->second.votes.size();
  if (work.transactions) {
    counts_.add(Rule::r5_transactions);
  } else if (work.due) {
    counts_.add(Rule::r5_due);
    if (!leads(after.current) && !proposed) counts_.add(Rule::r6_due_grace);
  } else if (proposed) {
    counts_.add(Rule::r5_proposal);
  } else if (after.pace.settled) {
    auto const forgotten = after.safety.notarizations().empty();
    counts_.add(forgotten ? Rule::r5_unsettled_after_restart : Rule::r5_unsettled);
  } else if (speaking > config_.validators.faults_max()) {
    counts_.add(Rule::r5_others_speak);
  }
}

// R6
void RuleWatch::timers(consensus::State const& after) {
  auto const& before = step_.before;
  if (step_.given("timer leader/") && after.pace.timed_out) counts_.add(Rule::r6_t_l);
  if (step_.given("timer advance/") && after.pace.timed_out) counts_.add(Rule::r6_t_a);
  if (step_.given("timer settle/") && after.pace.settled) counts_.add(Rule::r5_patience);
  if (step_.given("timer retry/") && !step_.output.empty()) counts_.add(Rule::r6_t_r);
  if (step_.given("timer fetch/") && !step_.output.empty()) counts_.add(Rule::r6_fetch);
  if (step_.given("timer standstill/")) counts_.add(Rule::r6_standstill);
  if (after.backoff_level > before.backoff_level) {
    counts_.add(Rule::r6_backoff_rose);
    if (after.backoff_level == consensus::backoff_level_max) {
      counts_.add(Rule::r6_backoff_capped);
    }
  }
  if (after.backoff_level < before.backoff_level) counts_.add(Rule::r6_backoff_fell);
  auto const silent_max = config_.validators.size() - 1;
  for (std::size_t i = 0; i < after.peers.size(); ++i) {
    if (before.silent_views[i] >= silent_max && after.peers[i].silent_views == 0) {
      counts_.add(Rule::r7_active_again);
    }
  }
}

// R13, R14, R16
void RuleWatch::repeats(consensus::State const& after) {
  auto const& before = step_.before;
  auto const said = items_of(step_.output, "send");
  if (step_.given("connected") && !said.empty()) counts_.add(Rule::r13_new_stream);
  if (step_.given("timer standstill/") && !said.empty()) counts_.add(Rule::r14_standstill);
  if (step_.given("started")) {
    auto const nullify = "kind=nullify";
    auto const again = std::ranges::any_of(said, [&](std::string_view saying) {
      return saying.contains(nullify) && number_in(saying, "v") == after.current.value();
    });
    if (again) counts_.add(Rule::r16_nullify_repeated);
  }
  auto const peer = number_in(step_.input, "peer");
  auto const from = step_.given("vote") ? number_in(step_.input, "voter") : peer;
  auto const vote = step_.given("vote") || step_.given("heard");
  if (!vote || !from || after.current != before.current) return;
  auto const who = consensus::ValidatorIndex{static_cast<std::uint8_t>(*from)};
  if (config_.self == who) return;
  auto const answered = after.answered.contains(who);
  if (answered && !before.answered.contains(who)) counts_.add(Rule::r13_straggler_answered);
  auto const shown = after.peers[who.value()].view;
  if (answered && before.answered.contains(who) && shown.next() < after.current) {
    counts_.add(Rule::r13_once_a_second);
  }
  auto const last_notarize = step_.input.contains("kind=notarize") && shown.next() == after.current;
  if (last_notarize && !answered) counts_.add(Rule::r13_last_vote_no_sign);
}

// R15
void RuleWatch::bounds(consensus::State const& after) {
  auto const& before = step_.before;
  if (step_.given("vote") && *number_in(step_.input, "v") > before.current.next().value()) {
    counts_.add(Rule::r15_vote_out_of_window);
  }
  if (after.conflicts.size() > before.conflicts) counts_.add(Rule::r15_conflict_kept);
  if (step_.given("certificate") && noticed(after) > before.noticed) {
    counts_.add(Rule::r15_conflict_in_certificate);
  }
}

// R10, as far as it is not about votes: what became of the body of a notarized block.
void RuleWatch::bodies(consensus::State const& after) {
  if (!step_.given("executed") && !step_.given("body_durable")) return;
  for (auto const& [view, notarization] : after.safety.notarizations()) {
    auto const& block = notarization.statement.block;
    if (!step_.input.contains(base::hex(block.view()))) continue;
    auto const known = after.blocks.find(block);
    if (known == after.blocks.end()) continue;
    auto const valid = known->second.execution == consensus::BlockState::Execution::valid;
    if (step_.given("executed") && valid) counts_.add(Rule::r10_execution_agrees);
    if (valid && known->second.durable && after.safety.own(view).nullify) {
      counts_.add(Rule::r10_stored_after_own_nullify);
    }
  }
}

}  // namespace sim
