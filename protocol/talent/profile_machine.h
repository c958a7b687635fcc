// The life of a profile: draft -> active <-> paused -> closed. An agent's is active only while a
// person answers for it.

#pragma once

#include <labor/v1/talent.pb.h>

#include <string>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"
#include "protocol/types.h"

namespace talent {

struct ProfileAct {
  execution::Context* context = nullptr;  // For effects only.
  protocol::Address account;              // Who acts.
  bool attested = false;                  // A person, as an issuer says.
  labor::v1::Profile profile;
  labor::v1::ProfileDetails details;  // As they are, or as the message wants them.
  std::string cause;
};

using ProfileMachine = execution::Machine<ProfileAct, labor::v1::ProfileState>;
ProfileMachine const& profile_machine();

}  // namespace talent
