// The transition table of ballots.
//
//   deposit (14 d) -> review (7 d) -> voting (7 d, +2 d once on a late quorum) -> timelock (2 d)
//   -> executed | rejected | vetoed | failed
//
// A period begins where the one before ended, not when the block got to it: the latest possible
// execution is known at submission.
//
// A ballot is before the owners (agenda.h) from the last share of its deposit until it is over: who
// has put down a part of a deposit keeps nobody else from asking. One whose deposit never came
// together leaves the state, as all that is over does; one that was voted on stays, for it is the
// reason why a parameter is what it is (or is not), and its deposit in full has paid for the place.

#pragma once

#include <labor/v1/governance.pb.h>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"

namespace governance {

// What the columns work on.
struct BallotAct {
  execution::Context& context;
  labor::v1::Ballot& ballot;
  std::uint64_t deposit = 0;                  // Of submit and add_deposit.
  labor::v1::CastVote const* vote = nullptr;  // Of vote.
};

using BallotMachine = execution::Machine<BallotAct, labor::v1::BallotState>;

BallotMachine const& ballot_machine();

}  // namespace governance
