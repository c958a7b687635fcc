// Counts verified votes, one by one, into certificates.

#pragma once

#include <cstddef>
#include <optional>

#include "consensus/core/config.h"
#include "consensus/core/state.h"

namespace consensus {

enum class Counted {
  fresh,
  repeated,
  conflicting,  // Not counted: kept once per validator as evidence (R15).
};

// Adds `vote` to its round. The first vote of a validator, view and kind stands for good: nothing
// that comes later replaces it.
Counted count(State& state, Vote const& vote);

// Holds `certificate` against the votes of its signers that are known: what contradicts them is
// evidence. It came over anybody's stream, so it shows what a validator with two nodes tells
// others.
void compare(State& state, Certificate const& certificate);

// The certificate of `statement`, once a quorum has signed it.
std::optional<Certificate> certificate_of(Config const& config, State const& state,
                                          Statement const& statement);

// How many validators other than `besides` have voted in `view`.
std::size_t voters(State const& state, View view, std::optional<ValidatorIndex> besides);

// Our own vote with its signature, as it came back from the journal.
std::optional<Vote> own_vote(Config const& config, State const& state, Statement const& statement);

}  // namespace consensus
