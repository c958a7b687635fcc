// Milestones: the money of a contract, step by step. milestone_machine.h has the rows.
//
//   fund      locks amount A and fee F = floor(A * bps / 10000)
//   release   after R of A in all, fee taken = floor(F * R / A)
//   an end    releases x and returns the rest with its unearned fee
//   split     x to the talent, agreed by both sides at any time while money is locked
//
// Invariant: released + refunded = funded once it is over, never more before; the talent receives
// the whole of what is released. Silence after delivery pays the worker, before delivery it refunds
// the client, and the block itself does it.

#pragma once

#include <labor/v1/justice.pb.h>
#include <labor/v1/work.pb.h>

#include <string_view>

#include "protocol/execution/context.h"

namespace work {

// Every act is refused in this order: INVALID_HASH or INVALID_AMOUNT; CONTRACT_NOT_FOUND,
// MILESTONE_NOT_FOUND; NOT_YOUR_CONTRACT (or the other side's act); DEADLINE_PASSED {until_ms};
// MILESTONE_NOT_FUNDED (planned), CONTRACT_NOT_ACTIVE (dropped) or WRONG_STATE; then as listed.

// INSUFFICIENT_BALANCE {have, need}.
execution::Done apply(execution::Context& context, labor::v1::FundMilestone const& message);
execution::Done apply(execution::Context& context, labor::v1::SubmitMilestone const& message);
// TOO_MANY_CHANGE_REQUESTS {have, most}.
execution::Done apply(execution::Context& context, labor::v1::RequestChanges const& message);
execution::Done apply(execution::Context& context, labor::v1::AcceptMilestone const& message);
// RELEASE_TOO_LARGE {have, need}.
execution::Done apply(execution::Context& context, labor::v1::ReleasePart const& message);
// REFUND_ALREADY_ASKED {until_ms}, REFUND_TOO_SOON {until_ms}.
execution::Done apply(execution::Context& context, labor::v1::RequestRefund const& message);
// REFUND_NOT_ASKED.
execution::Done apply(execution::Context& context, labor::v1::RefuseRefund const& message);
execution::Done apply(execution::Context& context, labor::v1::AgreeRefund const& message);

// SPLIT_TOO_LARGE {have, need}.
execution::Done apply(execution::Context& context, labor::v1::OfferSplit const& message);
// SPLIT_NOT_OFFERED.
execution::Done apply(execution::Context& context, labor::v1::WithdrawSplit const& message);
// NOT_YOUR_TURN: it is your own. SPLIT_NOT_OFFERED, SPLIT_CHANGED {have, need}.
execution::Done apply(execution::Context& context, labor::v1::AgreeSplit const& message);

// A clock of the milestone has run out.
execution::Done fire(execution::Context& context, labor::v1::Milestone const& milestone);

// ---- for disputes ----

// The milestone's side of it: refused as any act is, REFUND_NOT_REFUSED.
execution::Done dispute(execution::Context& context, labor::v1::OpenDispute const& message,
                        std::uint64_t dispute);

// `act` is "award", which pays `to_talent` of what is locked and returns the rest, or "reinstate".
execution::Done end_dispute(execution::Context& context, labor::v1::Milestone const& milestone,
                            std::string_view act, std::uint64_t to_talent);

// ---- for contracts ----

// The next one of the contract, of which nothing is stored yet.
labor::v1::Milestone new_milestone(labor::v1::Contract const& contract,
                                   labor::v1::MilestoneTerms const& terms);

// The contract ends, pauses or goes on: `act` is "drop", "cancel", "ask_refund_at_end", "pause" or
// "resume" of the table, and the day due moves by `pause_ms`. Nothing happens where no row allows
// it.
execution::Done follow_contract(execution::Context& context, labor::v1::Contract& contract,
                                labor::v1::Milestone milestone, std::string_view act,
                                std::uint64_t pause_ms = 0);

// MILESTONE_NOT_AMENDABLE {milestone}.
execution::Done must_be_amendable(labor::v1::Milestone const& milestone,
                                  labor::v1::Contract const& contract,
                                  labor::v1::MilestoneAmendment const& change);

// Both sides have agreed: new terms, the end of a planned one, or a new one where `milestone` is
// empty. MILESTONE_NOT_AMENDABLE, INSUFFICIENT_BALANCE.
execution::Done amend(execution::Context& context, labor::v1::Contract& contract,
                      labor::v1::Milestone milestone, labor::v1::MilestoneAmendment const& change);

}  // namespace work
