// How votes are counted (4-labor.md). Shares are in ten-thousandths; products in 128 bits.
//
//   cast    = yes + no + veto + abstain
//   quorum  = cast * 10000 >= 3000 * eligible, cast > 0          every option counts
//   passes  = yes * 10000 >= t * (yes + no + veto), yes > 0      t by class: 5100, 6670 or 9000
//   vetoed  = quorum, veto * 10000 >= 3340 * cast
//
// A ballot needs the quorum of both houses and passes in both; the veto of one kills it.
//
// Invariant: cast <= eligible, since only locks of the snapshot count and each has one owner, and
// an account has one head.

#pragma once

#include <labor/v1/governance.pb.h>

#include <cstdint>

#include "protocol/execution/failure.h"

namespace governance {

inline constexpr std::uint64_t quorum_share = 3000;
inline constexpr std::uint64_t ordinary_threshold = 5100;
inline constexpr std::uint64_t fee_threshold =
    6670;  // Of the client fee, the validators and upgrades.
inline constexpr std::uint64_t constitution_threshold = 9000;
inline constexpr std::uint64_t veto_share = 3340;

std::uint64_t threshold_of(labor::v1::BallotClass ballot_class);

std::uint64_t cast(labor::v1::Tally const& tally);
bool has_quorum(labor::v1::House const& house);
bool passes(labor::v1::House const& house, labor::v1::BallotClass ballot_class);
bool vetoed(labor::v1::House const& house);

// Of both houses.
bool has_quorum(labor::v1::Ballot const& ballot);
bool passes(labor::v1::Ballot const& ballot);
bool vetoed(labor::v1::Ballot const& ballot);

// Adds or takes back a vote. `choice` is one of the four. INTERNAL: what is taken back was not
// counted.
void add_vote(labor::v1::Tally& tally, labor::v1::Choice choice, std::uint64_t weight);
execution::Done remove_vote(labor::v1::Tally& tally, labor::v1::Choice choice,
                            std::uint64_t weight);

}  // namespace governance
