// What random people put to the vote, and how they vote.

#pragma once

#include <labor/v1/governance.pb.h>

#include "tests/support/draws.h"
#include "tests/support/random_validators.h"

namespace testing_support {

// For whoever only needs numbers.
inline Draw drawn_by(Draws& draws) {
  return [&draws](std::uint64_t bound) { return draws.below(bound); };
}

void fill(Draws& draws, labor::v1::SubmitBallot& message);
void fill(Draws& draws, labor::v1::AddDeposit& message);
void fill(Draws& draws, labor::v1::CastVote& message);
void fill(Draws& draws, labor::v1::Delegate& message);

}  // namespace testing_support
