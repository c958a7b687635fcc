#include "protocol/work/contribution.h"

#include <gtest/gtest.h>

#include "tests/support/work_scene.h"

namespace work {
namespace {

using namespace labor::v1;        // Records by name.
using namespace testing_support;  // The words of the scene.
using protocol::Address;

// Of the first milestone, 500 USD.
constexpr std::uint64_t fee = 50 * usd;

std::uint64_t brought(WorkScene const& scene, Address const& who) {
  return contribution_of(scene.state(), who).fees();
}

void pay(WorkScene& scene) {
  scene.fund();
  scene.submit();
  ASSERT_EQ(scene.act(scene.client, on_milestone<AcceptMilestone>()), TX_STATUS_OK);
}

TEST(Contribution, OfAPayoutBetweenPersonsIsTheFeeForBoth) {
  WorkScene scene;
  scene.sign();
  scene.identify(scene.client);
  scene.identify(scene.talent);
  pay(scene);
  EXPECT_EQ(brought(scene, scene.client), fee);
  EXPECT_EQ(brought(scene, scene.talent), fee);
}

TEST(Contribution, IsOfPersonsAlone) {
  for (auto const side : {&WorkScene::client, &WorkScene::talent}) {
    WorkScene scene;
    scene.sign();
    scene.identify(scene.*side);
    pay(scene);
    EXPECT_EQ(brought(scene, scene.client), 0u);
    EXPECT_EQ(brought(scene, scene.talent), 0u);
  }
}

TEST(Contribution, IsNotOfWhoIsConnectedWithTheOtherSide) {
  WorkScene scene;
  scene.sign();
  scene.identify(scene.client);
  scene.identify(scene.talent);
  Account introduced;
  introduced.set_address(scene.talent.str());
  auto account = scene.find<Account>(state::keys::account(scene.talent)).value_or(introduced);
  account.set_introduced_by(scene.client.str());
  scene.put(account);
  pay(scene);
  EXPECT_EQ(brought(scene, scene.client), 0u);
}

TEST(Contribution, OfATeamIsEachMembersPartAndTheClientsWithThoseWhoCount) {
  WorkScene scene;
  scene.sign();
  scene.identify(scene.client);
  scene.identify(scene.outsider);
  auto contract = *scene.contract();
  for (auto const& [member, bps] : {std::pair{scene.outsider, 7000u}, {address(0x66), 3000u}}) {
    auto& share = *contract.mutable_frozen()->add_team();
    share.set_account(member.str());
    share.set_bps(bps);
  }
  scene.put(contract);
  pay(scene);
  EXPECT_EQ(brought(scene, scene.outsider), fee * 7 / 10);
  EXPECT_EQ(brought(scene, address(0x66)), 0u) << "not attested";
  EXPECT_EQ(brought(scene, scene.talent), 0u) << "the team's account is nobody";
  EXPECT_EQ(brought(scene, scene.client), fee * 7 / 10);
}

}  // namespace
}  // namespace work
