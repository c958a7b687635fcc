// The transition table of ballots.
//
//   deposit (14 d) -> review (7 d) -> voting (7 d, +2 d once on a late quorum) -> timelock (2 d)
//   -> executed | rejected | vetoed | failed
//
// A period begins where the one before ended, not when the block got to it: the latest possible
// execution is known at submission.

#pragma once

#include <labor/v1/governance.pb.h>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"

namespace governance {

// What the columns work on.
struct BallotAct {
  execution::Context& context;
  labor::v1::Ballot& ballot;
  std::uint64_t deposit = 0;   // Of submit and add_deposit.
  labor::v1::Choice choice{};  // Of vote.
};

using BallotMachine = execution::Machine<BallotAct, labor::v1::BallotState>;

BallotMachine const& ballot_machine();

}  // namespace governance
