// Many seeds on several threads. Each seed runs on one thread; what is reported does not depend
// on how many there are.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/seed_run.h"

namespace sim {

struct CampaignOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t last_seed = 1;
  std::vector<std::size_t> validators{4};  // Seeds take turns; never empty.
  std::string mutant{};
  std::size_t jobs = 1;
  LeftOut left_out{};
  bool trace = false;
  // Asked before each seed; true: start no more.
  std::function<bool()> enough = [] { return false; };
};

struct CampaignReport {
  // Counts and the hash are over all seeds from the first on that were done without a gap.
  std::uint64_t seeds = 0;
  SeedReport total;
  // The lowest seed that failed, if any.
  std::optional<SeedReport> failed;
};

// Stops at the first violation.
CampaignReport run_campaign(CampaignOptions const& options);

// The seed that this thread runs, for the last words of a process that aborts; 0: none.
std::uint64_t running_seed();

}  // namespace sim
