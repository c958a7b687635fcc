// Arbiters: members who sit on juries without having been vetted. The genesis names the first, a
// ballot makes one until recalled, an election for a term. To sit they put down a stake as others
// do.

#pragma once

#include <google/protobuf/repeated_ptr_field.h>
#include <labor/v1/justice.pb.h>

#include <string>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace justice {

using ArbiterChanges = google::protobuf::RepeatedPtrField<labor::v1::ArbiterChange>;

// Whether a ballot may make all of them: INVALID_ADDRESS, ACTION_TWICE, NOTHING_TO_CHANGE,
// ARBITER_NOT_A_MEMBER, TOO_MANY_JURORS {most}.
execution::Done may_make(execution::Context const& context, ArbiterChanges const& changes);
void make(execution::Context& context, ArbiterChanges const& changes);

// Whether all of these may become arbiters: INVALID_ADDRESS, ARBITER_NOT_A_MEMBER, TOO_MANY_JURORS.
execution::Done may_become_arbiters(execution::Context const& context,
                                    std::vector<std::string> const& accounts);
// Until then. Who is one until recalled stays that; a term only grows.
void seat_arbiter(execution::Context& context, protocol::Address const& account,
                  protocol::TimeMs until);

// The term is over.
execution::Done fire(execution::Context& context, labor::v1::Juror const& juror);

}  // namespace justice
