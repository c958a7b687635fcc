// The rules of consensus/README.md, each as the events that show that it was put to work: what a
// range of seeds must have seen, all of it, to have tried the rules.
//
// All are seen from outside, on honest nodes: in what a runner is given, in what it says and asks
// for, and in its state before and after (rule_watch.h). S1 to S5 forbid what an honest core never
// asks for; so after each vote the watch asks core/safety, in its present state, for votes that it
// must refuse, and counts the refusals.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tests/sim/counts.h"

namespace sim {

enum class Rule : std::uint8_t {
  r1_quorum_of_votes,
  r2_entered,
  r2_timers_cancelled,
  r2_final_is_notarized,
  r3_on_last_view,
  r3_over_nullified,
  r3_below_nullified_block,
  r3_waited_for_block,
  r3_proposed,
  r3_certificates_along,
  r4_view_fetched,
  r4_body_fetched,
  r4_leader_first,
  r4_next_asked,
  r4_answered,
  r4_answered_below_floor,
  r4_parent_changed,
  r5_transactions,
  r5_due,
  r5_proposal,
  r5_others_speak,
  r5_unsettled,
  r5_unsettled_after_restart,
  r5_patience,
  r5_idle,
  r5_no_empty_block,
  r5_empty_block,
  r6_t_l,
  r6_t_a,
  r6_t_r,
  r6_fetch,
  r6_standstill,
  r6_due_grace,
  r6_backoff_rose,
  r6_backoff_fell,
  r6_backoff_capped,
  r7_leader_skipped,
  r7_active_again,
  r8_notarize,
  r8_malformed,
  r8_parent_not_below,
  r8_below_final,
  r8_parent_hash,
  r8_parent_height,
  r8_invalid,
  r8_parent_missing,
  r8_nullification_missing,
  r8_held,
  r8_released,
  r8_stale,
  r8_t_l,
  r8_t_a,
  r8_leader_nullified,
  r8_gossip_again,
  r8_repeated,
  r8_late_proposal,
  r8_gave_up_lost,
  r9_notarization,
  r10_finalize,
  r10_after_nullification,
  r10_stored_after_own_nullify,
  r10_execution_agrees,
  r11_nullification,
  r12_finalization,
  r12_ancestors,
  r12_passed_on,
  r12_not_to_those_beyond,
  r12_final_blocks_fetched,
  r13_straggler_answered,
  r13_once_a_second,
  r13_last_vote_no_sign,
  r13_new_stream,
  r13_proposed_again,
  r14_standstill,
  r15_vote_out_of_window,
  r15_laggard_jumps,
  r15_conflict_kept,
  r15_conflict_in_certificate,
  r15_liar_not_asked,
  r15_liars_vote_counts,
  r15_own_stream_only,
  r16_votes_restored,
  r16_grounds_restored,
  r16_view_kept,
  r16_nullify_repeated,
  r16_key_spent,
  r16_observer_follows,
  r17_ended,
  r17_proposed_again,
  r17_caught_up,
  r17_later_heard,
  r17_earlier_answered,
  r17_restarted,
  s1_refused,
  s2_refused,
  s3_parent_refused,
  s3_hole_refused,
  s4_refused,
  s4_twice_refused,
  s5_nullify_refused,
  s5_finalize_refused,
};
inline constexpr std::size_t rule_kinds = static_cast<std::size_t>(Rule::s5_finalize_refused) + 1;

using RuleCounts = Counts<Rule, rule_kinds>;

// "R3.on_last_view"
std::string_view name_of(Rule rule);
// What it means that it happened.
std::string_view explain(Rule rule);

}  // namespace sim
