// The life of a recovery: asked -> waiting, and gone once it has taken effect or is cancelled.

#pragma once

#include <labor/v1/bank.pb.h>

#include <string>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace bank {

struct RecoveryAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Recovery recovery;
  std::string authority_hash;  // That a guardian agrees to.
  std::string cause;
};

using RecoveryMachine = execution::Machine<RecoveryAct, labor::v1::RecoveryState>;
RecoveryMachine const& recovery_machine();

}  // namespace bank
