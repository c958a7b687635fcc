// The life of a profile: draft -> active <-> paused -> closed.

#pragma once

#include <labor/v1/talent.pb.h>

#include <string>

#include "protocol/execution/context.h"
#include "protocol/execution/machine.h"

namespace talent {

struct ProfileAct {
  execution::Context* context = nullptr;  // For effects only.
  labor::v1::Profile profile;             // The sender's own: nobody else's can be named.
  labor::v1::ProfileDetails details;      // As they are, or as the message wants them.
  std::string cause;
};

using ProfileMachine = execution::Machine<ProfileAct, labor::v1::ProfileState>;
ProfileMachine const& profile_machine();

}  // namespace talent
