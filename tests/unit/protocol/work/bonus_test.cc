#include "protocol/work/bonus.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/must.h"
#include "tests/support/work_scene.h"

namespace work {
namespace {

using namespace labor::v1;
using namespace testing_support;

constexpr auto u64_max = std::numeric_limits<std::uint64_t>::max();

// A contract that has released 500 USD: 100 USD of bonus are free, the rest costs a tenth.
WorkScene paid_scene() {
  WorkScene scene;
  scene.sign();
  scene.fund();
  must(scene.act(scene.client, part(500 * usd)));
  return scene;
}

TEST(Bonus, IsFreeUpToAFifthOfWhatWasReleasedAndCostsTheFeeBeyond) {
  struct Row {
    std::uint64_t amount;
    std::uint64_t fee;
  };
  Row const rows[] = {
      {1, 0}, {100 * usd, 0}, {100 * usd + 9, 0}, {100 * usd + 10, 1}, {300 * usd, 20 * usd}};
  for (auto const& row : rows) {
    SCOPED_TRACE(row.amount);
    auto scene = paid_scene();
    auto const client = scene.balance(scene.client);
    auto const treasury = scene.treasury();
    must(scene.act(scene.client, bonus(row.amount)));
    EXPECT_EQ(scene.balance(scene.client), client - row.amount - row.fee);
    EXPECT_EQ(scene.balance(scene.talent), 500 * usd + row.amount);
    EXPECT_EQ(scene.treasury(), treasury + row.fee);
  }
}

TEST(Bonus, InManyPartsCostsWhatItCostsAtOnce) {
  auto scene = paid_scene();
  auto const treasury = scene.treasury();
  std::uint64_t paid = 0;
  for (auto const amount : {99 * usd, 2 * usd, 1ul, 9ul, 15ul, 199 * usd}) {
    must(scene.act(scene.client, bonus(amount)));
    paid += amount;
  }
  EXPECT_EQ(scene.treasury() - treasury, (paid - 100 * usd) / 10);
  EXPECT_EQ(scene.contract()->bonus(), paid);
}

TEST(Bonus, CountsForNothingButItself) {
  auto scene = paid_scene();
  auto const before = *scene.contract();
  must(scene.act(scene.client, bonus(300 * usd)));
  auto after = *scene.contract();
  EXPECT_EQ(after.released(), before.released());
  EXPECT_EQ(after.fee_earned(), before.fee_earned());
  EXPECT_EQ(after.escrow(), before.escrow());
  EXPECT_EQ(after.idle_until_ms(), before.idle_until_ms());
}

TEST(Bonus, ThatWasChargedStaysChargedAndLaterReleasesMakeMoreOfItFree) {
  auto scene = paid_scene();
  must(scene.act(scene.client, bonus(200 * usd)));  // 100 free, 100 charged.
  scene.fund(1);
  must(scene.act(scene.client, part(300 * usd, 1)));  // 60 more are free.
  auto const treasury = scene.treasury();
  must(scene.act(scene.client, bonus(60 * usd)));
  EXPECT_EQ(scene.treasury(), treasury);
  must(scene.act(scene.client, bonus(10 * usd)));
  EXPECT_EQ(scene.treasury(), treasury + usd);
}

TEST(Bonus, IsRefusedWhereTheMoneyOrTheTimeIsNotThere) {
  auto scene = paid_scene();
  EXPECT_EQ(scene.act(scene.client, bonus(0)), TX_STATUS_INVALID_AMOUNT);
  scene.set_balance(scene.client, 300 * usd);
  EXPECT_EQ(scene.act(scene.client, bonus(300 * usd)), TX_STATUS_INSUFFICIENT_BALANCE);
  EXPECT_EQ(scene.failure().details[1].value, 320 * usd) << "the fee is part of what is needed";
  EXPECT_EQ(scene.act(scene.client, bonus(u64_max)), TX_STATUS_AMOUNT_OVERFLOW);
  EXPECT_EQ(scene.act(scene.client, bonus(u64_max / 2)), TX_STATUS_INSUFFICIENT_BALANCE);

  EndContract end;
  end.set_contract(1);
  must(scene.act(scene.client, end));
  ASSERT_EQ(scene.contract()->state(), CONTRACT_STATE_ENDED);
  scene.set_time(scene.contract()->ended_at_ms() + 365 * day_ms - 1);
  must(scene.act(scene.client, bonus(1)));
  scene.wait(1);
  EXPECT_EQ(scene.act(scene.client, bonus(1)), TX_STATUS_BONUS_TOO_LATE);
  PayBonus none;
  none.set_contract(9);
  none.set_amount(1);
  EXPECT_EQ(scene.act(scene.client, none), TX_STATUS_CONTRACT_NOT_FOUND);
}

}  // namespace
}  // namespace work
