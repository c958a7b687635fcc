#include "wallet/next_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocol/bank/recovery_machine.h"
#include "protocol/justice/dispute_machine.h"
#include "protocol/justice/verdict_machine.h"
#include "protocol/justice/vetting_machine.h"
#include "protocol/talent/team_machine.h"
#include "protocol/work/contract_machine.h"
#include "protocol/work/feedback_machine.h"
#include "protocol/work/invitation_machine.h"
#include "protocol/work/job_machine.h"
#include "protocol/work/milestone_machine.h"
#include "protocol/work/offer_machine.h"
#include "protocol/work/proposal_machine.h"
#include "protocol/work/week_machine.h"
#include "tests/support/justice_scene.h"
#include "tests/support/work_scene.h"

namespace wallet {
namespace {

using namespace testing_support;
using testing::ElementsAre;
using testing::HasSubstr;

// Each act of a table that somebody does, or the block, with a record that is there; of feedback
// also those that bring it into being.
template <class Machine>
void expect_words(Machine const& machine) {
  for (auto const& row : machine.rows) {
    SCOPED_TRACE(machine.cause(row.act));
    auto const created = row.from == decltype(row.from){};
    if (created && machine.name != std::string_view{"feedback"}) continue;
    if (row.trigger == execution::Trigger::message) {
      EXPECT_TRUE(has_command(machine.name, row.act));
    }
    if (row.trigger == execution::Trigger::clock) {
      EXPECT_TRUE(has_outcome(machine.name, row.act));
    }
  }
}

TEST(NextSteps, HaveACommandForEveryActAndWordsForEveryClock) {
  expect_words(bank::recovery_machine());
  expect_words(talent::team_machine());
  expect_words(work::job_machine());
  expect_words(work::invitation_machine());
  expect_words(work::proposal_machine());
  expect_words(work::offer_machine());
  expect_words(work::contract_machine());
  expect_words(work::milestone_machine());
  expect_words(work::week_machine());
  expect_words(work::feedback_machine());
  expect_words(justice::dispute_machine());
  expect_words(justice::verdict_machine());
  expect_words(justice::vetting_machine());
}

NextSteps on_milestone_of(WorkScene const& scene, protocol::Address const& who,
                          std::uint64_t outages_ms = 0) {
  return next_steps(state::as_record(*scene.milestone()), state::as_record(*scene.contract()),
                    {.account = who,
                     .block_time = protocol::TimeMs{scene.now_ms() + outages_ms},
                     .outages_ms = outages_ms});
}

std::vector<std::string> commands(NextSteps const& next) {
  std::vector<std::string> all;
  for (auto const& step : next.steps) all.push_back(step.command);
  return all;
}

TEST(NextSteps, AreTypedAsTheyStandAndASplitIsNamedInFull) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  EXPECT_EQ(scene.act(scene.client, split_offer(200 * usd)), labor::v1::TX_STATUS_OK);
  EXPECT_THAT(commands(on_milestone_of(scene, scene.talent)),
              ElementsAre("labor milestone submit 1/0 --delivery HASH",
                          "labor milestone offer-split 1/0 AMOUNT",
                          "labor milestone agree-split 1/0 200.00 USD"));
}

TEST(NextSteps, WaitForWhoHasToAnswerAndForNobodyElse) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  EXPECT_TRUE(on_milestone_of(scene, scene.talent).waits());
  EXPECT_FALSE(on_milestone_of(scene, scene.client).waits());
  scene.submit();
  EXPECT_FALSE(on_milestone_of(scene, scene.talent).waits());
  EXPECT_TRUE(on_milestone_of(scene, scene.client).waits());
  EXPECT_FALSE(on_milestone_of(scene, scene.outsider).waits());
}

TEST(NextSteps, SayWhatSilenceDoesAndWhenInBlockTime) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  scene.submit();
  constexpr std::uint64_t outages_ms = 3 * day_ms;
  auto const next = on_milestone_of(scene, scene.client, outages_ms);
  ASSERT_TRUE(next.silence.has_value());
  EXPECT_EQ(next.silence->outcome, "the talent is paid");
  EXPECT_EQ(next.silence->at.value(), scene.now_ms() + 14 * day_ms + outages_ms);
  EXPECT_THAT(show(next, protocol::TimeMs{scene.now_ms() + outages_ms}),
              HasSubstr("If nobody acts, the talent is paid in 14 d: "));
  EXPECT_EQ(to_json(next).at("silence").at("outcome").as_string(), "the talent is paid");
}

NextSteps on_dispute_of(WorkScene const& scene, protocol::Address const& who) {
  labor::v1::Record record;
  *record.mutable_dispute() = *scene.dispute();
  return next_steps(record, {}, {.account = who, .block_time = protocol::TimeMs{scene.now_ms()}});
}

TEST(NextSteps, OfADisputeAreThoseOfItsSidesAndOfTheJurorsWhoSit) {
  WorkScene scene;
  open_case(scene);
  EXPECT_THAT(commands(on_dispute_of(scene, scene.talent)),
              ElementsAre("labor dispute answer 1 --statement HASH", "labor dispute concede 1"));
  EXPECT_TRUE(on_dispute_of(scene, scene.talent).waits());
  EXPECT_FALSE(on_dispute_of(scene, scene.client).waits());
  WorkScene later;
  seat_panel(later);
  EXPECT_THAT(commands(on_dispute_of(later, later.juror)),
              ElementsAre("labor juror commit 1 --award PERCENT"));
  EXPECT_TRUE(on_dispute_of(later, later.juror).waits());
  EXPECT_EQ(on_dispute_of(later, later.juror).silence->outcome, "the jurors reveal");
  EXPECT_THAT(commands(on_dispute_of(later, later.outsider)), ElementsAre());
}

TEST(NextSteps, AreNoneOfWhatNoTableMoves) {
  labor::v1::Record record;
  record.mutable_lock()->set_id(1);
  auto const next = next_steps(record, {}, {});
  EXPECT_TRUE(next.steps.empty());
  EXPECT_FALSE(next.silence.has_value());
  EXPECT_EQ(show(next, {}), "");
}

}  // namespace
}  // namespace wallet
