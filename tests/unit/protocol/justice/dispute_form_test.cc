// What is refused before any row of a table is asked, and what a block must know of its work.

#include <gtest/gtest.h>

#include "protocol/justice/dispute.h"
#include "tests/support/justice_scene.h"

namespace justice {
namespace {

using namespace labor::v1;        // Statuses and messages by name.
using namespace testing_support;  // The words of the scene.

TEST(DisputeForm, NamesADisputeThatThereIs) {
  WorkScene scene;
  EXPECT_EQ(scene.act(scene.client, dispute_answer()), TX_STATUS_DISPUTE_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.client, dispute_evidence()), TX_STATUS_DISPUTE_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.client, dispute_split(1)), TX_STATUS_DISPUTE_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.client, dispute_agreement(1)), TX_STATUS_DISPUTE_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.client, on_dispute<WithdrawDisputeSplit>()),
            TX_STATUS_DISPUTE_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.client, on_dispute<ConcedeDispute>()), TX_STATUS_DISPUTE_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.client, on_dispute<AppealDispute>()), TX_STATUS_DISPUTE_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.client, verdict_reveal(1)), TX_STATUS_DISPUTE_NOT_FOUND);
}

TEST(DisputeForm, IsOpenedAboutAMilestoneThatThereIsByWhoCanPayItsJurors) {
  WorkScene scene;
  EXPECT_EQ(scene.act(scene.client, dispute_opening()), TX_STATUS_CONTRACT_NOT_FOUND);
  scene.sign();
  EXPECT_EQ(scene.act(scene.client, dispute_opening(9)), TX_STATUS_MILESTONE_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.client, dispute_opening()), TX_STATUS_MILESTONE_NOT_FUNDED);
  scene.fund();
  scene.submit();
  EXPECT_EQ(scene.act(scene.talent, dispute_opening()), TX_STATUS_INSUFFICIENT_BALANCE);
  EXPECT_FALSE(scene.dispute().has_value());
}

TEST(DisputeForm, HasHashesOf32BytesAndAwardsOfUpTo100) {
  WorkScene scene;
  seat_panel(scene);
  auto opening = dispute_opening();
  opening.set_reason_hash("short");
  EXPECT_EQ(scene.act(scene.client, opening), TX_STATUS_INVALID_HASH);
  auto answer = dispute_answer();
  answer.set_statement_hash("");
  EXPECT_EQ(scene.act(scene.client, answer), TX_STATUS_INVALID_HASH);
  auto evidence = dispute_evidence();
  evidence.set_evidence_hash("short");
  EXPECT_EQ(scene.act(scene.client, evidence), TX_STATUS_INVALID_HASH);
  auto commitment = on_dispute<CommitVerdict>();
  commitment.set_commitment("short");
  EXPECT_EQ(scene.act(scene.juror, commitment), TX_STATUS_INVALID_HASH);
  EXPECT_EQ(scene.act(scene.juror, verdict_reveal(101)), TX_STATUS_INVALID_AWARD);
  EXPECT_EQ(scene.act(scene.client, verdict_exposure(scene.juror, 101)), TX_STATUS_INVALID_AWARD);
  EXPECT_EQ(scene.act(scene.client, verdict_exposure(scene.client, 1)), TX_STATUS_NOT_ON_PANEL);
}

TEST(DisputeWork, OfADrawIsEveryJurorThatItMayLookAt) {
  WorkScene scene;
  await_panel(scene, 20);
  auto const dispute = *scene.dispute();
  scene.set_time(dispute.until_ms());
  std::size_t looked_at = 0;
  (void)scene.follow([&](execution::Context& context) -> execution::Done {
    auto const done = fire(context, dispute);
    looked_at = context.looked_at();
    return done;
  });
  EXPECT_EQ(looked_at, 20u);
}

TEST(DisputeWork, OfAnAppealThatWhoeverMayNotMakeIsNone) {
  WorkScene scene;
  rule(scene, {60, 60, 60}, 10);
  AppealDispute const message = on_dispute<AppealDispute>();
  execution::Done refused;
  (void)scene.follow([&](execution::Context& context) -> execution::Done {
    refused = apply(context, message);  // By nobody.
    EXPECT_EQ(context.looked_at(), 0u);
    return {};
  });
  EXPECT_FALSE(refused.has_value());
}

}  // namespace
}  // namespace justice
