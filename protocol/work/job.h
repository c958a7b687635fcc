// Jobs: what a client wants done. job_machine.h has the rows.
//
// A job is open for 30 days after the client's last act on it (posting, answering a proposal,
// offering): applicants alone do not keep an abandoned job alive. What is over leaves the state
// 90 days later.

#pragma once

#include <labor/v1/work.pb.h>

#include <optional>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace work {

// INVALID_ASSET (only pay assets), INVALID_HASH, TEXT_TOO_LONG, TEXT_MISSING (the title),
// INVALID_TIME (a deadline that is over), TOO_MANY_SKILLS, INVALID_SKILL, INVALID_BUDGET,
// AMOUNT_TOO_SMALL {got, least} (of the bond), APP_NOT_FOUND, TOO_MANY_OPEN_JOBS {have, most},
// INSUFFICIENT_BALANCE {have, need}. Makes a job id.
execution::Done apply(execution::Context& context, labor::v1::PostJob const& message);

// JOB_NOT_FOUND, NOT_YOUR_JOB, DEADLINE_PASSED {until_ms}, JOB_NOT_OPEN.
// Closing answers every open proposal with a decline.
execution::Done apply(execution::Context& context, labor::v1::CloseJob const& message);

// As CloseJob. One write, however many proposals there are: see proposal.h.
execution::Done apply(execution::Context& context, labor::v1::DeclineAllProposals const& message);

// A clock of the job has run out.
execution::Done fire(execution::Context& context, labor::v1::Job const& job);

// ---- for the other nouns of this folder ----

std::optional<labor::v1::Job> find_job(execution::Context const& context, std::uint64_t id);

// Whether the job takes part in anything now: DEADLINE_PASSED {until_ms}, JOB_NOT_OPEN.
execution::Done must_be_open(labor::v1::Job const& job, protocol::TimeMs now);

// The client acted on a proposal: the 30 days start again.
execution::Done touch(execution::Context& context, labor::v1::Job& job);

// A report says that it is a scam; 0: none does any more.
void note_report(execution::Context& context, labor::v1::Job job, std::uint64_t report,
                 std::string_view cause);
// A jury has found that it is one: an open job is hidden, one that is over has no report any more.
execution::Done hide(execution::Context& context, std::uint64_t job, std::string_view cause);

// An offer on the job was accepted: an open job is filled, its other proposals are declined.
execution::Done fill(execution::Context& context, std::uint64_t job);

}  // namespace work
