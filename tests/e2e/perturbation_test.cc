#include "tests/e2e/perturbation.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/e2e/dead_leader.h"

namespace e2e {
namespace {

constexpr unsigned validators = 4;
constexpr std::size_t faults_max = 1;
constexpr std::uint64_t seeds = 200;

std::vector<Perturbation> drawn(std::uint64_t seed, std::size_t count) {
  Schedule schedule{seed, validators};
  std::vector<Perturbation> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(schedule.next());
  return all;
}

TEST(Schedule, FollowsFromTheSeed) {
  auto const kinds = perturbation_kinds().size();
  auto const once = drawn(7, 2 * kinds);
  auto const again = drawn(7, 2 * kinds);
  auto const other = drawn(8, 2 * kinds);
  auto differs = false;
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(once[i].what, again[i].what);
    differs = differs || once[i].what != other[i].what;
  }
  EXPECT_TRUE(differs);
}

TEST(Schedule, DrawsEveryKindOnceBeforeAnyTwice) {
  auto const kinds = perturbation_kinds();
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    std::set<std::string_view> seen;
    for (auto const& perturbation : drawn(seed, kinds.size())) seen.insert(perturbation.kind);
    ASSERT_EQ(seen.size(), kinds.size()) << "SEED=" << seed;
  }
}

TEST(Schedule, IsEvenAfterEachPackAndNotWithin) {
  Schedule schedule{1, validators};
  EXPECT_FALSE(schedule.even());
  auto const kinds = perturbation_kinds().size();
  for (std::size_t i = 1; i <= 2 * kinds; ++i) {
    (void)schedule.next();
    EXPECT_EQ(schedule.even(), i % kinds == 0);
  }
}

// One link between two is no fault of either alone: whatever passes through one of them arrives.
TEST(Schedule, BreaksMoreThanTheFaultyOnlyWhereItTakesTheQuorum) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    for (auto const& perturbation : drawn(seed, perturbation_kinds().size())) {
      if (perturbation.kind == "one link") continue;
      EXPECT_EQ(perturbation.victims.size() > faults_max, perturbation.takes_quorum)
          << "SEED=" << seed << " " << perturbation.what;
    }
  }
}

labor::v1::BlockHeader header(std::uint64_t height, unsigned proposer, std::uint64_t time_ms) {
  labor::v1::BlockHeader made;
  made.set_height(height);
  made.set_proposer(proposer);
  made.set_time_ms(time_ms);
  return made;
}

TEST(DeadLeaders, CostATimeoutWhereTheBlockAfterTheirTurnComesLate) {
  DeadLeaders leaders{{{.seats = {2}, .from = 2, .to = 9}}, validators};
  struct Row {
    unsigned proposer;
    std::uint64_t time_ms;
  };
  // Seat 2 is passed over before it is dead, then once late and once in time, and once after.
  constexpr Row rows[] = {{1, 10},    {3, 900},   {0, 910},   {1, 920},   {3, 1'430},
                          {0, 1'440}, {1, 1'450}, {3, 1'460}, {1, 1'480}, {3, 1'490}};
  std::uint64_t height = 0;
  for (auto const& row : rows) leaders.look(header(++height, row.proposer, row.time_ms));
  EXPECT_EQ(leaders.paid(), 1u);
  EXPECT_EQ(leaders.paid_by_one_kill_max(), 1u);
  EXPECT_EQ(leaders.skipped(), 1u);
}

}  // namespace
}  // namespace e2e
