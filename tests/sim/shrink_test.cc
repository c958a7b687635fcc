// What labor-sim shows of a failure: as little as fails in the same way, and the last messages.

#include "tests/sim/shrink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/sim/picture.h"

namespace sim {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::uint64_t misfortunes = 40;

// Fails as long as misfortunes 7 and 30 happen and packets are lost.
SeedReport fails_for_two_misfortunes(SeedOptions const& options) {
  SeedReport report;
  report.seed = options.seed;
  report.misfortunes = misfortunes;
  report.simulated_us = 1'000'000;
  auto const& out = options.left_out;
  if (out.misfortunes.contains(7) || out.misfortunes.contains(30)) return report;
  if (out.trouble.contains(Trouble::loss)) return report;
  report.violation = "view 12 is final and nullified too";
  return report;
}

TEST(SimShrink, KeepsOnlyWhatTheViolationNeeds) {
  SeedOptions const options{.seed = 5};
  auto const failed = fails_for_two_misfortunes(options);
  auto const shrunk = shrink(options, failed, 200, fails_for_two_misfortunes);
  auto const& out = shrunk.options.left_out;
  EXPECT_EQ(out.misfortunes.size(), misfortunes - 2);
  EXPECT_FALSE(out.misfortunes.contains(7) || out.misfortunes.contains(30));
  EXPECT_EQ(out.trouble.size(), troubles - 1);
  EXPECT_FALSE(out.trouble.contains(Trouble::loss));
  EXPECT_TRUE(shrunk.report.violation);
}

TEST(SimShrink, StopsAfterSoManyRuns) {
  SeedOptions const options{.seed = 5};
  std::size_t runs = 0;
  auto const count = [&](SeedOptions const& tried) {
    ++runs;
    return fails_for_two_misfortunes(tried);
  };
  auto const shrunk = shrink(options, fails_for_two_misfortunes(options), 10, count);
  EXPECT_EQ(runs, 10u);
  EXPECT_EQ(shrunk.runs, 10u);
}

TEST(SimShrink, TakesNoOtherViolationForTheSame) {
  SeedOptions const options{.seed = 5};
  auto const other = [](SeedOptions const&) {
    SeedReport report;
    report.violation = "two blocks final in view 3";
    return report;
  };
  auto const shrunk = shrink(options, fails_for_two_misfortunes(options), 50, other);
  EXPECT_EQ(shrunk.options.left_out, LeftOut{});
}

TEST(SimShrink, TellsViolationsApartByTheirWordsAlone) {
  EXPECT_EQ(kind_of_violation("view 3 is final (at node 1)"), kind_of_violation("view 14 is final"
                                                                                " (at node 2)"));
  EXPECT_NE(kind_of_violation("view 3 is final"), kind_of_violation("view 3 is nullified"));
}

TEST(SimShrink, AMutantsFailureShrinksToARunThatFailsAgainAndIsDrawn) {
  SeedOptions const options{.seed = 3, .mutant = "double-notarize"};
  auto const failed = run_seed(options);
  ASSERT_TRUE(failed.violation);
  auto const shrunk = shrink(options, failed, 20);
  EXPECT_FALSE(shrunk.options.left_out == LeftOut{});
  auto const again = run_seed(shrunk.options);
  EXPECT_EQ(again.violation, shrunk.report.violation);
  EXPECT_EQ(again.trace_hash, shrunk.report.trace_hash);
  EXPECT_THAT(command_line(shrunk.options), AllOf(HasSubstr("--seed 3"), HasSubstr("--without")));
  EXPECT_GT(again.last_picture.size(), 10u);
  EXPECT_THAT(again.last_picture.back(), HasSubstr("NOTARIZE"));
}

TEST(SimPicture, HasAColumnForEachNodeAndARowForEachEvent) {
  auto const hash = 0x8f3a12cdull << 32;
  std::vector<TraceEvent> const events{
      {.time_us = 1500,
       .node = 0,
       .what = Happening::notarize,
       .number = 7,
       .detail = hash,
       .to = 6},
      {.time_us = 2000, .node = 1, .what = Happening::crashed},
      {.time_us = 3000, .node = 2, .what = Happening::nullify, .number = 8, .to = 1},
      {.time_us = 4000, .node = 1, .what = Happening::started, .number = 3},
      {.time_us = 5000, .node = 0, .what = Happening::partitioned, .number = 1, .detail = 2},
  };
  EXPECT_THAT(picture(events, {true, false, true}),
              ElementsAre("     time/ms   0     1*    2     * breaks the rules",
                          "       1.500   o----->----->     NOTARIZE 7 8f3a12cd",
                          "       2.000   |     X     |     crashes",
                          "       3.000   <-----:-----o     NULLIFY 8",
                          "       4.000   |     ^     |     starts at height 3",
                          "       5.000   |     |     |     links cut from [ 1 ] [ 0 2 ]"));
}

}  // namespace
}  // namespace sim
