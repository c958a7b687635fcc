// When a verdict is committed to and revealed, and when it is not.

#include <gtest/gtest.h>

#include "tests/support/justice_scene.h"

namespace justice {
namespace {

using namespace labor::v1;        // The tests name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.

TEST(Verdict, IsCommittedToAndRevealedInTheDaysForItAndOnce) {
  WorkScene scene;
  seat_panel(scene);
  EXPECT_EQ(scene.act(scene.juror, verdict_reveal(60)), TX_STATUS_VERDICT_GIVEN)
      << "there is nothing to reveal";
  commit_verdicts(scene, {60, 60, 60});
  EXPECT_EQ(scene.act(scene.juror, verdict(scene, scene.juror, 70)), TX_STATUS_VERDICT_GIVEN);
  EXPECT_EQ(scene.act(scene.juror, verdict_reveal(60)), TX_STATUS_NOT_REVEALING);
  next_step(scene);
  EXPECT_EQ(scene.act(scene.juror, verdict(scene, scene.juror, 70)), TX_STATUS_VERDICT_GIVEN);
  EXPECT_EQ(scene.act(scene.juror, verdict_reveal(61)), TX_STATUS_VERDICT_MISMATCH);
  EXPECT_EQ(scene.act(scene.juror, verdict_reveal(60)), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.juror, verdict_reveal(60)), TX_STATUS_VERDICT_GIVEN);
}

TEST(Verdict, IsNotWaitedForOnceTheDisputeIsOver) {
  WorkScene scene;
  seat_panel(scene);
  ASSERT_EQ(scene.act(scene.client, dispute_split(usd)), TX_STATUS_OK);
  ASSERT_EQ(scene.act(scene.talent, dispute_agreement(usd)), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.client, dispute_split(usd)), TX_STATUS_DISPUTE_OVER);
  EXPECT_EQ(scene.act(scene.juror, verdict(scene, scene.juror, 70)), TX_STATUS_NOT_VOTING);
}

}  // namespace
}  // namespace justice
