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

TEST(Contribution, OfTheLastYearIsKeptByPeriodsAndByWhoItCameFrom) {
  WorkScene scene;
  scene.sign();
  scene.identify(scene.client);
  scene.identify(scene.talent);
  pay(scene);
  auto const now = [&] { return protocol::TimeMs{scene.now_ms()}; };
  auto const of_talent = [&] { return contribution_of(scene.state(), scene.talent); };
  EXPECT_EQ(fees_of_last_year(of_talent(), now()), fee);
  EXPECT_EQ(counterparties_of_last_year(of_talent(), now()), 1u);
  EXPECT_EQ(of_talent().counterparties(0).account(), scene.client.str());

  scene.wait(364 * day_ms);
  EXPECT_EQ(fees_of_last_year(of_talent(), now()), fee);
  EXPECT_EQ(counterparties_of_last_year(of_talent(), now()), 1u);
  scene.wait(31 * day_ms);
  EXPECT_EQ(fees_of_last_year(of_talent(), now()), 0u) << "the period of it is over";
  EXPECT_EQ(counterparties_of_last_year(of_talent(), now()), 0u);
  EXPECT_EQ(of_talent().fees(), fee);
}

TEST(Contribution, KeepsTheLastTwoCounterpartiesAndAYearOfPeriods) {
  WorkScene scene;
  scene.sign();
  for (auto const& who : {scene.client, scene.talent, scene.outsider, scene.juror}) {
    scene.identify(who);
  }
  auto contract = *scene.contract();
  auto const pay_for = [&](Address const& client) {
    contract.set_client(client.str());
    ASSERT_EQ(scene.follow([&](execution::Context& context) {
      return count_fee(context, contract, strangers_under(context.state(), contract), 100, "test");
    }),
              TX_STATUS_OK);
  };
  auto const of_talent = [&] { return contribution_of(scene.state(), scene.talent); };
  pay_for(scene.client);
  pay_for(scene.outsider);
  pay_for(scene.client);
  pay_for(scene.juror);
  ASSERT_EQ(of_talent().counterparties_size(), 2);
  EXPECT_EQ(of_talent().counterparties(0).account(), scene.juror.str());
  EXPECT_EQ(of_talent().counterparties(1).account(), scene.client.str());
  EXPECT_EQ(of_talent().recent_size(), 1);

  for (int i = 0; i < 40; ++i) {
    scene.wait(9 * day_ms);
    pay_for(scene.client);
  }
  EXPECT_LE(of_talent().recent_size(), 14);
  EXPECT_GE(of_talent().recent_size(), 12);
  EXPECT_EQ(of_talent().fees(), 4400u);
}

}  // namespace
}  // namespace work
