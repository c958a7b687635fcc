#include "protocol/bank/closing.h"

#include <gtest/gtest.h>

#include "tests/support/justice_scene.h"
#include "tests/support/work_scene.h"

namespace bank {
namespace {

using namespace labor::v1;        // Messages and statuses by name.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

class ClosingTest : public testing::Test {
 protected:
  TxStatus close(Address const& who) {
    CloseAccount message;
    message.set_to(scene.outsider.str());
    return scene.act(who, message);
  }
  TxStatus pay(Address const& from, Address const& to, std::uint64_t amount) {
    Transfer message;
    message.set_to(to.str());
    message.set_asset(ASSET_USD);
    message.set_amount(amount);
    return scene.act(from, message);
  }

  WorkScene scene;
};

TEST_F(ClosingTest, SendsWhatIsFreeAndDoesNothingElseFromThenOn) {
  scene.set_balance(scene.client, 70 * usd);
  ASSERT_EQ(close(scene.client), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(scene.client), 0u);
  EXPECT_EQ(scene.balance(scene.outsider), 70 * usd);
  PostJob job;
  *job.mutable_details() = job_details();
  EXPECT_EQ(scene.act(scene.client, job), TX_STATUS_ACCOUNT_CLOSED);
  EXPECT_EQ(close(scene.client), TX_STATUS_ACCOUNT_CLOSED);
}

TEST_F(ClosingTest, WhatReachesItStillIsNotLostAndItOpensAgain) {
  ASSERT_EQ(close(scene.client), TX_STATUS_OK);
  ASSERT_EQ(pay(scene.outsider, scene.client, 5 * usd), TX_STATUS_OK);
  EXPECT_EQ(pay(scene.client, scene.talent, 2 * usd), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.client, ReopenAccount{}), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.client, ReopenAccount{}), TX_STATUS_ACCOUNT_OPEN);
  PostJob job;
  *job.mutable_details() = job_details();
  EXPECT_EQ(scene.act(scene.client, job), TX_STATUS_OK);
}

TEST_F(ClosingTest, IsRefusedForWhateverHangsOnIt) {
  struct Case {
    char const* name;
    void (*arrange)(WorkScene& its);
    TxStatus want;
  };
  Case const cases[] = {
      {"a profile",
       [](WorkScene& its) {
         CreateProfile create;
         *create.mutable_details() = profile_details();
         EXPECT_EQ(its.act(its.client, create), TX_STATUS_OK);
       },
       TX_STATUS_PROFILE_NOT_CLOSED},
      {"money in escrow",
       [](WorkScene& its) {
         its.sign();
         its.fund();
       },
       TX_STATUS_ACCOUNT_HAS_WORK},
      {"an open job", [](WorkScene& its) { its.post_job(); }, TX_STATUS_ACCOUNT_HAS_WORK},
      {"an open offer", [](WorkScene& its) { its.make_offer(); }, TX_STATUS_ACCOUNT_HAS_WORK},
      {"a lock",
       [](WorkScene& its) {
         auto account = Account{};
         account.set_address(its.client.str());
         account.set_locked(7);
         its.put(account);
       },
       TX_STATUS_ACCOUNT_HAS_LOCKS},
      {"a stake",
       [](WorkScene& its) {
         add_jurors(its, 1);
         its.set_balance(its.client, 7);
         Juror juror;
         juror.set_account(its.client.str());
         juror.set_asset(ASSET_USD);
         its.put(juror);
         StakeAsJuror stake;
         stake.set_amount(7);
         EXPECT_EQ(its.act(its.client, stake), TX_STATUS_OK);
       },
       TX_STATUS_ACCOUNT_HAS_STAKE},
      {"grants",
       [](WorkScene& its) {
         Vesting vesting;
         vesting.set_account(its.client.str());
         vesting.add_grants();
         its.put(vesting);
       },
       TX_STATUS_ACCOUNT_HAS_GRANTS},
  };
  for (auto const& refused : cases) {
    SCOPED_TRACE(refused.name);
    WorkScene its;
    refused.arrange(its);
    CloseAccount message;
    message.set_to(its.outsider.str());
    auto const before = its.balance(its.client);
    EXPECT_EQ(its.act(its.client, message), refused.want);
    EXPECT_EQ(its.balance(its.client), before);
  }
  CloseAccount message;
  message.set_to("short");
  EXPECT_EQ(scene.act(scene.client, message), TX_STATUS_INVALID_ADDRESS);
  message.set_to(scene.client.str());
  EXPECT_EQ(scene.act(scene.client, message), TX_STATUS_SAME_ACCOUNT);
}

TEST_F(ClosingTest, IsRefusedToATalentWhoseMoneyIsInEscrow) {
  scene.sign();
  scene.fund();
  ASSERT_EQ(scene.act(scene.talent, CloseProfile{}), TX_STATUS_OK);
  EXPECT_EQ(close(scene.talent), TX_STATUS_ACCOUNT_HAS_WORK);
  scene.submit();
  scene.wait(14 * day_ms);
  scene.fire_due();
  EXPECT_EQ(scene.balance(scene.talent), 500 * usd) << "silence has paid, and the contract goes on";
  EXPECT_EQ(close(scene.talent), TX_STATUS_ACCOUNT_HAS_WORK);
}

TEST_F(ClosingTest, NobodyActsForAClosedAccount) {
  Mandate mandate;
  mandate.set_account(scene.client.str());
  mandate.set_holder(scene.outsider.str());
  mandate.add_scopes(MANDATE_SCOPE_POST);
  mandate.set_expires_at_ms(scene.now_ms() + day_ms);
  scene.put(mandate);
  ASSERT_EQ(close(scene.client), TX_STATUS_OK);
  ActFor message;
  message.set_account(scene.client.str());
  *message.add_acts()->mutable_post_job()->mutable_details() = job_details();
  EXPECT_EQ(scene.act(scene.outsider, message), TX_STATUS_ACCOUNT_CLOSED);
}

}  // namespace
}  // namespace bank
