// Disputes: who gets what is locked in a milestone, or for hours of a week, when the two sides do
// not agree.
// dispute_machine.h has the rows, verdict.h what jurors say, costs.h who pays them.
//
//   claim      what was locked when it was opened, all of it; it stays locked until it is over
//   juror fee  a third of a share of the claim, within bounds, as the contract froze them
//   award      a% of the claim to the talent, rounded down, the rest back with its unearned fee
//
// Silence loses: unanswered, the opener gets the claim; a panel of whom one reveals has ruled;
// where no panel can be drawn for 14 days, each side gets half, or the client all if nothing was
// ever delivered. So money under dispute always has a clock.
//
// Invariant: a disputed milestone or week has exactly one dispute that is not over, which has a
// clock.

#pragma once

#include <labor/v1/justice.pb.h>

#include <cstdint>
#include <expected>

#include "protocol/execution/context.h"
#include "protocol/justice/dispute_machine.h"

namespace justice {

// As acts on a milestone are (work/milestone.h), REFUND_NOT_REFUSED; for the jurors' fees as
// may_borrow() says (loan.h), or INSUFFICIENT_BALANCE {have, need} of who pays them.
execution::Done apply(execution::Context& context, labor::v1::OpenDispute const& message);

// As acts on a week are (work/week.h), ENTRY_NOT_FOUND {entry}; for the jurors' fees likewise.
execution::Done apply(execution::Context& context, labor::v1::DisputeHours const& message);

// The others are refused in this order: INVALID_HASH; DISPUTE_NOT_FOUND; NOT_YOUR_DISPUTE,
// NOT_YOUR_TURN; DEADLINE_PASSED {until_ms}; WRONG_STATE, DISPUTE_OVER; then as listed.

execution::Done apply(execution::Context& context, labor::v1::AnswerDispute const& message);
// TOO_MUCH_EVIDENCE {have, most}.
execution::Done apply(execution::Context& context, labor::v1::AddDisputeEvidence const& message);
// ALREADY_RULED, SPLIT_TOO_LARGE {have, need}.
execution::Done apply(execution::Context& context, labor::v1::OfferDisputeSplit const& message);
// SPLIT_NOT_OFFERED.
execution::Done apply(execution::Context& context, labor::v1::WithdrawDisputeSplit const& message);
// SPLIT_NOT_OFFERED, SPLIT_CHANGED {have, need}.
execution::Done apply(execution::Context& context, labor::v1::AgreeDisputeSplit const& message);
// ALREADY_RULED.
execution::Done apply(execution::Context& context, labor::v1::ConcedeDispute const& message);
// ALREADY_RULED, NOT_ENOUGH_JURORS {have, need}, INSUFFICIENT_BALANCE {have, need}.
execution::Done apply(execution::Context& context, labor::v1::AppealDispute const& message);

// The clock of the dispute has run out.
execution::Done fire(execution::Context& context, labor::v1::Dispute const& dispute);

// DISPUTE_NOT_FOUND.
std::expected<labor::v1::Dispute, execution::Failure> find_dispute(
    execution::Context const& context, std::uint64_t id);

// Of a claim, for each juror.
std::uint64_t juror_fee(labor::v1::DisputeParameters const& frozen, std::uint64_t claim);

// ---- effects of the table ----

execution::Done open_case(DisputeAct& act);
execution::Done start_settling(DisputeAct& act);
execution::Done grant_claim(DisputeAct& act);
execution::Done give_up(DisputeAct& act);
execution::Done keep_evidence(DisputeAct& act);
execution::Done note_split(DisputeAct& act);
execution::Done forget_split(DisputeAct& act);
execution::Done divide(DisputeAct& act);
execution::Done gather_evidence(DisputeAct& act);
execution::Done start_drawing(DisputeAct& act);
execution::Done draw_later(DisputeAct& act);
execution::Done seat_panel(DisputeAct& act);
execution::Done decide_without(DisputeAct& act);
execution::Done start_revealing(DisputeAct& act);
execution::Done rule(DisputeAct& act);
execution::Done rule_finally(DisputeAct& act);
execution::Done start_over(DisputeAct& act);
execution::Done appeal(DisputeAct& act);
execution::Done finish(DisputeAct& act);

}  // namespace justice
