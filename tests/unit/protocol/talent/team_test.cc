// How a team agrees, and who is paid what it earns.

#include "protocol/talent/team.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "protocol/bank/account.h"
#include "protocol/talent/profile.h"
#include "tests/support/work_scene.h"

namespace talent {
namespace {

using namespace labor::v1;        // Messages and statuses by name.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

class TeamTest : public testing::Test {
 protected:
  TeamTest() {
    EditProfile edit;
    *edit.mutable_details() = profile_details();
    edit.mutable_details()->set_kind(PROFILE_KIND_TEAM);
    EXPECT_EQ(scene.act(scene.talent, edit), TX_STATUS_OK);
  }
  TxStatus propose(std::vector<std::pair<Address, std::uint32_t>> shares) {
    std::ranges::sort(shares);
    ProposeSplit message;
    for (auto const& [who, bps] : shares) {
      message.add_shares()->set_account(who.str());
      message.mutable_shares()->rbegin()->set_bps(bps);
    }
    return scene.act(scene.talent, message);
  }
  TxStatus agree(Address const& who) {
    AgreeToSplit message;
    message.set_team(scene.talent.str());
    message.set_split_hash(team().proposed_hash().empty() ? hash_of(0) : team().proposed_hash());
    return scene.act(who, message);
  }
  Team team() const { return find_team(scene.state(), scene.talent).value_or(Team{}); }
  void settle() {
    ASSERT_EQ(propose({{ada, 3333}, {bob, 6667}}), TX_STATUS_OK);
    ASSERT_EQ(agree(ada), TX_STATUS_OK);
    ASSERT_EQ(agree(bob), TX_STATUS_OK);
  }

  WorkScene scene;
  Address const ada = address(0xA0);
  Address const bob = address(0xB0);
  Address const eve = address(0xE0);
};

TEST_F(TeamTest, SplitsAreRefusedForTheirForm) {
  EXPECT_EQ(propose({{ada, 10'000}}), TX_STATUS_INVALID_SPLIT) << "one alone";
  EXPECT_EQ(propose({{ada, 5000}, {bob, 4999}}), TX_STATUS_INVALID_SPLIT);
  EXPECT_EQ(propose({{ada, 5000}, {bob, 5001}}), TX_STATUS_INVALID_SPLIT);
  EXPECT_EQ(propose({{ada, 0}, {bob, 10'000}}), TX_STATUS_INVALID_SPLIT);
  EXPECT_EQ(propose({{ada, 5000}, {ada, 5000}}), TX_STATUS_INVALID_SPLIT) << "one twice";
  std::vector<std::pair<Address, std::uint32_t>> many;
  for (std::uint8_t i = 0; i < 17; ++i) many.emplace_back(address(i), i == 0 ? 10'000 - 1600 : 100);
  EXPECT_EQ(propose(many), TX_STATUS_INVALID_SPLIT);
  many.pop_back();
  many.front().second += 100;
  EXPECT_EQ(propose(many), TX_STATUS_OK) << "sixteen";
  ProposeSplit message;
  message.add_shares()->set_account("short");
  EXPECT_EQ(scene.act(scene.talent, message), TX_STATUS_INVALID_ADDRESS);
}

TEST_F(TeamTest, OnlyATeamHasASplit) {
  ProposeSplit message;
  for (auto const& who : {ada, bob}) message.add_shares()->set_account(who.str());
  for (auto& share : *message.mutable_shares()) share.set_bps(5000);
  EXPECT_EQ(scene.act(scene.client, message), TX_STATUS_PROFILE_NOT_FOUND);
  CreateProfile create;
  *create.mutable_details() = profile_details();
  ASSERT_EQ(scene.act(scene.client, create), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.client, message), TX_STATUS_NOT_A_TEAM);
  AgreeToSplit nothing;
  EXPECT_EQ(scene.act(ada, nothing), TX_STATUS_INVALID_HASH);
  nothing.set_split_hash(hash_of(1));
  EXPECT_EQ(scene.act(ada, nothing), TX_STATUS_INVALID_ADDRESS);
  nothing.set_team(ada.str());
  EXPECT_EQ(scene.act(ada, nothing), TX_STATUS_TEAM_NOT_FOUND);
}

TEST_F(TeamTest, AChangeNeedsThoseWhomItChangesAndNobodyElse) {
  settle();
  ASSERT_EQ(propose({{ada, 3333}, {bob, 3333}, {eve, 3334}}), TX_STATUS_OK);
  EXPECT_EQ(agree(ada), TX_STATUS_NOT_IN_TEAM) << "her share stays";
  EXPECT_EQ(team().missing_size(), 2);
  ASSERT_EQ(agree(eve), TX_STATUS_OK);
  ASSERT_EQ(agree(bob), TX_STATUS_OK);
  EXPECT_EQ(team().split_size(), 3);
  ASSERT_EQ(propose({{ada, 3333}, {eve, 6667}}), TX_STATUS_OK);
  ASSERT_EQ(agree(eve), TX_STATUS_OK);
  EXPECT_EQ(team().split_size(), 3) << "who leaves has a word in it";
  ASSERT_EQ(agree(bob), TX_STATUS_OK);
  EXPECT_EQ(team().split_size(), 2);
}

TEST_F(TeamTest, IsNotHiredBeforeItsMembersAgree) {
  MakeOffer offer;
  offer.set_talent(scene.talent.str());
  *offer.mutable_terms() = terms_of({500 * usd});
  EXPECT_EQ(scene.act(scene.client, offer), TX_STATUS_TEAM_NOT_SETTLED);
  settle();
  EXPECT_EQ(scene.act(scene.client, offer), TX_STATUS_OK);
  LeaveTeam leave;
  leave.set_team(scene.talent.str());
  ASSERT_EQ(scene.act(ada, leave), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.client, offer), TX_STATUS_TEAM_NOT_SETTLED);
}

TEST_F(TeamTest, IsPaidToItsMembersAsTheTermsFrozeIt) {
  CreateProfile create;
  *create.mutable_details() = profile_details();
  ASSERT_EQ(scene.act(ada, create), TX_STATUS_OK);
  settle();
  scene.sign();
  EXPECT_TRUE(scene.state().get(state::keys::partners(scene.client.chars(), ada.chars())))
      << "she judges none of the client's cases";
  ASSERT_EQ(propose({{ada, 5000}, {bob, 5000}}), TX_STATUS_OK);
  ASSERT_EQ(agree(ada), TX_STATUS_OK);
  ASSERT_EQ(agree(bob), TX_STATUS_OK);
  scene.fund();
  auto const amount = 100 * usd + 1;
  ASSERT_EQ(scene.act(scene.client, part(amount)), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(ada), amount * 3333 / 10'000);
  EXPECT_EQ(scene.balance(bob), amount * 6667 / 10'000);
  EXPECT_EQ(scene.balance(scene.talent), 1u) << "what rounding leaves";
  ASSERT_EQ(scene.act(scene.client, part(500 * usd - amount)), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(ada) + scene.balance(bob) + scene.balance(scene.talent), 500 * usd);
  ASSERT_EQ(scene.act(scene.client, bonus(10 * usd)), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(ada) + scene.balance(bob) + scene.balance(scene.talent), 510 * usd);
  EXPECT_TRUE(bank::account_of(scene.state(), ada).member());
  EndContract end;
  end.set_contract(1);
  ASSERT_EQ(scene.act(scene.client, end), TX_STATUS_OK);
  EXPECT_EQ(scene.find<Profile>(state::keys::profile(ada))->contracts_paid(), 1u)
      << "members keep their history";
}

}  // namespace
}  // namespace talent
