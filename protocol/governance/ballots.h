// Ballots: a text, or actions that are carried out if it passes (actions.h). ballot_machine.h has
// the rows, vote.h what a vote weighs, tally.h when one passes.
//
// Both houses decide: the owners by what they have locked, the members by head. What counts is
// frozen: the periods and the deposit needed at submission; locks, delegations and enrolments when
// the ballot comes before the owners (agenda.h), which is at submission for who puts down the whole
// deposit. Locks must last beyond the latest possible execution. Nothing bought, locked or enrolled
// later votes (Beanstalk), and no other ballot can stretch this one beyond the locks it counts.

#pragma once

#include <labor/v1/governance.pb.h>

#include "protocol/execution/context.h"

namespace governance {

// INVALID_HASH, TEXT_TOO_LONG, TEXT_MISSING (the title), what may_carry_out() refuses at the
// earliest execution (actions.h), COUNCIL_SITS {have, least}, DEPOSIT_TOO_SMALL {got, least},
// DEPOSIT_TOO_LARGE {got, most}, INSUFFICIENT_BALANCE {have, need}, and for a deposit in full
// TOO_MANY_BALLOTS {have, most}. Makes a ballot id.
execution::Done apply(execution::Context& context, labor::v1::SubmitBallot const& message);

// INVALID_AMOUNT, BALLOT_NOT_FOUND, DEADLINE_PASSED {until_ms}, WRONG_STATE, DEPOSIT_TOO_SMALL,
// DEPOSIT_TOO_LARGE, INSUFFICIENT_BALANCE, and for the last share TOO_MANY_BALLOTS.
execution::Done apply(execution::Context& context, labor::v1::AddDeposit const& message);

// INVALID_CHOICE, BALLOT_NOT_FOUND, INVALID_APPROVALS, DEADLINE_PASSED {until_ms}, WRONG_STATE,
// NO_VOTING_WEIGHT {until_ms}.
execution::Done apply(execution::Context& context, labor::v1::CastVote const& message);

// A clock of the ballot has run out.
execution::Done fire(execution::Context& context, labor::v1::Ballot const& ballot);

}  // namespace governance
