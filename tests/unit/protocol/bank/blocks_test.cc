#include "protocol/bank/blocks.h"

#include <gtest/gtest.h>

#include "protocol/bank/account.h"
#include "protocol/limits.h"
#include "tests/support/work_scene.h"

namespace bank {
namespace {

using namespace labor::v1;        // Messages and statuses by name.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

class BlocksTest : public testing::Test {
 protected:
  TxStatus block(Address const& by, Address const& other) {
    BlockAccount message;
    message.set_account(other.str());
    return scene.act(by, message);
  }
  TxStatus unblock(Address const& by, Address const& other) {
    UnblockAccount message;
    message.set_account(other.str());
    return scene.act(by, message);
  }
  TxStatus propose() {
    SubmitProposal message;
    message.set_job(1);
    message.set_amount(500 * usd);
    message.set_summary("Soon");
    return scene.act(scene.talent, message);
  }

  WorkScene scene;
};

TEST_F(BlocksTest, WhoIsBlockedProposesToNoneOfTheirJobs) {
  scene.post_job();
  ASSERT_EQ(block(scene.client, scene.talent), TX_STATUS_OK);
  EXPECT_EQ(propose(), TX_STATUS_BLOCKED);
  ASSERT_EQ(unblock(scene.client, scene.talent), TX_STATUS_OK);
  EXPECT_EQ(propose(), TX_STATUS_OK);
}

TEST_F(BlocksTest, WhoIsBlockedMakesNoOfferAndNoInvitation) {
  scene.post_job();
  ASSERT_EQ(block(scene.talent, scene.client), TX_STATUS_OK);
  MakeOffer offer;
  offer.set_talent(scene.talent.str());
  *offer.mutable_terms() = terms_of({500 * usd});
  EXPECT_EQ(scene.act(scene.client, offer), TX_STATUS_BLOCKED);
  InviteTalent invitation;
  invitation.set_job(1);
  invitation.set_talent(scene.talent.str());
  EXPECT_EQ(scene.act(scene.client, invitation), TX_STATUS_BLOCKED);
  EXPECT_EQ(propose(), TX_STATUS_OK) << "who has blocked may still come of themselves";
}

TEST_F(BlocksTest, WhatThereIsBetweenThemGoesOn) {
  scene.sign();
  scene.fund();
  ASSERT_EQ(block(scene.talent, scene.client), TX_STATUS_OK);
  ASSERT_EQ(block(scene.client, scene.talent), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.client, part(100 * usd)), TX_STATUS_OK);
}

TEST_F(BlocksTest, AreCountedAndBounded) {
  EXPECT_EQ(block(scene.client, scene.client), TX_STATUS_SAME_ACCOUNT);
  EXPECT_EQ(unblock(scene.client, scene.talent), TX_STATUS_NOT_BLOCKED);
  ASSERT_EQ(block(scene.client, scene.talent), TX_STATUS_OK);
  EXPECT_EQ(block(scene.client, scene.talent), TX_STATUS_ALREADY_BLOCKED);
  EXPECT_EQ(account_of(scene.state(), scene.client).blocks(), 1u);
  auto account = account_of(scene.state(), scene.client);
  account.set_blocks(protocol::limits::blocks_max);
  scene.put(account);
  EXPECT_EQ(block(scene.client, scene.outsider), TX_STATUS_TOO_MANY_BLOCKED);
  BlockAccount bad;
  bad.set_account("short");
  EXPECT_EQ(scene.act(scene.client, bad), TX_STATUS_INVALID_ADDRESS);
}

}  // namespace
}  // namespace bank
