// Jurors: who may sit, what they put at stake, and how a panel is drawn.
//
//   record  labor.v1.Juror, of every arbiter that the genesis names; numbers from 1 without a gap
//   may sit with so much stake free as a seat locks, unless the account is a side of the dispute,
//           has sat on it, has ever had a contract with a side or worked on one for it, or is
//           connected with one: by introduction, key, guardian or mandate (mandates::connected)
//   draw    among all who may sit, without replacement: candidates are picked from the numbers not
//           picked yet, pick i being the first 8 bytes of
//           BLAKE2b-256[LBRdraw1](seed (32) || dispute (8) || panel (1) || i (4))
//           modulo how many are left; who may not sit is passed over
//
// Integers big-endian. The bias of the modulo is below 2^-56.
//
// Invariant: locked <= stake, and locked is the sum of what the juror's seats lock.

#pragma once

#include <labor/v1/justice.pb.h>

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace justice {

// How many there are.
inline constexpr std::string_view juror_counter = "juror";

// INVALID_AMOUNT, NOT_A_JUROR, INSUFFICIENT_BALANCE {have, need}, AMOUNT_OVERFLOW.
execution::Done apply(execution::Context& context, labor::v1::StakeAsJuror const& message);
// INVALID_AMOUNT, NOT_A_JUROR, STAKE_LOCKED {have, need}.
execution::Done apply(execution::Context& context, labor::v1::WithdrawJurorStake const& message);

// What a seat on the dispute's panels locks.
std::uint64_t stake_for(labor::v1::Dispute const& dispute);

bool may_sit(state::Reader const& state, labor::v1::Juror const& juror,
             labor::v1::Dispute const& dispute);
// How many may.
std::size_t count_free(state::Reader const& state, labor::v1::Dispute const& dispute);

// For the last panel of the dispute; nothing if fewer than `count` may sit.
std::optional<std::vector<protocol::Address>> draw_jurors(state::Reader const& state,
                                                          labor::v1::Dispute const& dispute,
                                                          protocol::Hash const& seed,
                                                          std::size_t count);

// ---- of a seat that has been drawn: INTERNAL where there is not so much ----

execution::Done lock_stake(execution::Context& context, labor::v1::JurorSeat& seat,
                           std::uint64_t amount, std::string_view cause);
execution::Done free_stake(execution::Context& context, labor::v1::JurorSeat& seat,
                           std::string_view cause);
// Half to whom it names, the rest to the treasury; all of it where it names nobody.
execution::Done take_stake(execution::Context& context, labor::v1::JurorSeat& seat,
                           std::optional<protocol::Address> const& half_to, std::string_view cause);

}  // namespace justice
