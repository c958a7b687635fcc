// Closing an account: what is free goes to another one, and it takes part in nothing any more.
//
// Only what nothing hangs on is closed: no open work, no locks, no stake, no grants. What still
// reaches it by bookkeeping, or because somebody sends it money, is not lost: a closed account
// transfers, and may be opened again by whoever holds its keys. Nothing else is done for it, under
// mandates neither.

#pragma once

#include <labor/v1/bank.pb.h>

#include "protocol/execution/context.h"

namespace bank {

// INVALID_ADDRESS, SAME_ACCOUNT, PROFILE_NOT_CLOSED, ACCOUNT_HAS_WORK {have} (open jobs, proposals,
// offers and contracts), ACCOUNT_HAS_LOCKS {have}, ACCOUNT_HAS_STAKE {have}, ACCOUNT_HAS_GRANTS;
// AMOUNT_OVERFLOW.
execution::Done apply(execution::Context& context, labor::v1::CloseAccount const& message);
// ACCOUNT_OPEN.
execution::Done apply(execution::Context& context, labor::v1::ReopenAccount const& message);

// ACCOUNT_CLOSED, where the sender's is.
execution::Done must_be_open(execution::Context const& context);

}  // namespace bank
