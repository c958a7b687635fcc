// What hourly work locks, pays and returns, to the last unit, and when its weeks begin and end.

#include <gtest/gtest.h>

#include <string_view>

#include "protocol/base/share.h"
#include "protocol/work/calendar.h"
#include "protocol/work/escrow.h"
#include "protocol/work/hours.h"
#include "tests/support/hours_scene.h"
#include "tests/support/justice_scene.h"
#include "tests/support/must.h"

namespace work {
namespace {

using namespace labor::v1;        // The tests name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.

namespace limits = protocol::limits;

constexpr std::uint64_t week_pay = 20 * hour_rate;
constexpr std::uint64_t week_fee = week_pay / 10;
// Monday 18 January 2027, 00:00 UTC, the first after the scene's beginning.
constexpr std::uint64_t monday_ms = 1'800'230'400'000;

TEST(Hours, ArePaidByTheMinuteAndTheRestComesBackWithItsFee) {
  struct Row {
    std::uint64_t rate;
    std::uint32_t minutes;
    std::uint64_t pay;
  };
  Row const rows[] = {
      {40 * usd, 1, 666'666},     {40 * usd, 60, 40 * usd},     {40 * usd, 90, 60 * usd},
      {33'333'333, 7, 3'888'888}, {40 * usd, 179, 119'333'333}, {5 * usd + 1, 180, 15 * usd + 3},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(testing::Message() << row.minutes << " min at " << row.rate);
    WorkScene scene;
    sign_hourly(scene, hourly_terms(row.rate));
    auto const before = scene.balance(scene.client);
    must(scene.act(scene.client, week_funding()));
    auto const funded = 20 * row.rate;
    auto const fee = funded / 10;
    EXPECT_EQ(scene.balance(scene.client), before - funded - fee);
    scene.wait(3 * hour_length_ms);
    must(scene.act(scene.talent, hours_logged(scene, row.minutes)));
    pass_week_clock(scene);
    pass_week_clock(scene);
    auto const fee_taken = base::share(fee, row.pay, funded);
    EXPECT_EQ(scene.balance(scene.talent), row.pay);
    EXPECT_EQ(scene.treasury(), fee_taken);
    EXPECT_EQ(scene.balance(scene.client), before - row.pay - fee_taken);
    EXPECT_EQ(scene.contract()->released(), row.pay);
    EXPECT_EQ(scene.contract()->delivered(), row.pay);
  }
}

TEST(Hours, OfAWeekEndOnMondayAreLoggedUntilNoonAndPaidBySaturday) {
  WorkScene scene;
  log_some(scene);
  auto const funded = *week(scene);
  EXPECT_EQ(funded.ends_at_ms(), monday_ms);
  EXPECT_EQ(funded.until_ms(), monday_ms + 12 * hour_length_ms);
  pass_week_clock(scene);
  EXPECT_EQ(week(scene)->until_ms(), monday_ms + 5 * day_ms);
  must(scene.act(scene.client, on_week<ApproveWeek>()));
  EXPECT_EQ(scene.balance(scene.talent), 3 * hour_rate);
}

TEST(Hours, NoneAreLoggedInAWeekThatNobodyFunded) {
  WorkScene scene;
  sign_hourly(scene);
  EXPECT_EQ(scene.act(scene.talent, hours_logged(scene)), TX_STATUS_WEEK_NOT_FOUND);
  scene.set_balance(scene.client, week_pay + week_fee - 1);
  EXPECT_EQ(scene.act(scene.client, week_funding()), TX_STATUS_INSUFFICIENT_BALANCE);
}

TEST(Hours, AreLockedByThemselvesEachMondayUpToTheLimitAndWhatComesBackCountsAgain) {
  WorkScene scene;
  sign_hourly(scene);
  must(scene.act(scene.client, top_up(2 * (week_pay + week_fee))));
  EXPECT_FALSE(week(scene).has_value());
  scene.set_time(monday_ms);
  scene.fire_due();
  ASSERT_TRUE(week(scene).has_value());
  EXPECT_EQ(scene.contract()->hours().top_up(), week_pay + week_fee);
  EXPECT_EQ(scene.contract()->hours().next_week_ms(), monday_ms + 7 * day_ms);

  scene.wait(3 * hour_length_ms);
  must(scene.act(scene.talent, hours_logged(scene, 60)));
  scene.set_time(monday_ms + 7 * day_ms);
  scene.fire_due();
  EXPECT_EQ(scene.contract()->hours().top_up(), 0U);
  EXPECT_EQ(scene.contract()->escrow(), 2 * (week_pay + week_fee));
  scene.wait(3 * hour_length_ms);
  must(scene.act(scene.talent, hours_logged(scene, 60, 0, 1)));

  scene.set_time(monday_ms + 14 * day_ms);
  scene.fire_due();
  auto const paid = hour_rate + hour_rate / 10;
  EXPECT_EQ(scene.contract()->hours().top_up(), week_pay + week_fee - paid);
  EXPECT_EQ(scene.contract()->hours().weeks(), 2U) << "the limit does not suffice for a third";
  scene.set_time(monday_ms + 21 * day_ms);
  scene.fire_due();
  EXPECT_EQ(scene.contract()->hours().weeks(), 3U) << "the second has returned enough";
}

TEST(Hours, AreLockedNoMoreAfterAWeekInWhichNobodyWorked) {
  WorkScene scene;
  sign_hourly(scene);
  must(scene.act(scene.client, top_up(10 * (week_pay + week_fee))));
  for (std::uint64_t day = 0; day <= 70; ++day) {
    scene.set_time(monday_ms + day * day_ms);
    scene.fire_due();
  }
  EXPECT_EQ(scene.contract()->hours().weeks(), 2U) << "the second began before the first was over";
  EXPECT_EQ(scene.contract()->hours().top_up(), 0U);
  EXPECT_EQ(scene.contract()->escrow(), 0U);
}

TEST(Hours, AreNotLockedByThemselvesBeyondTheBalanceAndTheNextMondayTriesAgain) {
  WorkScene scene;
  sign_hourly(scene);
  must(scene.act(scene.client, top_up(10 * (week_pay + week_fee))));
  scene.set_balance(scene.client, week_pay + week_fee - 1);
  scene.set_time(monday_ms);
  scene.fire_due();
  EXPECT_FALSE(week(scene).has_value());
  scene.set_balance(scene.client, week_pay + week_fee);
  must(scene.act(scene.client, week_funding()));
  EXPECT_EQ(week(scene)->ends_at_ms(), monday_ms + 7 * day_ms);
}

TEST(Hours, AreLockedNoMoreOnceTheLimitIsTakenBack) {
  WorkScene scene;
  sign_hourly(scene);
  must(scene.act(scene.client, top_up(10 * (week_pay + week_fee))));
  scene.set_time(monday_ms);
  scene.fire_due();
  must(scene.act(scene.client, top_up(0)));
  scene.set_time(monday_ms + 30 * day_ms);
  scene.fire_due();
  EXPECT_EQ(scene.contract()->hours().weeks(), 1U);
  EXPECT_EQ(scene.contract()->hours().top_up(), 0U);
  EXPECT_EQ(scene.contract()->escrow(), 0U);
}

TEST(Hours, ThatNobodyFundsForNinetyDaysEndTheContract) {
  WorkScene scene;
  sign_hourly(scene);
  must(scene.act(scene.client, top_up(1)));
  scene.wait(90 * day_ms);
  scene.fire_due();
  EXPECT_EQ(scene.contract()->state(), CONTRACT_STATE_ENDED);
  EXPECT_EQ(scene.contract()->hours().next_week_ms(), 0U);
}

TEST(Hours, ThatAreNotDisputedArePaidAtOnceAndTheOthersAsAwarded) {
  WorkScene scene;
  review_week(scene);
  auto const before = scene.balance(scene.client);
  must(scene.act(scene.client, hours_dispute({1})));
  auto const dispute = *scene.dispute();
  auto const fees = limits::jury_size * dispute.juror_fee();
  EXPECT_EQ(dispute.claim(), hour_rate);
  EXPECT_TRUE(dispute.about_hours());
  EXPECT_EQ(scene.balance(scene.talent), 2 * hour_rate);
  auto const back = 17 * (hour_rate + hour_rate / 10);
  EXPECT_EQ(scene.balance(scene.client), before + back - fees);
  EXPECT_TRUE(week(scene)->entries(1).disputed());

  must(scene.act(scene.talent, dispute_answer()));
  must(scene.act(scene.client, dispute_split(10 * usd)));
  must(scene.act(scene.talent, dispute_agreement(10 * usd)));
  EXPECT_EQ(week(scene)->state(), WEEK_STATE_SETTLED);
  EXPECT_EQ(scene.balance(scene.talent), 2 * hour_rate + 10 * usd);
  EXPECT_EQ(scene.balance(scene.client), before + back + 33 * usd);
  EXPECT_EQ(scene.contract()->hours().disputed(), 0U);
  must(scene.act(scene.client, week_funding()));
}

TEST(Hours, DisputedAndNotAnsweredForGoBackToTheClient) {
  WorkScene scene;
  dispute_week(scene);
  scene.set_time(scene.dispute()->until_ms());
  scene.fire_due();
  EXPECT_EQ(week(scene)->state(), WEEK_STATE_SETTLED);
  EXPECT_EQ(scene.balance(scene.talent), 2 * hour_rate);
  EXPECT_EQ(scene.contract()->escrow(), 0U);
}

TEST(Hours, AreNamedOnceEachWhereTheyAreDisputed) {
  WorkScene scene;
  review_week(scene);
  EXPECT_EQ(scene.act(scene.client, hours_dispute({1, 1})), TX_STATUS_ENTRY_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.client, hours_dispute({1, 0})), TX_STATUS_ENTRY_NOT_FOUND);
}

TEST(Hours, UnderAmendedTermsBeginWithTheNextWeek) {
  WorkScene scene;
  fund_week(scene);
  must(scene.act(scene.talent, hourly_amendment(50 * usd, 600)));
  must(scene.act(scene.client, scene.agreement()));
  EXPECT_EQ(week(scene)->terms().rate(), hour_rate);
  scene.set_time(monday_ms);
  scene.fire_due();
  must(scene.act(scene.client, week_funding()));
  EXPECT_EQ(week(scene, 1)->terms().rate(), 50 * usd);
  EXPECT_EQ(week(scene, 1)->funded(), 500 * usd);
}

TEST(Hours, AndMilestonesAreAmendedEachInTheirOwnContract) {
  WorkScene hourly;
  sign_hourly(hourly);
  EXPECT_EQ(hourly.act(hourly.client, amendment({new_terms(0, 600 * usd)})),
            TX_STATUS_INVALID_TERMS);
  WorkScene fixed;
  fixed.sign();
  EXPECT_EQ(fixed.act(fixed.client, hourly_amendment(hour_rate, 60)), TX_STATUS_INVALID_TERMS);
  EXPECT_EQ(fixed.act(fixed.client, week_funding()), TX_STATUS_NOT_HOURLY);
}

TEST(Hours, OfAContractThatEndsAreReviewedAtOnceAndNothingElseStaysLocked) {
  WorkScene scene;
  log_some(scene);
  must(scene.act(scene.client, top_up(10'000 * usd)));
  EndContract end;
  end.set_contract(1);
  must(scene.act(scene.client, end));
  EXPECT_EQ(scene.contract()->state(), CONTRACT_STATE_ENDING);
  EXPECT_EQ(scene.contract()->hours().next_week_ms(), 0U);
  EXPECT_EQ(scene.act(scene.talent, hours_logged(scene, 5, 2)), TX_STATUS_WRONG_STATE);
  pass_week_clock(scene);
  EXPECT_EQ(scene.balance(scene.talent), 3 * hour_rate);
  EXPECT_EQ(scene.contract()->state(), CONTRACT_STATE_ENDED);
}

TEST(Hours, ArePutRightUntilNoonInPlaceOfWhatWasLogged) {
  WorkScene scene;
  log_some(scene);
  must(scene.act(scene.talent, hours_logged(scene, 30, 0)));
  EXPECT_EQ(week(scene)->minutes(), 90U);
  must(scene.act(scene.talent, hours_logged(scene, 0, 1)));
  EXPECT_EQ(week(scene)->minutes(), 30U);
  EXPECT_EQ(week(scene)->entries(1).minutes(), 0U);
}

TEST(Hours, HaveTermsThatCanBePaid) {
  struct Row {
    std::string_view what;
    std::uint64_t rate;
    std::uint32_t minutes;
    TxStatus status;
  };
  auto const most = std::numeric_limits<std::uint64_t>::max();
  Row const rows[] = {
      {"no time", hour_rate, 0, TX_STATUS_INVALID_WEEKLY_LIMIT},
      {"a week and a minute", hour_rate, 168 * 60 + 1, TX_STATUS_INVALID_WEEKLY_LIMIT},
      {"a whole week", hour_rate, 168 * 60, TX_STATUS_OK},
      {"nothing", 0, 60, TX_STATUS_AMOUNT_TOO_SMALL},
      {"less than a unit a minute", 59, 60, TX_STATUS_AMOUNT_TOO_SMALL},
      {"less than a milestone a week", 5 * usd - 1, 60, TX_STATUS_AMOUNT_TOO_SMALL},
      {"a milestone's least", 5 * usd, 60, TX_STATUS_OK},
      {"more than there can be", most, 60, TX_STATUS_AMOUNT_OVERFLOW},
      {"a fee beyond what there can be", most / 60, 60 * 60, TX_STATUS_AMOUNT_OVERFLOW},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.what);
    WorkScene scene;
    MakeOffer make;
    make.set_talent(scene.talent.str());
    *make.mutable_terms() = hourly_terms(row.rate, row.minutes);
    EXPECT_EQ(scene.act(scene.client, make), row.status);
  }
  WorkScene scene;
  MakeOffer both;
  both.set_talent(scene.talent.str());
  *both.mutable_terms() = terms_of({500 * usd});
  *both.mutable_terms()->mutable_hourly() = hourly_terms().hourly();
  EXPECT_EQ(scene.act(scene.client, both), TX_STATUS_INVALID_TERMS);
}

TEST(Hours, OfAWeekThatAnOutageCutsBeginOnMondayAgain) {
  constexpr std::uint64_t outage_ms = 3 * day_ms;
  WorkScene scene;
  EXPECT_EQ(scene.follow([](execution::Context& context) {
    EXPECT_EQ(next_monday(context).value(), monday_ms);
    context.set_counter("outage_ms", outage_ms);
    // On headers it is Monday 18 January 08:00 now.
    EXPECT_EQ(next_monday(context).value(), monday_ms + 7 * day_ms - outage_ms);
    return execution::Done{};
  }),
            TX_STATUS_OK);
  scene.set_time(monday_ms - outage_ms);
  EXPECT_EQ(scene.follow([](execution::Context& context) {
    EXPECT_EQ(next_monday(context).value(), monday_ms + 7 * day_ms - outage_ms)
        << "a Monday itself begins a week, and ends none";
    return execution::Done{};
  }),
            TX_STATUS_OK);
}

}  // namespace
}  // namespace work
