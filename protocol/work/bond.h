// A job's bond: what a client puts down for applicants who get no answer.
//
//   Each proposal that lapses unanswered brings its talent, an attested person, a twentieth of the
//   bond as it was put down, for as long as there is any left. What is left goes back to the client
//   once no proposal is open any more: when the job is filled or closed, or when the last one of an
//   expired job is over.
//
// Proposals of nobody in particular cost the client nothing and take nothing from the others: a
// flood of them neither burns a bond nor dilutes it. No proposal outlives its job by as long as the
// job stays in the state (60 of 90 days at most), so a job that leaves holds nothing.
//
// Invariant: bond_held <= bond, and 0 of a job that is filled or closed.

#pragma once

#include <labor/v1/work.pb.h>

#include <string_view>

#include "protocol/execution/context.h"

namespace work {

// These change the job, which the caller stores.

// INSUFFICIENT_BALANCE {have, need}.
execution::Done put_down_bond(execution::Context& context, labor::v1::Job& job,
                              std::string_view cause);
// A proposal of this talent to the job has lapsed.
execution::Done pay_unanswered(execution::Context& context, labor::v1::Job& job,
                               protocol::Address const& talent, std::string_view cause);
execution::Done give_bond_back(execution::Context& context, labor::v1::Job& job,
                               std::string_view cause);

}  // namespace work
