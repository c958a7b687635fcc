#include "protocol/work/next_actions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/work_scene.h"

namespace work {
namespace {

using namespace labor::v1;
using namespace testing_support;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string_view> acts_of(NextActions const& next) {
  std::vector<std::string_view> acts;
  for (auto const& action : next.actions) acts.push_back(action.act);
  return acts;
}

NextActions on_first_milestone(WorkScene const& scene, protocol::Address const& who) {
  return next_actions(*scene.milestone(), *scene.contract(), who, protocol::TimeMs{scene.now_ms()});
}

TEST(NextActions, EachSideOfAMilestoneSeesItsOwn) {
  WorkScene scene;
  scene.sign();
  EXPECT_THAT(acts_of(on_first_milestone(scene, scene.client)), ElementsAre("fund"));
  EXPECT_THAT(acts_of(on_first_milestone(scene, scene.talent)), IsEmpty());
  scene.fund();
  EXPECT_THAT(acts_of(on_first_milestone(scene, scene.client)),
              ElementsAre("release", "request_refund", "offer_split"));
  EXPECT_THAT(acts_of(on_first_milestone(scene, scene.talent)),
              ElementsAre("submit", "offer_split"));
  scene.submit();
  EXPECT_THAT(acts_of(on_first_milestone(scene, scene.client)),
              ElementsAre("request_changes", "accept", "release", "offer_split", "dispute"));
  EXPECT_THAT(acts_of(on_first_milestone(scene, scene.outsider)), IsEmpty());
}

TEST(NextActions, ASplitIsAnsweredByTheOtherSideAndWithdrawnByItsOwn) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  EXPECT_EQ(scene.act(scene.client, split_offer(usd)), TX_STATUS_OK);
  EXPECT_THAT(acts_of(on_first_milestone(scene, scene.client)),
              ElementsAre("release", "request_refund", "offer_split", "withdraw_split"));
  EXPECT_THAT(acts_of(on_first_milestone(scene, scene.talent)),
              ElementsAre("submit", "offer_split", "agree_split"));
}

TEST(NextActions, SaysWhatTheBlockDoesIfNobodyActs) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  auto const overdue = protocol::TimeMs{scene.now_ms() + 32 * day_ms};
  EXPECT_EQ(on_first_milestone(scene, scene.client).block,
            (execution::BlockAct{"overdue", overdue}));
  EXPECT_EQ(scene.act(scene.client, on_milestone<RequestRefund>()), TX_STATUS_OK);
  auto const silence = protocol::TimeMs{scene.now_ms() + 7 * day_ms};
  EXPECT_EQ(on_first_milestone(scene, scene.talent).block,
            (execution::BlockAct{"refund_unanswered", silence}));
}

TEST(NextActions, NobodyMayActOnceTheBlockIsDue) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  scene.submit();
  scene.wait(14 * day_ms);
  EXPECT_THAT(acts_of(on_first_milestone(scene, scene.client)), IsEmpty());
  scene.fire_due();
  EXPECT_EQ(on_first_milestone(scene, scene.client).block, std::nullopt);
}

TEST(NextActions, FollowsAnOfferFromSideToSide) {
  WorkScene scene;
  scene.make_offer();
  auto const seen_by = [&](protocol::Address const& who) {
    return acts_of(next_actions(*scene.offer(), who, protocol::TimeMs{scene.now_ms()}));
  };
  EXPECT_THAT(seen_by(scene.talent), ElementsAre("counter", "accept", "decline"));
  EXPECT_THAT(seen_by(scene.client), ElementsAre("withdraw"));
  EXPECT_THAT(seen_by(scene.outsider), IsEmpty());
}

TEST(NextActions, AProposalDeclinedWithAllOthersIsOver) {
  WorkScene scene;
  scene.propose();
  EXPECT_EQ(scene.act(scene.client, on_job<DeclineAllProposals>()), TX_STATUS_OK);
  auto const next =
      next_actions(*scene.proposal(), *scene.job(), scene.talent, protocol::TimeMs{scene.now_ms()});
  EXPECT_THAT(next.actions, IsEmpty());
  EXPECT_EQ(next.block->act, "declined");
}

TEST(NextActions, EndsWithTheJobAndTheContract) {
  WorkScene scene;
  scene.sign();
  auto const now = protocol::TimeMs{scene.now_ms()};
  EXPECT_THAT(acts_of(next_actions(*scene.contract(), scene.talent, now)),
              ElementsAre("offer_amendment", "pause", "end"));
  EXPECT_THAT(acts_of(next_actions(*scene.contract(), scene.client, now)),
              ElementsAre("offer_amendment", "pause", "end", "bonus"));
  EXPECT_THAT(acts_of(next_actions(*scene.job(), scene.client, now)), IsEmpty());
}

}  // namespace
}  // namespace work
