// Upgrades that a ballot decides: a feature holds from a height on (execution/feature.h).
//
// The height is so many blocks after the execution, which every node has final before. What a node
// may lack is named by number, for a ballot may come before most nodes have the software.

#pragma once

#include <google/protobuf/repeated_ptr_field.h>
#include <labor/v1/governance.pb.h>

#include "protocol/execution/context.h"

namespace governance {

using Upgrades = google::protobuf::RepeatedPtrField<labor::v1::Upgrade>;

// INVALID_UPGRADE, ACTION_TWICE, UPGRADE_EXISTS.
execution::Done may_schedule(execution::Context const& context, Upgrades const& upgrades);
void schedule(execution::Context& context, Upgrades const& upgrades, std::uint64_t ballot);

}  // namespace governance
