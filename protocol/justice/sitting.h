// What a panel sits on: a dispute, a vetting, or a report. Drawing jurors and taking their verdicts
// need to know no more of it than this.

#pragma once

#include <labor/v1/justice.pb.h>

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/crypto/hash.h"
#include "protocol/execution/context.h"

namespace justice {

struct Sitting {
  enum class Phase : std::uint8_t { waits, votes, reveals };

  // Verdicts on one kind of case, and draws for it, have only their form in common with another's.
  crypto::Domain verdicts = crypto::domains::verdict;
  crypto::Domain draws = crypto::domains::draw;
  std::uint64_t id = 0;
  std::uint8_t panel = 0;  // From 1.
  Phase phase = Phase::waits;
  std::uint64_t until_ms = 0;  // The clock of the phase.
  std::uint64_t stake = 0;     // What a seat locks, minor units of the juror's asset.
  // Nobody near to any of these may sit, nor who has sat.
  std::vector<std::string> sides{};
  std::vector<std::string> sat{};
  // What it is about; none: whoever may sit knows enough.
  std::vector<std::string> skills{};
};

// Without the skills, which are its job's.
Sitting sitting_on(labor::v1::Dispute const& dispute);
Sitting sitting_on(labor::v1::Vetting const& vetting);
Sitting sitting_on(labor::v1::Report const& report);

// With them, if its job is still in the state.
Sitting sitting_on(state::Reader const& state, labor::v1::Dispute const& dispute);

}  // namespace justice
