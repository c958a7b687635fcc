// Jurors: who may sit, what they put at stake, and how a panel is drawn.
//
//   record  labor.v1.Juror, of every arbiter (arbiters.h), and of every vetted person who has put
//           down a stake; numbers from 1 without a gap
//   join    a skill that was vetted for limits::juror_vetted_ms, and a grant of ownership: for
//           paid work between attested persons whom nothing connects
//   may sit an arbiter, or who is vetted now, with so much stake free as a seat locks, unless the
//           account is a side of the case, has sat on it, has ever had a contract with a side or
//           worked on one for it, or is connected with one: by introduction, key, guardian, mandate
//           or an agent (mandates::connected)
//   pool    of who may sit, whoever is vetted in a skill of the case; where these are fewer than
//           limits::pool_factor times the panel, whoever is vetted in any; where these are, all
//   draw    without replacement: pick i is the first 8 bytes of
//           BLAKE2b-256[draws of the case](seed (32) || case (8) || panel (1) || i (4))
//           modulo how many of the pool are left, which stand in the order of their numbers, the
//           last in the place of the one picked before
//
// Integers big-endian. The bias of the modulo is below 2^-56.
//
// Invariant: locked <= stake, and locked is the sum of what the juror's seats lock.

#pragma once

#include <labor/v1/justice.pb.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/justice/sitting.h"
#include "protocol/types.h"

namespace justice {

// How many there are.
inline constexpr std::string_view juror_counter = "juror";

// The first stake of a person who may join makes a juror. INVALID_AMOUNT, NOT_A_JUROR,
// TOO_MANY_JURORS {most}, INSUFFICIENT_BALANCE {have, need}, AMOUNT_OVERFLOW.
execution::Done apply(execution::Context& context, labor::v1::StakeAsJuror const& message);
// INVALID_AMOUNT, NOT_A_JUROR, STAKE_LOCKED {have, need}.
execution::Done apply(execution::Context& context, labor::v1::WithdrawJurorStake const& message);

// A juror of the next number, who has nothing at stake yet: for whoever has seen that there is one.
labor::v1::Juror new_juror(execution::Context& context, protocol::Address const& account);

bool may_sit(state::Reader const& state, labor::v1::Juror const& juror, Sitting const& sitting);
// How many may.
std::size_t count_free(state::Reader const& state, Sitting const& sitting);

// Nothing if fewer than `count` may sit.
std::optional<std::vector<protocol::Address>> draw_jurors(state::Reader const& state,
                                                          Sitting const& sitting,
                                                          protocol::Hash const& seed,
                                                          std::size_t count);

// The same with the seed of a round that is over, for a case that was opened then; nothing if the
// round has none yet.
struct DrawOf {
  std::uint64_t round = 0;
  protocol::TimeMs opened_at;
};
std::optional<std::vector<protocol::Address>> draw_panel(execution::Context& context,
                                                         Sitting const& sitting, DrawOf const& of,
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
