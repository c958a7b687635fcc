// Pay assets: what people are paid in; the ownership token is none. Owners may close one to new
// funding, because its issuer has failed, say: nobody locks more of it, and what is locked runs on
// to its end as it was agreed. Transfers go on: whoever holds it must be able to leave.

#pragma once

#include <google/protobuf/repeated_ptr_field.h>
#include <labor/v1/bank.pb.h>

#include "protocol/execution/context.h"

namespace bank {

// INVALID_ASSET, ASSET_CLOSED.
execution::Done must_take_funding(state::Reader const& state, labor::v1::Asset asset);

using AssetChanges = google::protobuf::RepeatedPtrField<labor::v1::AssetChange>;

// Whether a ballot may make all of them: INVALID_ASSET, ACTION_TWICE, NOTHING_TO_CHANGE.
execution::Done may_make(execution::Context const& context, AssetChanges const& changes);
void make(execution::Context& context, AssetChanges const& changes);

}  // namespace bank
