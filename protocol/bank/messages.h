// The messages of the bank. Statuses are checked in the order of status.proto.

#pragma once

#include <labor/v1/bank.pb.h>

#include "protocol/execution/context.h"

namespace bank {

// INVALID_AMOUNT, INVALID_ADDRESS, INVALID_ASSET, SAME_ACCOUNT, INSUFFICIENT_BALANCE {have, need}.
execution::Done apply(execution::Context& context, labor::v1::Transfer const& message);

// INVALID_ADDRESS, SAME_ACCOUNT, NOT_A_MEMBER (the sponsor), ALREADY_SPONSORED,
// TOO_MANY_SPONSORED {have, most}, NOT_A_NEWCOMER (has an allowance of its own).
execution::Done apply(execution::Context& context, labor::v1::SponsorAccount const& message);

// INVALID_AMOUNT, INVALID_TIME (not after now), INSUFFICIENT_BALANCE {have, need},
// LOCK_TOO_LONG {got, most}, TOO_MANY_LOCKS {have, most}. Makes a lock id.
execution::Done apply(execution::Context& context, labor::v1::LockTokens const& message);

// LOCK_NOT_FOUND, NOT_YOUR_LOCK, LOCK_NOT_OVER {until_ms}.
execution::Done apply(execution::Context& context, labor::v1::UnlockTokens const& message);

}  // namespace bank
