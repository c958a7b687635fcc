// Seeds that failed once, each named for what was wrong. What a seed does changes with the
// simulator, so each must hold at whatever it has come to do.

#include <gtest/gtest.h>

#include <string>

#include "tests/sim/seed_run.h"

namespace sim {
namespace {

// The leader waited for the time of a child of the boundary block that it had to propose again; by
// then the epoch was over, and it had no place in the next set. The product never waits for that.
TEST(SimNamedSeeds, Seed861ALeaderProposesABoundaryBlockAgainWithoutWaiting) {
  auto const report = run_seed({.seed = 861, .validators = 7});
  EXPECT_EQ(report.violation.value_or("holds"), "holds");
}

}  // namespace
}  // namespace sim
