// What may be done next with the records of accounts (execution/next_actions.h).

#pragma once

#include <labor/v1/bank.pb.h>

#include "protocol/execution/next_actions.h"
#include "protocol/types.h"

namespace bank {

execution::NextActions next_actions(labor::v1::Recovery const& recovery,
                                    protocol::Address const& account, protocol::TimeMs now);

}  // namespace bank
