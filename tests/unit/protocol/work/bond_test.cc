// What a client puts down for applicants who get no answer, and who has it in the end.

#include "protocol/work/bond.h"

#include <gtest/gtest.h>

#include "tests/support/work_scene.h"

namespace work {
namespace {

using namespace labor::v1;        // Messages and statuses by name.
using namespace testing_support;  // And are written in the words of the scene.

constexpr std::uint64_t bond = 100 * usd;
constexpr std::uint64_t a_part = 5 * usd;  // A twentieth.

class BondTest : public testing::Test {
 protected:
  BondTest() : before{scene.balance(scene.client)} { scene.post_job(bond); }

  // Another applicant, with a profile; attested or not.
  protocol::Address applicant(std::uint8_t byte, bool attested) {
    auto const who = address(byte);
    CreateProfile create;
    *create.mutable_details() = profile_details();
    EXPECT_EQ(scene.act(who, create), TX_STATUS_OK);
    EXPECT_EQ(scene.act(who, PublishProfile{}), TX_STATUS_OK);
    if (attested) scene.identify(who);
    auto message = on_job<SubmitProposal>();
    message.set_summary("Me");
    message.set_amount(usd);
    EXPECT_EQ(scene.act(who, message), TX_STATUS_OK);
    return who;
  }
  void wait_days(std::uint64_t days) {
    scene.wait(days * day_ms);
    scene.fire_due();
  }

  WorkScene scene;
  std::uint64_t before;
};

TEST_F(BondTest, IsTakenWhenTheJobIsPostedAndRefusedWhereItIsTooSmallOrNotThere) {
  EXPECT_EQ(scene.balance(scene.client), before - bond);
  EXPECT_EQ(scene.job()->bond_held(), bond);
  PostJob post;
  *post.mutable_details() = job_details();
  post.set_bond(1);
  EXPECT_EQ(scene.act(scene.client, post), TX_STATUS_AMOUNT_TOO_SMALL);
  post.set_bond(before);
  EXPECT_EQ(scene.act(scene.client, post), TX_STATUS_INSUFFICIENT_BALANCE);
  post.set_bond(~std::uint64_t{0});
  EXPECT_EQ(scene.act(scene.client, post), TX_STATUS_INSUFFICIENT_BALANCE);
}

TEST_F(BondTest, ComesBackWhereEverybodyIsAnswered) {
  auto const who = applicant(1, true);
  ASSERT_EQ(scene.act(scene.client, on_job<DeclineAllProposals>()), TX_STATUS_OK);
  ASSERT_EQ(scene.act(scene.client, on_job<CloseJob>()), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(scene.client), before);
  wait_days(20);
  EXPECT_EQ(scene.balance(who), 0u) << "a decline is an answer";
}

TEST_F(BondTest, PaysATwentiethToEachAttestedApplicantLeftWithoutAnAnswerAndNothingToFakes) {
  auto const real = applicant(1, true);
  for (std::uint8_t fake = 0x80; fake < 0xA8; ++fake) applicant(fake, false);
  auto const second = applicant(2, true);
  wait_days(14);
  EXPECT_EQ(scene.balance(real), a_part);
  EXPECT_EQ(scene.balance(second), a_part) << "forty fakes before it change nothing";
  EXPECT_EQ(scene.balance(address(0x80)), 0u);
  EXPECT_EQ(scene.job()->bond_held(), bond - 2 * a_part);
  wait_days(16);
  EXPECT_EQ(scene.job()->state(), JOB_STATE_EXPIRED);
  EXPECT_EQ(scene.balance(scene.client), before - 2 * a_part);
}

TEST_F(BondTest, IsUsedUpByTwentyAndTheTwentyFirstHasNothing) {
  std::vector<protocol::Address> all;
  for (std::uint8_t who = 1; who <= 0x0E; ++who) all.push_back(applicant(who, true));
  for (std::uint8_t who = 0x30; who < 0x37; ++who) all.push_back(applicant(who, true));
  ASSERT_EQ(all.size(), 21u);
  wait_days(14);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(scene.balance(all[i]), i < 20 ? a_part : 0u) << i;
  }
  EXPECT_EQ(scene.job()->bond_held(), 0u);
}

TEST_F(BondTest, WaitsForTheLastProposalOfAJobThatExpires) {
  wait_days(20);
  auto const late = applicant(1, true);
  auto const quits = applicant(2, true);
  wait_days(10);
  ASSERT_EQ(scene.job()->state(), JOB_STATE_EXPIRED);
  EXPECT_EQ(scene.job()->bond_held(), bond);
  WithdrawProposal withdraw;
  withdraw.set_proposal(2);
  ASSERT_EQ(scene.act(quits, withdraw), TX_STATUS_OK);
  EXPECT_EQ(scene.job()->bond_held(), bond);
  wait_days(4);
  EXPECT_EQ(scene.balance(late), a_part);
  EXPECT_EQ(scene.balance(quits), 0u);
  EXPECT_EQ(scene.job()->bond_held(), 0u);
  EXPECT_EQ(scene.balance(scene.client), before - a_part);
}

}  // namespace
}  // namespace work
