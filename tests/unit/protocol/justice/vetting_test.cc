#include "protocol/justice/vetting.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "protocol/justice/jurors.h"
#include "tests/support/vetting_scene.h"

namespace justice {
namespace {

using namespace labor::v1;        // Statuses and records by name.
using namespace testing_support;  // The words of the scene.
using protocol::Address;

std::uint64_t stake_of(WorkScene const& scene, Address const& juror) {
  return scene.juror_record(juror)->stake();
}
std::uint64_t locked_of(WorkScene const& scene, Address const& juror) {
  return scene.juror_record(juror)->locked();
}

TEST(Vetting, OfWhatThreeBelieveShowsOnTheProfileAndKeepsTheirStakesLocked) {
  WorkScene scene;
  vet(scene, {90, 60, 20});
  auto const now = vetting(scene);
  EXPECT_EQ(now.state(), VETTING_STATE_VETTED);
  EXPECT_EQ(now.panels(0).award(), 60u);
  auto const profile = *scene.profile();
  ASSERT_EQ(profile.vetted_size(), 1);
  EXPECT_EQ(profile.vetted(0).uri(), claimed_skill());
  EXPECT_EQ(profile.vetted(0).level(), 5u);
  EXPECT_EQ(profile.applied(), 0u);
  // Who does not believe it answers for nothing.
  auto const sat = vetters(scene);
  EXPECT_EQ(locked_of(scene, sat[0]), vetting_stake);
  EXPECT_EQ(locked_of(scene, sat[1]), vetting_stake);
  EXPECT_EQ(locked_of(scene, sat[2]), 0u);
  EXPECT_EQ(vouchers(now), (std::vector<Address>{sat[0], sat[1]}));
  next_vetting_step(scene);  // 24 months later.
  EXPECT_EQ(scene.profile()->vetted_size(), 0);
  for (auto const& juror : sat) EXPECT_EQ(locked_of(scene, juror), 0u);
}

TEST(Vetting, ThatIsRefusedMayBeAskedForAgainAfterNinetyDays) {
  WorkScene scene;
  vet(scene, {100, 50, 0});
  EXPECT_EQ(vetting(scene).state(), VETTING_STATE_REFUSED);
  for (auto const& juror : vetters(scene)) EXPECT_EQ(locked_of(scene, juror), 0u);
  EXPECT_EQ(scene.act(scene.talent, application()), TX_STATUS_VETTING_TOO_SOON);
  scene.wait(90 * day_ms - 1);
  EXPECT_EQ(scene.act(scene.talent, application()), TX_STATUS_VETTING_TOO_SOON);
  scene.wait(1);
  EXPECT_EQ(scene.act(scene.talent, application()), TX_STATUS_OK);
}

TEST(Vetting, IsForAttestedPersonsAlone) {
  WorkScene scene;
  add_validators(scene);
  EXPECT_EQ(scene.act(scene.talent, application()), TX_STATUS_NOT_ATTESTED);
  auto bad = application();
  bad.set_evidence_hash("short");
  EXPECT_EQ(scene.act(scene.talent, bad), TX_STATUS_INVALID_HASH);
}

TEST(Vetting, OfAHigherLevelTakesThePlaceOfTheOneBefore) {
  WorkScene scene;
  before_vetting(scene);
  auto profile = *scene.profile();
  profile.mutable_details()->mutable_skills(0)->set_level(2);
  auto& lower = *profile.add_vetted();
  lower.set_uri(claimed_skill());
  lower.set_level(2);
  lower.set_vetting(7);
  scene.put(profile);
  EXPECT_EQ(scene.act(scene.talent, application()), TX_STATUS_ALREADY_VETTED);
  profile.mutable_details()->mutable_skills(0)->set_level(3);
  scene.put(profile);
  EXPECT_EQ(scene.act(scene.talent, application()), TX_STATUS_OK);
  reveal_round(scene, vetting(scene).round());
  next_vetting_step(scene);
  say_verdicts(scene, {90, 90, 90});
  next_vetting_step(scene);
  ASSERT_EQ(scene.profile()->vetted_size(), 1);
  EXPECT_EQ(scene.profile()->vetted(0).level(), 3u);
  EXPECT_EQ(scene.profile()->vetted(0).vetting(), 1u);
}

TEST(Vetting, ThatIsStruckCostsThoseWhoVouchedAndPaysWhoChallenged) {
  WorkScene scene;
  vet(scene, {90, 80, 20}, 6);
  auto const sat = vetters(scene);
  auto const before = scene.balance(scene.client);
  auto const treasury = scene.treasury();
  ASSERT_EQ(scene.act(scene.client, challenge()), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(scene.client), before - challenge_bond);
  EXPECT_EQ(scene.profile()->vetted_size(), 1) << "it stands until it is found false";
  reveal_round(scene, vetting(scene).round());
  next_vetting_step(scene);
  auto const jury = vetters(scene);
  for (auto const& juror : jury) EXPECT_EQ(std::ranges::count(sat, juror), 0);
  say_verdicts(scene, {10, 0, 40});
  next_vetting_step(scene);
  EXPECT_EQ(vetting(scene).state(), VETTING_STATE_STRUCK);
  EXPECT_EQ(scene.profile()->vetted_size(), 0);
  EXPECT_EQ(stake_of(scene, sat[0]), juror_stake - vetting_stake);
  EXPECT_EQ(stake_of(scene, sat[1]), juror_stake - vetting_stake);
  EXPECT_EQ(stake_of(scene, sat[2]), juror_stake) << "who did not vouch loses nothing";
  // Two jurors were near to the median, 10; half of two stakes is the challenger's.
  EXPECT_EQ(scene.balance(scene.client), before + vetting_stake - 2 * challenge_fee);
  EXPECT_EQ(scene.treasury(), treasury + vetting_stake);
  EXPECT_EQ(scene.act(scene.talent, application()), TX_STATUS_VETTING_TOO_SOON);
}

TEST(Vetting, ThatIsFoundTrueCostsWhoChallenged) {
  WorkScene scene;
  challenge_vetting(scene);
  auto const before = scene.balance(scene.client);
  auto const person = scene.balance(scene.talent);
  reveal_round(scene, vetting(scene).round());
  next_vetting_step(scene);
  say_verdicts(scene, {90, 90, 60});
  next_vetting_step(scene);
  EXPECT_EQ(vetting(scene).state(), VETTING_STATE_VETTED);
  EXPECT_EQ(vetting(scene).until_ms(), vetting(scene).valid_until_ms());
  EXPECT_EQ(scene.balance(scene.client), before);
  EXPECT_EQ(scene.balance(scene.talent), person + challenge_bond - 2 * challenge_fee);
  EXPECT_EQ(scene.profile()->vetted_size(), 1);
  // It may be challenged again, and then that jury's verdict counts.
  ASSERT_EQ(scene.act(scene.client, challenge()), TX_STATUS_OK);
  EXPECT_EQ(vetting(scene).panels_size(), 2);
  EXPECT_EQ(vetting(scene).challenges(), 2u);
}

TEST(Vetting, NoJuryInFourteenDaysGivesTheBondBack) {
  WorkScene scene;
  vet(scene, {90, 80, 70});
  auto const before = scene.balance(scene.client);
  ASSERT_EQ(scene.act(scene.client, challenge()), TX_STATUS_OK);
  auto const since = vetting(scene).opened_at_ms();
  while (vetting(scene).state() == VETTING_STATE_DRAWING) next_vetting_step(scene);
  EXPECT_GE(scene.now_ms(), since + 14 * day_ms);
  EXPECT_EQ(vetting(scene).state(), VETTING_STATE_VETTED);
  EXPECT_EQ(scene.balance(scene.client), before);
}

TEST(Vetting, WhereNobodyRevealsOthersAreDrawnAndTheStakesAreLost) {
  WorkScene scene;
  seat_vetters(scene, 6);
  auto const first = vetters(scene);
  next_vetting_step(scene);
  next_vetting_step(scene);
  EXPECT_EQ(vetting(scene).state(), VETTING_STATE_DRAWING);
  for (auto const& juror : first) EXPECT_EQ(stake_of(scene, juror), juror_stake - vetting_stake);
  reveal_round(scene, vetting(scene).round());
  next_vetting_step(scene);
  auto const second = vetters(scene);
  EXPECT_EQ(second.size(), 3u);
  for (auto const& juror : second) EXPECT_EQ(std::ranges::count(first, juror), 0);
}

TEST(Vetting, AVerdictThatIsToldDoesNotCountAndCostsTheStake) {
  WorkScene scene;
  seat_vetters(scene);
  auto const juror = vetters(scene).front();
  ASSERT_EQ(scene.act(juror, vetting_verdict(scene, juror, 90)), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.client, vetting_exposure(juror, 80)), TX_STATUS_VERDICT_MISMATCH);
  auto const before = scene.balance(scene.client);
  EXPECT_EQ(scene.act(scene.client, vetting_exposure(juror, 90)), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(scene.client), before + vetting_stake / 2);
  EXPECT_EQ(stake_of(scene, juror), juror_stake - vetting_stake);
}

TEST(Vetting, AVerdictNamesOneCaseAndOnlyOne) {
  WorkScene scene;
  seat_vetters(scene);
  auto const juror = vetters(scene).front();
  auto both = vetting_verdict(scene, juror, 90);
  both.set_dispute(1);
  EXPECT_EQ(scene.act(juror, both), TX_STATUS_INVALID_CASE);
  auto neither = vetting_verdict(scene, juror, 90);
  neither.clear_vetting();
  EXPECT_EQ(scene.act(juror, neither), TX_STATUS_INVALID_CASE);
  auto unknown = vetting_verdict(scene, juror, 90);
  unknown.set_vetting(2);
  EXPECT_EQ(scene.act(juror, unknown), TX_STATUS_VETTING_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.outsider, vetting_verdict(scene, juror, 90)), TX_STATUS_NOT_ON_PANEL);
}

