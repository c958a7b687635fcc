// The life of an invitation: open, and gone once it is answered or lapses.

#pragma once

#include <labor/v1/work.pb.h>

#include <string>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace work {

struct InvitationAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Invitation invitation;
  // When it is sent: to what, and whether there is one already.
  labor::v1::Job job;
  bool exists = false;
  bool blocked = false;  // The other side wants to hear nothing from who acts.
  std::string cause;
};

using InvitationMachine = execution::Machine<InvitationAct, labor::v1::InvitationState>;
InvitationMachine const& invitation_machine();

}  // namespace work
