// Mandates: an account lets another act for it, within scopes and limits, until a day. An
// organisation is an account whose people hold mandates; an app acts for its users under theirs.
//
//   spend  USD that leave the account's free balance: into escrow, as a bond, as a bonus
//   pay    USD that leave the account's escrows for others
//
// Each has a limit for one act and one for all acts together. Giving anew replaces what was given;
// either side ends it at once; the block ends it when its time is over.
//
// Invariant: Account.mandates counts those that the account has given.

#pragma once

#include <labor/v1/mandate.pb.h>

#include <optional>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace mandates {

// INVALID_ADDRESS, INVALID_TIME {got, have, most}, SAME_ACCOUNT, INVALID_SCOPE, INVALID_LIMIT (more
// in one act than in all), TOO_MANY_MANDATES {have, most}.
execution::Done apply(execution::Context& context, labor::v1::GiveMandate const& message);

// INVALID_ADDRESS, MANDATE_NOT_FOUND.
execution::Done apply(execution::Context& context, labor::v1::EndMandate const& message);

// Its clock has run out.
execution::Done fire(execution::Context& context, labor::v1::Mandate const& mandate);

// Whether two accounts may be one interest: as bank::related says, or one may act for the other, or
// answers for it.
bool connected(state::Reader const& state, protocol::Address const& one,
               protocol::Address const& other);

std::optional<labor::v1::Mandate> find_mandate(state::Reader const& state,
                                               protocol::Address const& account,
                                               protocol::Address const& holder);

}  // namespace mandates
