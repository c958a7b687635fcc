// Ballots of the token house: text, or changes of parameters and of the validators.
// ballot_machine.h has the rows.
//
// What counts is frozen at submission: the LBR in locks made before and lasting beyond the latest
// possible execution, the periods, the deposit needed. Nothing bought or locked later votes
// (Beanstalk), and no other ballot can stretch this one beyond the locks it counts.
// The cap of 5% a person, delegation and the members' house are not in this version.

#pragma once

#include <labor/v1/governance.pb.h>

#include "protocol/execution/context.h"

namespace governance {

// INVALID_HASH, TEXT_TOO_LONG, TEXT_MISSING (the title), TOO_MANY_CHANGES {got, most},
// PARAMETER_TWICE, for each change what may_change() refuses at the earliest execution, what
// validators::may_make() refuses now;
// DEPOSIT_TOO_SMALL {got, least}, DEPOSIT_TOO_LARGE {got, most}, INSUFFICIENT_BALANCE {have, need},
// and for a deposit in full TOO_MANY_BALLOTS {have, most}. Makes a ballot id.
execution::Done apply(execution::Context& context, labor::v1::SubmitBallot const& message);

// INVALID_AMOUNT, BALLOT_NOT_FOUND, DEADLINE_PASSED {until_ms}, WRONG_STATE, DEPOSIT_TOO_SMALL,
// DEPOSIT_TOO_LARGE, INSUFFICIENT_BALANCE, and for the last share TOO_MANY_BALLOTS.
execution::Done apply(execution::Context& context, labor::v1::AddDeposit const& message);

// INVALID_CHOICE, BALLOT_NOT_FOUND, DEADLINE_PASSED {until_ms}, WRONG_STATE, NO_VOTING_WEIGHT.
execution::Done apply(execution::Context& context, labor::v1::CastVote const& message);

// A clock of the ballot has run out.
execution::Done fire(execution::Context& context, labor::v1::Ballot const& ballot);

// The record of a parameter as it holds now; its default if it was never set.
labor::v1::ParameterValue parameter_now(execution::Context const& context,
                                        labor::v1::Parameter parameter);

// What the sender's locks weigh on this ballot. INTERNAL: the account lists a lock that is none.
std::expected<std::uint64_t, execution::Failure> voting_weight(execution::Context const& context,
                                                               labor::v1::Ballot const& ballot);

}  // namespace governance
