// Apps: businesses that bring work. A name is registered by whoever comes first, with a share of
// the fees of contracts whose job or offer says that it comes from there; a client who signs that
// agrees to it. What is asked for holds for terms made from then on; frozen shares stay, also those
// of an app that owners have struck: no new work comes from that one.

#pragma once

#include <google/protobuf/repeated_ptr_field.h>
#include <labor/v1/mandate.pb.h>

#include <optional>
#include <string_view>

#include "protocol/execution/context.h"

namespace mandates {

// INVALID_APP_NAME, INVALID_SHARE {got, most}, NOT_A_MEMBER, NOT_YOUR_APP, TOO_MANY_APPS {have,
// most}.
execution::Done apply(execution::Context& context, labor::v1::RegisterApp const& message);

std::optional<labor::v1::App> find_app(state::Reader const& state, std::string_view name);

// APP_NOT_FOUND or APP_STRUCK, unless the name is empty.
execution::Done must_be_app_or_empty(state::Reader const& state, std::string_view name);

using AppChanges = google::protobuf::RepeatedPtrField<labor::v1::AppChange>;

// Whether a ballot may make all of them: ACTION_TWICE, APP_NOT_FOUND, NOTHING_TO_CHANGE.
execution::Done may_make(execution::Context const& context, AppChanges const& changes);
void make(execution::Context& context, AppChanges const& changes);

}  // namespace mandates
