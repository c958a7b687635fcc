// From a seed that fails to as little as fails in the same way: misfortunes are spared, kinds of
// trouble left out, the storm cut short, as long as the violation stays of its kind. Deterministic:
// the same failure shrinks to the same run.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/sim/seed_run.h"

namespace sim {

struct Shrunk {
  SeedOptions options;  // Run them again: the same report.
  SeedReport report;
  std::size_t runs = 0;
};

// `failed` is the report of `options`. `run` is run_seed() but for tests.
Shrunk shrink(SeedOptions const& options, SeedReport const& failed, std::size_t runs_max,
              std::function<SeedReport(SeedOptions const&)> const& run = run_seed);

// A violation without its numbers and names: two of one kind are the same failure.
std::string kind_of_violation(std::string const& violation);

// The options of labor-sim that run it again.
std::string command_line(SeedOptions const& options);

}  // namespace sim
