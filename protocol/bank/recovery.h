// A key is lost: guardians, whom the account has named before, give it another authority.
// recovery_machine.h has the rows.
//
//   One guardian asks for it, others agree to the very same authority; when as many as the account
//   has named have agreed, a delay runs, in which whoever still holds a key of the account cancels
//   it. Then the authority changes, and with it goes whatever the old keys could do.
//
// Guardians, how many, and the delay are those of the moment in which it was asked for. Guardians
// help against a key that is lost; against one that is stolen helps whoever is quicker.

#pragma once

#include <labor/v1/bank.pb.h>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace bank {

// INVALID_KEY, INVALID_THRESHOLD {got, most}.
execution::Done apply(execution::Context& context, labor::v1::RotateAuthority const& message);

// INVALID_ADDRESS, INVALID_GUARDIANS (not ascending, too many, oneself; none where there are none),
// INVALID_THRESHOLD {got, most}, INVALID_TIME {got, least, most} (of the delay). None at all: there
// are no guardians any more.
execution::Done apply(execution::Context& context, labor::v1::SetGuardians const& message);

// INVALID_ADDRESS, INVALID_KEY, INVALID_THRESHOLD, NOT_A_GUARDIAN, RECOVERY_EXISTS.
execution::Done apply(execution::Context& context, labor::v1::StartRecovery const& message);

// INVALID_ADDRESS, INVALID_HASH, RECOVERY_NOT_FOUND, NOT_A_GUARDIAN, DEADLINE_PASSED {until_ms},
// WRONG_STATE, RECOVERY_CHANGED (of another authority), ALREADY_APPROVED.
execution::Done apply(execution::Context& context, labor::v1::ApproveRecovery const& message);

// RECOVERY_NOT_FOUND, DEADLINE_PASSED {until_ms}.
execution::Done apply(execution::Context& context, labor::v1::CancelRecovery const& message);

// A clock of the recovery has run out.
execution::Done fire(execution::Context& context, labor::v1::Recovery const& recovery);

// What ApproveRecovery names: BLAKE2b-256[LBRauth1](account (32) || authority, canonically).
protocol::Hash authority_hash(protocol::Address const& account,
                              labor::v1::Authority const& authority);

// Whether one guards the other, or somebody guards both.
bool share_a_guardian(state::Reader const& state, protocol::Address const& one,
                      protocol::Address const& other);

}  // namespace bank
