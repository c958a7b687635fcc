// What a pause stops, and what it does not.

#include <gtest/gtest.h>

#include "tests/support/hours_scene.h"
#include "tests/support/must.h"

namespace work {
namespace {

using namespace labor::v1;        // The tests name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.

template <class M>
M on_contract() {
  M message;
  message.set_contract(1);
  return message;
}

TEST(Pause, OfTheClientMovesTheDayDueByAsLongAsItLasts) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  auto const due_ms = scene.milestone()->due_at_ms();
  auto const overdue_ms = scene.milestone()->overdue_at_ms();
  EXPECT_EQ(scene.act(scene.client, on_contract<ResumeContract>()), TX_STATUS_CONTRACT_NOT_PAUSED);
  must(scene.act(scene.client, on_contract<PauseContract>()));
  EXPECT_EQ(scene.milestone()->due_at_ms(), due_ms + 30 * day_ms);
  scene.wait(10 * day_ms);
  must(scene.act(scene.client, on_contract<ResumeContract>()));
  EXPECT_EQ(scene.milestone()->due_at_ms(), due_ms + 10 * day_ms);
  EXPECT_EQ(scene.milestone()->overdue_at_ms(), overdue_ms + 10 * day_ms);
  EXPECT_EQ(scene.milestone()->paused_ms(), 0U);
  EXPECT_EQ(scene.contract()->pause().spent_ms(), 10 * day_ms);

  must(scene.act(scene.client, on_contract<PauseContract>()));
  EXPECT_EQ(scene.contract()->pause().until_ms(), scene.now_ms() + 20 * day_ms);
  scene.wait(20 * day_ms);
  scene.fire_due();
  EXPECT_EQ(scene.contract()->state(), CONTRACT_STATE_ACTIVE);
  EXPECT_EQ(scene.milestone()->due_at_ms(), due_ms + 30 * day_ms);
  EXPECT_EQ(scene.act(scene.client, on_contract<PauseContract>()), TX_STATUS_NO_PAUSE_LEFT);
}

TEST(Pause, OfTheTalentLeavesTheDayDueWhereItIs) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  auto const due_ms = scene.milestone()->due_at_ms();
  must(scene.act(scene.talent, on_contract<PauseContract>()));
  EXPECT_EQ(scene.milestone()->due_at_ms(), due_ms);
  scene.wait(10 * day_ms);
  must(scene.act(scene.talent, on_contract<ResumeContract>()));
  EXPECT_EQ(scene.milestone()->due_at_ms(), due_ms);
}

TEST(Pause, TouchesNoClockOfWhatWasDeliveredMeanwhile) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  must(scene.act(scene.client, on_contract<PauseContract>()));
  scene.submit();
  auto const review_ms = scene.milestone()->review_until_ms();
  scene.wait(day_ms);
  must(scene.act(scene.client, on_contract<ResumeContract>()));
  EXPECT_EQ(scene.milestone()->review_until_ms(), review_ms);
  EXPECT_EQ(scene.milestone()->overdue_at_ms(), 0U);
}

TEST(Pause, LeavesWhatWasFundedMeanwhileItsDays) {
  WorkScene scene;
  scene.sign();
  must(scene.act(scene.client, on_contract<PauseContract>()));
  scene.fund();
  auto const due_ms = scene.milestone()->due_at_ms();
  scene.wait(day_ms);
  must(scene.act(scene.client, on_contract<ResumeContract>()));
  EXPECT_EQ(scene.milestone()->due_at_ms(), due_ms);
}

TEST(Pause, EndsWithTheContractAndTakesBackTheDaysThatWereNotUsed) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  auto const due_ms = scene.milestone()->due_at_ms();
  must(scene.act(scene.client, on_contract<PauseContract>()));
  scene.wait(3 * day_ms);
  must(scene.act(scene.client, on_contract<EndContract>()));
  EXPECT_EQ(scene.contract()->state(), CONTRACT_STATE_ENDING);
  EXPECT_EQ(scene.contract()->pause().until_ms(), 0U);
  EXPECT_EQ(scene.milestone()->due_at_ms(), due_ms + 3 * day_ms);
  EXPECT_NE(scene.milestone()->refund_asked_until_ms(), 0U);
}

TEST(Pause, StopsHoursButNotTheLoggingOfThoseBefore) {
  WorkScene scene;
  fund_week(scene);
  must(scene.act(scene.talent, on_contract<PauseContract>()));
  scene.wait(5 * hour_length_ms);
  auto late = hours_logged(scene, 60);
  must(scene.act(scene.talent, late));
  late.set_ended_at_ms(late.ended_at_ms() + 1);
  late.set_entry(1);
  EXPECT_EQ(scene.act(scene.talent, late), TX_STATUS_CONTRACT_PAUSED);
  EXPECT_EQ(scene.act(scene.client, week_funding()), TX_STATUS_CONTRACT_PAUSED);
}

TEST(Pause, LetsNoWeekLockByItselfUntilItIsOver) {
  WorkScene scene;
  sign_hourly(scene);
  must(scene.act(scene.client, top_up(10'000 * usd)));
  must(scene.act(scene.talent, on_contract<PauseContract>()));
  scene.wait(10 * day_ms);
  scene.fire_due();
  EXPECT_EQ(scene.contract()->hours().weeks(), 0U);
  must(scene.act(scene.talent, on_contract<ResumeContract>()));
  scene.wait(7 * day_ms);
  scene.fire_due();
  EXPECT_EQ(scene.contract()->hours().weeks(), 1U);
}

}  // namespace
}  // namespace work
