// The life of a juror's seat on a panel: drawn -> committed -> revealed, or exposed, or absent.

#pragma once

#include <labor/v1/justice.pb.h>

#include <cstdint>
#include <string>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/justice/sitting.h"
#include "protocol/types.h"

namespace justice {

struct VerdictAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts; all zero for the block.
  protocol::TimeMs now;
  Sitting sitting;
  labor::v1::JurorSeat seat;  // Of the panel that sits; kept in it by who runs the act.
  // What the message says.
  std::string hash;  // The commitment, or the salt.
  std::uint32_t award = 0;
  std::string cause;
};

using VerdictMachine = execution::Machine<VerdictAct, labor::v1::JurorSeatState>;
VerdictMachine const& verdict_machine();

}  // namespace justice