// A juror by having been vetted and having worked.
void make_vetted(WorkScene& scene, Address const& who, std::uint64_t since_ms) {
  Profile profile;
  profile.set_owner(who.str());
  profile.set_state(PROFILE_STATE_ACTIVE);
  auto& skill = *profile.add_vetted();
  skill.set_uri(claimed_skill());
  skill.set_vetted_at_ms(since_ms);
  scene.put(profile);
}
void grant_ownership(WorkScene& scene, Address const& who) {
  Vesting vesting;
  vesting.set_account(who.str());
  scene.put(vesting);
}

TEST(Vetting, MakesJurorsOfThoseWhoHaveWorkedNinetyDaysLater) {
  WorkScene scene;
  add_jurors(scene, 3);
  auto const& who = scene.outsider;
  scene.set_balance(who, 100 * usd);
  StakeAsJuror stake;
  stake.set_amount(100 * usd);
  EXPECT_EQ(scene.act(who, stake), TX_STATUS_NOT_A_JUROR);
  make_vetted(scene, who, scene.now_ms());
  EXPECT_EQ(scene.act(who, stake), TX_STATUS_NOT_A_JUROR) << "vetted today";
  scene.wait(90 * day_ms);
  EXPECT_EQ(scene.act(who, stake), TX_STATUS_NOT_A_JUROR) << "and never worked";
  grant_ownership(scene, who);
  EXPECT_EQ(scene.act(who, stake), TX_STATUS_OK);
  auto const juror = *scene.juror_record(who);
  EXPECT_EQ(juror.number(), 4u);
  EXPECT_FALSE(juror.arbiter());
  EXPECT_EQ(juror.stake(), 100 * usd);
}

