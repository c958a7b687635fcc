#include "tests/sim/rules.h"

#include <array>

namespace sim {
namespace {

struct Row {
  Rule rule;
  std::string_view name;
  std::string_view meaning;
};

using enum Rule;

// In the order of the enum.
constexpr std::array<Row, rule_kinds> rows{{
    {r1_quorum_of_votes, "R1.quorum_of_votes", "the q-th equal vote made a certificate"},
    {r2_entered, "R2.entered", "the next view was entered"},
    {r2_timers_cancelled, "R2.timers_cancelled", "leaving a view cancelled its timers"},
    {r2_final_is_notarized, "R2.final_is_notarized", "NOTARIZE on the last final block"},
    {r3_on_last_view, "R3.on_last_view", "a block was built on the view before"},
    {r3_over_nullified, "R3.over_nullified", "a block was built over nullified views"},
    {r3_below_nullified_block, "R3.below_nullified_block",
     "a block was built below a notarized view that is nullified too"},
    {r3_waited_for_block, "R3.waited_for_block",
     "a leader waited for a notarized block that it had not executed"},
    {r3_proposed, "R3.proposed", "a block was sent with its NOTARIZE"},
    {r3_certificates_along, "R3.certificates_along", "and with certificates for those behind"},
    {r4_view_fetched, "R4.view_fetched", "certificates of a view were asked for"},
    {r4_body_fetched, "R4.body_fetched", "a body was asked for"},
    {r4_leader_first, "R4.leader_first", "the leader was the first to be asked"},
    {r4_next_asked, "R4.next_asked", "the next one was asked"},
    {r4_answered, "R4.answered", "a fetch of a view was answered"},
    {r4_answered_below_floor, "R4.answered_below_floor", "with the highest finalization"},
    {r4_parent_changed, "R4.parent_changed", "a certificate found changed the leader's parent"},
    {r5_transactions, "R5.transactions", "timers ran for transactions"},
    {r5_due, "R5.due", "timers ran for a deadline or the heartbeat"},
    {r5_proposal, "R5.proposal", "timers ran for the leader's proposal alone"},
    {r5_others_speak, "R5.others_speak", "timers ran for the votes of f + 1 others alone"},
    {r5_unsettled, "R5.unsettled", "timers ran for an unsettled chain alone"},
    {r5_unsettled_after_restart, "R5.unsettled_after_restart",
     "a chain was unsettled for own votes, no notarization being held"},
    {r5_patience, "R5.patience", "an unsettled chain had its one Delta"},
    {r5_idle, "R5.idle", "a view was entered without work, and no timer ran"},
    {r5_no_empty_block, "R5.no_empty_block", "a leader had nothing to build of"},
    {r5_empty_block, "R5.empty_block", "a leader was allowed an empty block"},
    {r6_t_l, "R6.t_l", "no proposal in time"},
    {r6_t_a, "R6.t_a", "no certificate in time"},
    {r6_t_r, "R6.t_r", "time to say NULLIFY again"},
    {r6_fetch, "R6.fetch", "time to ask again for what is missing"},
    {r6_standstill, "R6.standstill", "T_s without a finalization"},
    {r6_due_grace, "R6.due_grace", "a voter gave the leader a second more for a heartbeat"},
    {r6_backoff_rose, "R6.backoff_rose", "delays grew"},
    {r6_backoff_fell, "R6.backoff_fell", "delays shrank"},
    {r6_backoff_capped, "R6.backoff_capped", "delays were at their longest"},
    {r7_leader_skipped, "R7.leader_skipped", "an inactive leader was not waited for"},
    {r7_active_again, "R7.active_again", "an inactive validator was heard again"},
    {r8_notarize, "R8.notarize", "a proposal got its NOTARIZE"},
    {r8_malformed, "R8.malformed", "NULLIFY: the proposal is malformed"},
    {r8_parent_not_below, "R8.parent_not_below", "refused: the parent's view is not below"},
    {r8_below_final, "R8.below_final", "NULLIFY: the parent lies below the last final view"},
    {r8_parent_hash, "R8.parent_hash", "NULLIFY: the parent is not the notarized one"},
    {r8_parent_height, "R8.parent_height", "NULLIFY: not one higher than the parent"},
    {r8_invalid, "R8.invalid", "NULLIFY: invalid on execution"},
    {r8_parent_missing, "R8.parent_missing", "the parent's notarization was missing: fetched"},
    {r8_nullification_missing, "R8.nullification_missing",
     "a nullification between was missing: fetched"},
    {r8_held, "R8.held", "a proposal came too early and was held"},
    {r8_released, "R8.released", "a held proposal was due"},
    {r8_stale, "R8.stale", "a proposal was too old and got no vote"},
    {r8_t_l, "R8.t_l", "NULLIFY: t_l fired"},
    {r8_t_a, "R8.t_a", "NULLIFY: t_a fired"},
    {r8_leader_nullified, "R8.leader_nullified", "NULLIFY: the leader said so"},
    {r8_gossip_again, "R8.gossip_again", "pending transactions were gossiped again"},
    {r8_repeated, "R8.repeated", "NULLIFY was said again"},
    {r8_late_proposal, "R8.late_proposal", "a proposal came after its view"},
    {r8_gave_up_lost, "R8.gave_up_lost", "NULLIFY of a lower view that nobody can show"},
    {r9_notarization, "R9.notarization", "a notarization ended its view"},
    {r10_finalize, "R10.finalize", "a stored, executed, notarized block got its FINALIZE"},
    {r10_after_nullification, "R10.after_nullification", "although its view is nullified"},
    {r10_stored_after_own_nullify, "R10.stored_after_own_nullify",
     "a notarized block was stored and executed after an own NULLIFY, without FINALIZE"},
    {r10_execution_agrees, "R10.execution_agrees", "a notarized block executed as its header says"},
    {r11_nullification, "R11.nullification", "a nullification ended its view"},
    {r12_finalization, "R12.finalization", "a finalization raised the floor"},
    {r12_ancestors, "R12.ancestors", "and made ancestors final with its block"},
    {r12_passed_on, "R12.passed_on", "a certificate was passed on when first held"},
    {r12_not_to_those_beyond, "R12.not_to_those_beyond", "but not to those beyond it"},
    {r12_final_blocks_fetched, "R12.final_blocks_fetched", "final blocks came from a peer"},
    {r13_straggler_answered, "R13.straggler_answered", "a straggler was answered"},
    {r13_once_a_second, "R13.once_a_second", "a straggler was not answered twice in a second"},
    {r13_last_vote_no_sign, "R13.last_vote_no_sign",
     "the last NOTARIZE of the view just left was taken for no straggler's"},
    {r13_new_stream, "R13.new_stream", "a new stream was told everything"},
    {r13_proposed_again, "R13.proposed_again", "a leader proposed its block again"},
    {r14_standstill, "R14.standstill", "everything was said to everybody"},
    {r15_vote_out_of_window, "R15.vote_out_of_window", "a vote too far ahead was dropped"},
    {r15_laggard_jumps, "R15.laggard_jumps", "a certificate of a later view was jumped to"},
    {r15_conflict_kept, "R15.conflict_kept", "two votes that contradict each other were kept"},
    {r15_conflict_in_certificate, "R15.conflict_in_certificate",
     "a certificate held a vote that contradicts one known"},
    {r15_liar_not_asked, "R15.liar_not_asked", "something was fetched, not from a liar"},
    {r15_liars_vote_counts, "R15.liars_vote_counts", "a liar's vote completed a certificate"},
    {r15_own_stream_only, "R15.own_stream_only", "a vote on another's stream was refused"},
    {r16_votes_restored, "R16.votes_restored", "a restart found own votes above the floor"},
    {r16_grounds_restored, "R16.grounds_restored", "a restart found their grounds"},
    {r16_view_kept, "R16.view_kept", "a restart began in the view of its votes"},
    {r16_nullify_repeated, "R16.nullify_repeated", "a restart repeated the NULLIFY of its view"},
    {r16_key_spent, "R16.key_spent", "a node came back without its journal, and only observes"},
    {r16_observer_follows, "R16.observer_follows", "an observer committed a block"},
    {r17_ended, "R17.ended", "a boundary block was committed and the next epoch began"},
    {r17_proposed_again, "R17.proposed_again", "a boundary block was proposed in a later view"},
    {r17_caught_up, "R17.caught_up", "an epoch was ended with blocks that came from a peer"},
    {r17_later_heard, "R17.later_heard", "a message of a later epoch was heard"},
    {r17_earlier_answered, "R17.earlier_answered", "one of an earlier epoch was answered"},
    {r17_restarted, "R17.restarted", "a restart began in a later epoch than the first"},
    {s1_refused, "S1.refused", "a vote at the floor"},
    {s2_refused, "S2.refused", "a second NOTARIZE in a view"},
    {s3_parent_refused, "S3.parent_refused", "NOTARIZE on a view that is not notarized"},
    {s3_hole_refused, "S3.hole_refused", "NOTARIZE over a view that is not nullified"},
    {s4_refused, "S4.refused", "FINALIZE of a view that is not notarized"},
    {s4_twice_refused, "S4.twice_refused", "a second FINALIZE in a view"},
    {s5_nullify_refused, "S5.nullify_refused", "NULLIFY after FINALIZE"},
    {s5_finalize_refused, "S5.finalize_refused", "FINALIZE after NULLIFY"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].rule) != i) return false;
  }
  return true;
}
static_assert(in_order());

}  // namespace

std::string_view name_of(Rule rule) {
  return rows.at(static_cast<std::size_t>(rule)).name;
}

std::string_view explain(Rule rule) {
  return rows.at(static_cast<std::size_t>(rule)).meaning;
}

}  // namespace sim
