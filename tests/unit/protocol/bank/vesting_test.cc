// What is granted vests evenly over two years from the end of its period, and is claimed once.

#include "protocol/bank/vesting.h"

#include <gtest/gtest.h>

#include "protocol/bank/account.h"
#include "protocol/limits.h"
#include "tests/support/work_scene.h"

namespace bank {
namespace {

using namespace labor::v1;        // Messages and statuses by name.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Amount;
using protocol::TimeMs;

namespace limits = protocol::limits;

constexpr std::uint64_t pool = 1'000'000;

class VestingTest : public testing::Test {
 protected:
  VestingTest() { scene.set_pool(pool, pool); }

  TxStatus grant(std::uint64_t amount) {
    return scene.follow([&](execution::Context& context) {
      return bank::grant(context, scene.talent, Amount{amount}, "test");
    });
  }
  TxStatus claim() { return scene.act(scene.talent, ClaimOwnership{}); }
  std::uint64_t free_lbr() const { return scene.balance(scene.talent, ASSET_LBR); }

  WorkScene scene;
};

TEST_F(VestingTest, NothingVestsBeforeThePeriodEndsAndAllOfItTwoYearsLater) {
  VestingGrant made;
  made.set_begins_ms(1000);
  made.set_granted(730);
  struct Case {
    std::uint64_t at_ms;
    std::uint64_t want;
  };
  Case const cases[] = {{0, 0},
                        {1000, 0},
                        {1000 + day_ms - 1, 0},
                        {1000 + day_ms, 1},
                        {1000 + 365 * day_ms, 365},
                        {1000 + 730 * day_ms - 1, 729},
                        {1000 + 730 * day_ms, 730},
                        {~std::uint64_t{0}, 730}};
  for (auto const& [at_ms, want] : cases) EXPECT_EQ(vested(made, TimeMs{at_ms}), want) << at_ms;
}

TEST_F(VestingTest, GrantsOfOnePeriodAreOneEntry) {
  ASSERT_EQ(grant(100), TX_STATUS_OK);
  ASSERT_EQ(grant(50), TX_STATUS_OK);
  ASSERT_EQ(scene.vesting(scene.talent)->grants_size(), 1);
  EXPECT_EQ(scene.vesting(scene.talent)->grants(0).granted(), 150u);
  scene.wait(limits::vesting_period_ms);
  ASSERT_EQ(grant(1), TX_STATUS_OK);
  EXPECT_EQ(scene.vesting(scene.talent)->grants_size(), 2);
  EXPECT_EQ(bank::pool_balance(scene.state()).value(), pool - 151);
}

TEST_F(VestingTest, HasAtMostTwentySevenEntriesHoweverOftenSomebodyIsPaidAndNothingIsLost) {
  for (auto const claims : {true, false}) {
    auto const before = free_lbr();
    for (int day = 0; day < 1200; ++day) {
      ASSERT_EQ(grant(10), TX_STATUS_OK);
      scene.wait(day_ms);
      if (claims && day % 29 == 0) (void)claim();
      ASSERT_LE(scene.vesting(scene.talent)->grants_size(), 27);
    }
    scene.wait(800 * day_ms);
    ASSERT_EQ(claim(), TX_STATUS_OK);
    EXPECT_EQ(free_lbr(), before + 12'000);
    EXPECT_FALSE(scene.vesting(scene.talent));
  }
}

TEST_F(VestingTest, IsClaimedOnceAndGoneWhenAllOfItIs) {
  EXPECT_EQ(claim(), TX_STATUS_NOTHING_VESTED);
  ASSERT_EQ(grant(730), TX_STATUS_OK);
  EXPECT_EQ(claim(), TX_STATUS_NOTHING_VESTED);
  scene.set_time(scene.vesting(scene.talent)->grants(0).begins_ms() + 10 * day_ms);
  ASSERT_EQ(claim(), TX_STATUS_OK);
  EXPECT_EQ(free_lbr(), 10u);
  EXPECT_EQ(claim(), TX_STATUS_NOTHING_VESTED);
  scene.wait(730 * day_ms);
  ASSERT_EQ(claim(), TX_STATUS_OK);
  EXPECT_EQ(free_lbr(), 730u);
  EXPECT_FALSE(scene.vesting(scene.talent));
}

TEST_F(VestingTest, NeverGrantsWhatThePoolDoesNotHave) {
  EXPECT_EQ(grant(pool + 1), TX_STATUS_INSUFFICIENT_BALANCE);
  EXPECT_EQ(grant(0), TX_STATUS_OK);
  EXPECT_FALSE(scene.vesting(scene.talent));
}

}  // namespace
}  // namespace bank
