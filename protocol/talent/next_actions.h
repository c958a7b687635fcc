// What may be done next with the records of talent (execution/next_actions.h).

#pragma once

#include <labor/v1/talent.pb.h>

#include "protocol/execution/next_actions.h"
#include "protocol/types.h"

namespace talent {

execution::NextActions next_actions(labor::v1::Team const& team, protocol::Address const& account,
                                    protocol::TimeMs now);

}  // namespace talent
