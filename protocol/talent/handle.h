// Handles: names that people type. Claimed in two steps, so that nobody who watches the pool can
// take a name away from who thought of it:
//
//   commitment = BLAKE2b-256[LBRhand1](salt (32) || address (32) || handle)
//   handle     = [a-z0-9_]{3,20}
//
// One commitment and one handle per account; the commitment is removed when it is used and
// replaced by the next. A handle that is given back is reserved for 365 days.

#pragma once

#include <labor/v1/talent.pb.h>

#include <string_view>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace talent {

bool is_handle(std::string_view text);

protocol::Hash handle_commitment(protocol::Hash const& salt, protocol::Address const& owner,
                                 std::string_view handle);

// INVALID_HASH.
execution::Done apply(execution::Context& context, labor::v1::CommitHandle const& message);

// INVALID_HASH (the salt), INVALID_HANDLE, PROFILE_NOT_FOUND, COMMITMENT_NOT_FOUND, WRONG_STATE
// (a closed profile), HANDLE_EXISTS (the account has one), COMMITMENT_TOO_YOUNG {until_ms},
// COMMITMENT_TOO_OLD {until_ms}, COMMITMENT_MISMATCH, HANDLE_TAKEN, HANDLE_RESERVED {until_ms}.
execution::Done apply(execution::Context& context, labor::v1::ClaimHandle const& message);

// Gives the handle back.
void release_handle(execution::Context& context, std::string_view handle, std::string_view cause);

}  // namespace talent
