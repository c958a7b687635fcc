// The life of a team's split: proposed -> settled, and anew.

#pragma once

#include <labor/v1/talent.pb.h>

#include <string>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace talent {

struct TeamAct {
  protocol::Address account;  // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Team team;
  labor::v1::ProposeSplit proposal;  // That is made.
  std::string hash;                  // That a member agrees to.
  std::string cause;
};

using TeamMachine = execution::Machine<TeamAct, labor::v1::TeamState>;
TeamMachine const& team_machine();

}  // namespace talent
