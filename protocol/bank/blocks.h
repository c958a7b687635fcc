// Whom an account wants to hear nothing from: who is blocked proposes to none of its jobs, and
// makes it no offer and no invitation. What there is between the two already goes on.
//
// Invariant: Account{a}.blocks is how many Blocked{a, *} there are.

#pragma once

#include <labor/v1/bank.pb.h>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace bank {

// INVALID_ADDRESS, SAME_ACCOUNT, ALREADY_BLOCKED, TOO_MANY_BLOCKED {have, most}.
execution::Done apply(execution::Context& context, labor::v1::BlockAccount const& message);
// INVALID_ADDRESS, NOT_BLOCKED.
execution::Done apply(execution::Context& context, labor::v1::UnblockAccount const& message);

bool has_blocked(state::Reader const& state, protocol::Address const& by,
                 protocol::Address const& account);

}  // namespace bank
