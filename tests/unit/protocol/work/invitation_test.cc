// Who may propose where only who is invited may, and what an invitation is worth.

#include <gtest/gtest.h>

#include "tests/support/work_scene.h"

namespace work {
namespace {

using namespace labor::v1;        // Messages and statuses by name.
using namespace testing_support;  // And are written in the words of the scene.

class InvitationTest : public testing::Test {
 protected:
  TxStatus post(bool invited_only) {
    PostJob post;
    *post.mutable_details() = job_details();
    post.set_invited_only(invited_only);
    return scene.act(scene.client, post);
  }
  TxStatus invite(std::uint64_t job, protocol::Address const& who) {
    InviteTalent message;
    message.set_job(job);
    message.set_talent(who.str());
    return scene.act(scene.client, message);
  }
  TxStatus propose(std::uint64_t job) {
    SubmitProposal message;
    message.set_job(job);
    message.set_summary("Gladly");
    message.set_amount(800 * usd);
    return scene.act(scene.talent, message);
  }

  WorkScene scene;
};

TEST_F(InvitationTest, IsRefusedForWhomItNames) {
  ASSERT_EQ(post(true), TX_STATUS_OK);
  InviteTalent message;
  message.set_job(1);
  EXPECT_EQ(scene.act(scene.client, message), TX_STATUS_INVALID_ADDRESS);
  EXPECT_EQ(invite(7, scene.talent), TX_STATUS_JOB_NOT_FOUND);
  EXPECT_EQ(invite(1, scene.outsider), TX_STATUS_PROFILE_NOT_FOUND);
  CreateProfile create;
  *create.mutable_details() = profile_details();
  ASSERT_EQ(scene.act(scene.client, create), TX_STATUS_OK);
  EXPECT_EQ(invite(1, scene.client), TX_STATUS_OWN_JOB);
  ASSERT_EQ(invite(1, scene.talent), TX_STATUS_OK);
  EXPECT_EQ(invite(1, scene.talent), TX_STATUS_INVITATION_EXISTS);
}

TEST_F(InvitationTest, OpensAJobThatIsForThoseWhoAreInvitedOnce) {
  ASSERT_EQ(post(true), TX_STATUS_OK);
  EXPECT_EQ(propose(1), TX_STATUS_NOT_INVITED);
  ASSERT_EQ(invite(1, scene.talent), TX_STATUS_OK);
  EXPECT_EQ(propose(1), TX_STATUS_OK);
  EXPECT_TRUE(scene.proposal()->invited());
  ASSERT_EQ(scene.act(scene.talent, on_proposal<WithdrawProposal>()), TX_STATUS_OK);
  EXPECT_EQ(propose(1), TX_STATUS_NOT_INVITED) << "it was answered";
}

TEST_F(InvitationTest, TakesNoneOfTheTwentyPlacesAndHasThirtyOfItsOwn) {
  for (std::uint64_t job = 1; job <= 21; ++job) ASSERT_EQ(post(false), TX_STATUS_OK);
  for (std::uint64_t job = 1; job <= 20; ++job) ASSERT_EQ(propose(job), TX_STATUS_OK);
  ASSERT_EQ(propose(21), TX_STATUS_TOO_MANY_PROPOSALS);
  ASSERT_EQ(invite(21, scene.talent), TX_STATUS_OK);
  EXPECT_EQ(propose(21), TX_STATUS_OK);
  ASSERT_EQ(scene.act(scene.client, on_job<CloseJob>()), TX_STATUS_OK);  // 50 may be open.
  for (std::uint64_t job = 22; job <= 51; ++job) {
    ASSERT_EQ(post(true), TX_STATUS_OK);
    ASSERT_EQ(invite(job, scene.talent), TX_STATUS_OK);
    ASSERT_EQ(propose(job), job < 51 ? TX_STATUS_OK : TX_STATUS_TOO_MANY_PROPOSALS);
  }
}

}  // namespace
}  // namespace work
