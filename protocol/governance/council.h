// The council: named by the genesis, it sits for the members' house while that is small, and
// decides ordinary ballots and those about validators, no others.
//
//   sits   fewer enrolled than PARAMETER_HOUSE_MEMBERS_MIN, a council was named, and genesis is
//   less
//          than limits::council_ms_max ago

#pragma once

#include <labor/v1/governance.pb.h>

#include "protocol/execution/context.h"

namespace governance {

// None was named: nobody on it.
labor::v1::Council council_of(state::Reader const& state);

bool council_sits(execution::Context const& context);

bool is_on_council(state::Reader const& state, protocol::Address const& account);

// COUNCIL_SITS {have, least}: how many are enrolled.
execution::Done may_be_decided(execution::Context const& context, labor::v1::BallotClass about);

}  // namespace governance