TEST(Vetting, MakesNoMoreJurorsThanADrawCanLookAt) {
  WorkScene scene;
  auto const& who = scene.outsider;
  scene.set_balance(who, usd);
  make_vetted(scene, who, 0);
  grant_ownership(scene, who);
  auto const most = protocol::limits::jurors_max;
  auto const stake_as_number = [&](std::size_t number) {
    EXPECT_EQ(scene.follow([&](execution::Context& context) -> execution::Done {
      context.set_counter(juror_counter, number - 1);
      return {};
    }),
              TX_STATUS_OK);
    StakeAsJuror stake;
    stake.set_amount(usd);
    return scene.act(who, stake);
  };
  EXPECT_EQ(stake_as_number(most + 1), TX_STATUS_TOO_MANY_JURORS);
  EXPECT_EQ(stake_as_number(most), TX_STATUS_OK);
}

TEST(Vetting, OnceItIsOverItsPersonSitsNoMore) {
  WorkScene scene;
  open_case(scene, 3);
  make_vetted(scene, scene.juror, 0);
  auto juror = *scene.juror_record(scene.juror);
  juror.set_arbiter(false);
  scene.put(juror);
  EXPECT_TRUE(may_sit(scene.state(), juror, sitting_on(*scene.dispute())));
  Profile bare;
  bare.set_owner(scene.juror.str());
  scene.put(bare);
  EXPECT_FALSE(may_sit(scene.state(), juror, sitting_on(*scene.dispute())));
}

TEST(Vetting, JurorsWhoAreVettedInTheSkillAreDrawnBeforeOthersWhereThereAreEnough) {
  WorkScene scene;
  before_vetting(scene, 20);
  // Nine are three times as many as sit.
  for (std::size_t i = 4; i < 13; ++i) make_vetted(scene, juror_address(i), 0);
  ASSERT_EQ(scene.act(scene.talent, application()), TX_STATUS_OK);
  auto const sitting = sitting_on(vetting(scene));
  auto const drawn_of = [&](std::uint8_t byte) {
    auto const seed = *protocol::Hash::from(hash_of(byte));
    return draw_jurors(scene.state(), sitting, seed, 3).value();
  };
  std::set<std::string> fit;
  for (std::size_t i = 4; i < 13; ++i) fit.insert(juror_address(i).str());
  for (std::uint8_t byte = 0; byte < 50; ++byte) {
    for (auto const& juror : drawn_of(byte)) EXPECT_TRUE(fit.contains(juror.str()));
  }
  Profile bare;
  bare.set_owner(juror_address(4).str());
  scene.put(bare);
  auto others = false;
  for (std::uint8_t byte = 0; byte < 50; ++byte) {
    for (auto const& juror : drawn_of(byte)) others = others || !fit.contains(juror.str());
  }
  EXPECT_TRUE(others) << "eight are too few: a panel could be told beforehand";
}

}  // namespace
}  // namespace justice
