// Twins keep the fault model when there is one, and break it when there are two.

#include <gtest/gtest.h>

#include "tests/sim/twins/twin_world.h"
#include "tests/sim/twins/twins.h"

namespace sim {
namespace {

constexpr std::size_t views = 2;

TEST(Twins, OfOneValidatorAreSafeAndLiveInEveryCaseOfTwoViews) {
  auto const report = run_twins(views, 2);
  EXPECT_EQ(report.cases, 4u * (8 * 8 + 16 * 16) / 2);
  EXPECT_EQ(report.unsafe, 0u) << report.first.value_or("");
  EXPECT_EQ(report.stuck, 0u) << report.first.value_or("");
}

TEST(Twins, OfTwoValidatorsBreakAgreementInSomeCase) {
  auto const report = run_too_many_twins(1, 2);
  EXPECT_GT(report.unsafe, 0u);
  ASSERT_TRUE(report.first);
  EXPECT_NE(report.first->find("two blocks notarized"), std::string::npos) << *report.first;
}

TEST(Twins, AreReportedAlikeByOneThreadAndByThree) {
  auto const one = run_too_many_twins(views, 1);
  auto const three = run_too_many_twins(views, 3);
  EXPECT_EQ(one.cases, three.cases);
  EXPECT_EQ(one.unsafe, three.unsafe);
  EXPECT_EQ(one.steps, three.steps);
  EXPECT_EQ(one.first, three.first);
}

TEST(TwinWorld, AsksForTheDivisionOfEachViewThatIsEntered) {
  TwinWorld world{{.validators = 4, .twinned = {2}, .divided_views = 3}};
  EXPECT_EQ(world.instances(), 5u);
  EXPECT_EQ(world.name_of(0), "2");
  EXPECT_EQ(world.name_of(1), "2'");
  for (std::size_t view = 0; view < 3; ++view) {
    ASSERT_EQ(world.run(), TwinWorld::Pause::undivided);
    EXPECT_EQ(world.divisions().size(), view);
    world.divide(0);
  }
  EXPECT_EQ(world.run(), TwinWorld::Pause::over);
}

TEST(TwinWorld, EndsAViewInWhichNoSideHasAQuorum) {
  TwinWorld world{{.validators = 4, .twinned = {1}, .divided_views = 1}};
  ASSERT_EQ(world.run(), TwinWorld::Pause::undivided);
  world.divide(0b00111);  // 1, 1' and 0; 2 and 3.
  EXPECT_EQ(world.run(), TwinWorld::Pause::over);
}

}  // namespace
}  // namespace sim
