// A dispute's fee on loan: who is lent it, and what comes back. Amounts as in
// dispute_money_test.cc.

#include "protocol/justice/loan.h"

#include <gtest/gtest.h>

#include "protocol/work/contribution.h"
#include "tests/support/justice_scene.h"

namespace justice {
namespace {

using namespace labor::v1;        // Statuses and states by name.
using namespace testing_support;  // The words of the scene.

constexpr std::uint64_t claim = 500 * usd;
constexpr std::uint64_t fees = 3 * seat_fee;
constexpr std::uint64_t treasury_had = 1000 * usd;

Contribution contribution(WorkScene const& scene) {
  return work::contribution_of(scene.state(), scene.talent);
}

void contribute(WorkScene& scene, std::uint64_t amount, std::uint64_t lost = 0) {
  auto now = contribution(scene);
  now.set_fees(amount);
  now.set_lost(lost);
  scene.put(now);
}

OpenDispute on_loan() {
  auto message = dispute_opening();
  message.set_on_loan(true);
  return message;
}

// The talent, a person without money who has brought 100 USD of fees, has delivered.
void before_loan(WorkScene& scene) {
  add_validators(scene);
  add_jurors(scene, 3);
  scene.sign();
  scene.fund();
  scene.submit();
  scene.identify(scene.talent);
  scene.set_treasury(treasury_had);
  contribute(scene, 100 * usd);
}

void borrow(WorkScene& scene) {
  before_loan(scene);
  ASSERT_EQ(scene.act(scene.talent, on_loan()), TX_STATUS_OK);
}

void rule_on_loan(WorkScene& scene, std::uint32_t award) {
  borrow(scene);
  ASSERT_EQ(scene.act(scene.client, dispute_answer()), TX_STATUS_OK);
  next_step(scene);  // Settling.
  next_step(scene);  // Evidence.
  reveal_all(scene);
  next_step(scene);
  commit_verdicts(scene, {award, award, award});
  reveal_verdicts(scene, {award, award, award});
  next_step(scene);
  next_step(scene);
  ASSERT_EQ(scene.dispute()->state(), DISPUTE_STATE_FINAL);
}

TEST(Loan, IsPutDownByTheTreasuryForWhoHasNothing) {
  WorkScene scene;
  borrow(scene);
  EXPECT_EQ(scene.balance(scene.talent), 0u);
  EXPECT_EQ(scene.treasury(), treasury_had - fees);
  EXPECT_EQ(scene.dispute()->panels(0).held(), fees);
  EXPECT_EQ(scene.dispute()->panels(0).lent(), fees);
  EXPECT_EQ(contribution(scene).lent_at_ms(), scene.now_ms());
}

TEST(Loan, ComesBackWholeWhereNoJurorIsPaid) {
  WorkScene scene;
  borrow(scene);
  next_step(scene);  // Nobody answers: the talent has the claim, the treasury its fee and the loan.
  EXPECT_EQ(scene.balance(scene.talent), claim);
  EXPECT_EQ(scene.treasury(), treasury_had + claim / 10);
  EXPECT_EQ(scene.dispute()->panels(0).lent(), 0u);
  EXPECT_EQ(contribution(scene).lost(), 0u);
}

TEST(Loan, ComesBackFromWhatEachSideHasOfTheClaim) {
  WorkScene scene;
  rule_on_loan(scene, 60);
  auto const by_client = fees * 6 / 10;
  EXPECT_EQ(scene.balance(scene.talent), claim * 6 / 10 - (fees - by_client));
  EXPECT_EQ(scene.balance(scene.client),
            1'000'000 * usd - claim * 6 / 10 - claim * 6 / 100 - by_client);
  EXPECT_EQ(scene.treasury(), treasury_had + claim * 6 / 100);
  EXPECT_EQ(contribution(scene).lost(), 0u);
}

TEST(Loan, IsLostAsFarAsTheBorrowerGetsNothingAndLeavesLessToBorrow) {
  WorkScene scene;
  rule_on_loan(scene, 0);
  EXPECT_EQ(scene.balance(scene.talent), 0u);
  EXPECT_EQ(scene.treasury(), treasury_had - fees);
  EXPECT_EQ(contribution(scene).lost(), fees);
  EXPECT_EQ(scene.dispute()->panels(0).lent(), 0u);
}

TEST(Loan, IsForDeliveredWorkOfAPersonOnceIn90DaysWithinWhatTheyBrought) {
  struct Case {
    std::string_view what;
    void (*change)(WorkScene&);
    TxStatus status;
  };
  for (auto const& [what, change, status] : std::vector<Case>{
           {"within", [](WorkScene& scene) { contribute(scene, fees); }, TX_STATUS_OK},
           {"too little brought", [](WorkScene& scene) { contribute(scene, fees - 1); },
            TX_STATUS_LOAN_TOO_LARGE},
           {"too much lost", [](WorkScene& scene) { contribute(scene, 100 * usd, 76 * usd); },
            TX_STATUS_LOAN_TOO_LARGE},
           {"an empty treasury", [](WorkScene& scene) { scene.set_treasury(fees - 1); },
            TX_STATUS_LOAN_NOT_FUNDED},
           {"lent a moment less than 90 days ago",
            [](WorkScene& scene) {
              auto now = contribution(scene);
              now.set_lent_at_ms(scene.now_ms() - 90 * day_ms + 1);
              scene.put(now);
            },
            TX_STATUS_LOAN_TOO_SOON},
           {"lent 90 days ago",
            [](WorkScene& scene) {
              auto now = contribution(scene);
              now.set_lent_at_ms(scene.now_ms() - 90 * day_ms);
              scene.put(now);
            },
            TX_STATUS_OK},
       }) {
    SCOPED_TRACE(what);
    WorkScene scene;
    before_loan(scene);
    change(scene);
    EXPECT_EQ(scene.act(scene.talent, on_loan()), status);
  }
}

TEST(Loan, IsNotForWhoIsNoPerson) {
  WorkScene scene;
  add_validators(scene);
  scene.sign();
  scene.fund();
  scene.submit();
  scene.set_treasury(treasury_had);
  contribute(scene, 100 * usd);
  EXPECT_EQ(scene.act(scene.talent, on_loan()), TX_STATUS_NOT_ATTESTED);
}

TEST(Loan, IsNotForWorkThatWasNeverDelivered) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  scene.identify(scene.talent);
  scene.set_treasury(treasury_had);
  contribute(scene, 100 * usd);
  EXPECT_EQ(scene.act(scene.client, on_milestone<RequestRefund>()), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.talent, on_milestone<RefuseRefund>()), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.talent, on_loan()), TX_STATUS_NOTHING_DELIVERED);
}

}  // namespace
}  // namespace justice
