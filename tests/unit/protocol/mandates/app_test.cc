// Apps: who has a name, what share it asks for, and what it gets of what comes from it.

#include "protocol/mandates/app.h"

#include <gtest/gtest.h>

#include "protocol/bank/account.h"
#include "tests/support/work_scene.h"

namespace mandates {
namespace {

using namespace labor::v1;        // Messages and statuses by name.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

class AppTest : public testing::Test {
 protected:
  AppTest() {
    for (auto const& who : {scene.outsider, scene.client}) {
      auto account = bank::account_of(scene.state(), who);
      account.set_member(true);
      scene.put(account);
    }
  }
  TxStatus register_app(Address const& who, std::string const& name, std::uint32_t bps) {
    RegisterApp message;
    message.set_name(name);
    message.set_share_bps(bps);
    return scene.act(who, message);
  }
  TxStatus post(std::string const& app) {
    PostJob post;
    *post.mutable_details() = job_details();
    post.mutable_details()->set_app(app);
    return scene.act(scene.client, post);
  }
  TxStatus offer_from(std::string const& app) {
    MakeOffer offer;
    offer.set_talent(scene.talent.str());
    *offer.mutable_terms() = terms_of({500 * usd});
    offer.set_app(app);
    return scene.act(scene.client, offer);
  }

  WorkScene scene;
};

TEST_F(AppTest, HasANameThatIsNobodyElsesAndAShareWithinACap) {
  EXPECT_EQ(register_app(scene.outsider, "No", 100), TX_STATUS_INVALID_APP_NAME);
  EXPECT_EQ(register_app(scene.outsider, "desk", 2001), TX_STATUS_INVALID_SHARE);
  EXPECT_EQ(register_app(scene.talent, "desk", 100), TX_STATUS_NOT_A_MEMBER);
  ASSERT_EQ(register_app(scene.outsider, "desk", 2000), TX_STATUS_OK);
  EXPECT_EQ(register_app(scene.client, "desk", 100), TX_STATUS_NOT_YOUR_APP);
  EXPECT_EQ(register_app(scene.outsider, "desk", 1000), TX_STATUS_OK);
  EXPECT_EQ(find_app(scene.state(), "desk")->share_bps(), 1000u);
  for (auto const* const name : {"desk2", "desk3", "desk4"}) {
    ASSERT_EQ(register_app(scene.outsider, name, 0), TX_STATUS_OK);
  }
  EXPECT_EQ(register_app(scene.outsider, "desk5", 0), TX_STATUS_TOO_MANY_APPS);
}

TEST_F(AppTest, HasItsShareOfWhatComesFromItAsItWasWhenTheTermsWereMade) {
  EXPECT_EQ(post("desk"), TX_STATUS_APP_NOT_FOUND);
  EXPECT_EQ(offer_from("desk"), TX_STATUS_APP_NOT_FOUND);
  ASSERT_EQ(register_app(scene.outsider, "desk", 1500), TX_STATUS_OK);
  ASSERT_EQ(offer_from("desk"), TX_STATUS_OK);
  ASSERT_EQ(register_app(scene.outsider, "desk", 0), TX_STATUS_OK);
  ASSERT_EQ(scene.act(scene.talent, scene.acceptance()), TX_STATUS_OK);
  scene.fund();
  ASSERT_EQ(scene.act(scene.client, part(500 * usd)), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(scene.outsider), 50 * usd * 15 / 100);
  EXPECT_EQ(scene.treasury(), 50 * usd * 85 / 100);
}

TEST_F(AppTest, OfAJobIsThatOfItsOffers) {
  ASSERT_EQ(register_app(scene.outsider, "desk", 1000), TX_STATUS_OK);
  ASSERT_EQ(post("desk"), TX_STATUS_OK);
  auto proposal = on_job<SubmitProposal>();
  proposal.set_summary("Me");
  proposal.set_amount(usd);
  ASSERT_EQ(scene.act(scene.talent, proposal), TX_STATUS_OK);
  auto offer = on_proposal<MakeOffer>();
  *offer.mutable_terms() = terms_of({500 * usd});
  offer.set_app("desk");
  EXPECT_EQ(scene.act(scene.client, offer), TX_STATUS_INVALID_APP_NAME) << "the job says it";
  offer.clear_app();
  ASSERT_EQ(scene.act(scene.client, offer), TX_STATUS_OK);
  EXPECT_EQ(scene.offer()->frozen().shares(0).account(), scene.outsider.str());
}

}  // namespace
}  // namespace mandates
