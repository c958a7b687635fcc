// Randomness that nobody knows beforehand and nobody can choose: of what validators committed to
// long before it mattered, and say only then.
//
//   chain     x(i) = BLAKE2b-256[LBRrand1](x(i+1)); a seat commits to x(0), its tip, and reveals
//             x(1), x(2), ... , one a round. Its node keeps x(n) and can tell them all
//   round     open for limits::random_round_ms, for every seat that has a tip and does not sit out
//   seed      BLAKE2b-256[LBRrseed1](round (8) || for each member that counts, ascending by seat:
//             seat (8) || what it revealed); integers big-endian
//
// Who counts is asked with each seed: members whose chain is older than what is drawn for. A round
// gives a seed once it is over and more of those than a third have spoken: then an honest one is
// among them. Who kept silent sits out for limits::random_sit_out_ms, and cannot choose again.
//
// Invariant: at most one round is open. All that may be drawn from it was asked for in the block
// that opened it, so that no draw is asked for by somebody who has seen a reveal.
// Source: commit-reveal with hash chains (RANDAO), the silence priced in time, for a seat has no
// stake.

#pragma once

#include <labor/v1/validators.pb.h>

#include <optional>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace validators {

// What x(i) is of x(i+1).
protocol::Hash randomness_before(protocol::Hash const& value);

// NOT_YOUR_NODE, VALIDATOR_NOT_FOUND, SEAT_GONE, INVALID_HASH. In place of the chain before.
execution::Done apply(execution::Context& context, labor::v1::CommitRandomness const& message);
// NOT_YOUR_NODE, VALIDATOR_NOT_FOUND, ROUND_NOT_OPEN {got}, NOT_IN_ROUND, RANDOMNESS_MISMATCH.
execution::Done apply(execution::Context& context, labor::v1::RevealRandomness const& message);

// Whether the round waits for what the seat has committed to, in this place of it.
bool waits_for(labor::v1::RoundMember const& member, labor::v1::SeatRandomness const& randomness);

// The latest; nothing if there was none.
std::optional<labor::v1::RandomRound> latest_round(state::Reader const& state);
bool is_open(labor::v1::RandomRound const& round, protocol::TimeMs now);

// Where a draw asked for now gets its seed. Opens a round if none is open that began in this block;
// `round` is 0 if another is open: ask again when it is over.
struct Joined {
  std::uint64_t round = 0;
  protocol::TimeMs until;
};
Joined join_round(execution::Context& context);

// Of a round that is over, from chains older than `committed_before`; nothing if too few spoke.
std::optional<protocol::Hash> seed_of(state::Reader const& state, std::uint64_t round,
                                      protocol::TimeMs committed_before);

}  // namespace validators
