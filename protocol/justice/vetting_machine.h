// The life of a vetting: drawing -> voting -> revealing -> vetted or refused; vetted -> challenged,
// which goes the same way, and then stands or is struck; expired in the end.

#pragma once

#include <labor/v1/justice.pb.h>
#include <labor/v1/talent.pb.h>

#include <optional>
#include <string>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace justice {

struct VettingAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts; all zero for the block.
  protocol::TimeMs now;
  labor::v1::Vetting vetting;
  // Who would sit if the panel were drawn now; nothing: it cannot be.
  std::optional<std::vector<protocol::Address>> drawn;
  // Of who applies.
  labor::v1::Profile profile;
  bool attested = false;
  std::string hash;  // Of the reason of a challenge.
  std::string cause;
};

using VettingMachine = execution::Machine<VettingAct, labor::v1::VettingState>;
VettingMachine const& vetting_machine();

// Of a vetter: has said that the claim is true.
bool vouches(labor::v1::JurorSeat const& seat);

// Vetted, and not found false since: also while a challenge runs.
bool stands(labor::v1::Vetting const& vetting);

}  // namespace justice
