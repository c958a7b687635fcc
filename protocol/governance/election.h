// Elections by approval: who votes yes names every candidate they approve of.
//
//   passes    as any ballot: yes, with whatever approvals, against no and veto (tally.h)
//   standing  of a candidate: the smaller of approvals / yes in the token house and in the
//             members' house, so that nobody is elected against a house
//   elected   of those whom both houses approve at all, as many as there are seats, the highest
//             standing first; of equal ones, the one named first
//
// Elected are arbiters (justice/arbiters.h), for the term. To recall one takes an ordinary ballot.

#pragma once

#include <labor/v1/governance.pb.h>

#include <string>
#include <vector>

#include "protocol/execution/context.h"

namespace governance {

// Of a ballot with an election: INVALID_ELECTION, and what may_become_arbiters() refuses.
execution::Done may_hold(execution::Context const& context, labor::v1::Actions const& actions);

// INVALID_APPROVALS: they are not what this ballot and this choice ask for.
execution::Done check_approvals(labor::v1::Ballot const& ballot,
                                labor::v1::CastVote const& message);

// Counts what a vote approves, or takes it back. INTERNAL: that was not counted.
void add_approvals(labor::v1::Ballot& ballot, labor::v1::Vote const& vote);
execution::Done remove_approvals(labor::v1::Ballot& ballot, labor::v1::Vote const& vote);

// As the votes are now: addresses, the highest standing first.
std::vector<std::string> elected(labor::v1::Ballot const& ballot);

// Seats them.
void elect(execution::Context& context, labor::v1::Ballot const& ballot);

}  // namespace governance
