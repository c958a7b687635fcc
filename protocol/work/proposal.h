// Proposals: a talent asks for a job. proposal_machine.h has the rows.
//
// A talent holds at most 20 open proposals without an invitation, one to a job. An answer (offer or
// decline), a withdrawal or 14 days without one free the place; shortlisting keeps it and gives 14
// more days.
//
// DeclineAll, filling and closing answer every open proposal of a job in one write, however many:
// the job remembers the id up to which its proposals are declined. What a proposal's own record
// says is therefore read together with its job, by current_state(); the record follows when its
// clock fires, or earlier when the talent needs the place. So 10^5 proposals cost the client who
// declines them nothing, and the block no more than their lapsing would have.

#pragma once

#include <labor/v1/work.pb.h>

#include "protocol/execution/context.h"

namespace work {

// What the proposal is now, whatever its record still says.
labor::v1::ProposalState current_state(labor::v1::Proposal const& proposal,
                                       labor::v1::Job const& job);

// INVALID_AMOUNT, INVALID_HASH, TEXT_TOO_LONG, TEXT_MISSING, JOB_NOT_FOUND, PROFILE_NOT_FOUND,
// OWN_JOB, BLOCKED, NOT_INVITED, DEADLINE_PASSED {until_ms} (of the job, or for proposals to it),
// PROFILE_NOT_ACTIVE, JOB_NOT_OPEN, ALREADY_PROPOSED, TOO_MANY_PROPOSALS {have, most}. Makes a
// proposal id.
execution::Done apply(execution::Context& context, labor::v1::SubmitProposal const& message);

// PROPOSAL_NOT_FOUND, NOT_YOUR_PROPOSAL, DEADLINE_PASSED {until_ms}, WRONG_STATE.
execution::Done apply(execution::Context& context, labor::v1::WithdrawProposal const& message);

// PROPOSAL_NOT_FOUND, NOT_YOUR_JOB, DEADLINE_PASSED {until_ms} (of proposal or job), WRONG_STATE,
// JOB_NOT_OPEN.
execution::Done apply(execution::Context& context, labor::v1::ShortlistProposal const& message);
execution::Done apply(execution::Context& context, labor::v1::DeclineProposal const& message);

// A clock of the proposal has run out.
execution::Done fire(execution::Context& context, labor::v1::Proposal const& proposal);

// ---- for offers ----

// Answers the proposal with an offer; refused as ShortlistProposal is. The proposal as it is then.
std::expected<labor::v1::Proposal, execution::Failure> answer_with_offer(
    execution::Context& context, std::uint64_t proposal);

}  // namespace work
