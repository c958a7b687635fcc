// Who gets what, to the unit. The claim is 500 USD with 50 USD of client fee locked, the jurors'
// fee 25 USD: 8.333333 each, so that 24.999999 are put down.

#include <gtest/gtest.h>

#include "protocol/justice/dispute.h"
#include "tests/support/justice_scene.h"

namespace justice {
namespace {

using namespace labor::v1;        // Statuses and states by name.
using namespace testing_support;  // The words of the scene.
using protocol::Address;

constexpr std::uint64_t claim = 500 * usd;
constexpr std::uint64_t fees = 3 * seat_fee;

// What everybody has less what they had when milestone 0 was planned.
struct Gains {
  std::int64_t client = 0;
  std::int64_t talent = 0;
  std::int64_t treasury = 0;

  bool operator==(Gains const&) const = default;
};

std::ostream& operator<<(std::ostream& out, Gains const& gains) {
  return out << "client " << gains.client << " talent " << gains.talent << " treasury "
             << gains.treasury;
}

std::int64_t change(std::uint64_t now, std::uint64_t before) {
  return static_cast<std::int64_t>(now) - static_cast<std::int64_t>(before);
}

Gains gains(WorkScene const& scene, std::uint64_t talent_had = 0) {
  return {.client = change(scene.balance(scene.client), 1'000'000 * usd),
          .talent = change(scene.balance(scene.talent), talent_had),
          .treasury = change(scene.treasury(), 0)};
}

std::int64_t of(std::uint64_t amount) {
  return static_cast<std::int64_t>(amount);
}

// Paid to the talent `percent` of the claim, with its fee; nobody bears anything.
Gains plain(std::uint64_t percent) {
  auto const paid = of(claim * percent / 100);
  return {.client = -paid - paid / 10, .talent = paid, .treasury = paid / 10};
}

TEST(DisputeMoney, SilenceGrantsTheClaimAndReturnsTheFee) {
  WorkScene scene;
  open_case(scene);
  EXPECT_EQ(scene.dispute()->claim(), claim);
  EXPECT_EQ(scene.dispute()->panels(0).held(), fees);
  next_step(scene);
  EXPECT_EQ(gains(scene), plain(0));
}

TEST(DisputeMoney, SilenceTowardsATalentWhoDeliveredPaysTheTalent) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  scene.submit();
  scene.set_balance(scene.talent, 100 * usd);
  EXPECT_EQ(scene.act(scene.talent, dispute_opening()), TX_STATUS_OK);
  next_step(scene);
  EXPECT_EQ(gains(scene, 100 * usd), plain(100));
}

TEST(DisputeMoney, SilenceTowardsATalentWhoDeliveredNothingLetsTheWorkGoOn) {
  WorkScene scene;
  open_undelivered_case(scene);
  next_step(scene);
  EXPECT_EQ(scene.dispute()->state(), DISPUTE_STATE_DEFAULTED);
  EXPECT_EQ(scene.milestone()->state(), MILESTONE_STATE_FUNDED);
  EXPECT_EQ(scene.milestone()->due_at_ms(), scene.now_ms() + 30 * day_ms);
  EXPECT_EQ(scene.balance(scene.talent), 100 * usd);
  // Another refusal is needed for another dispute.
  EXPECT_EQ(scene.act(scene.talent, dispute_opening()), TX_STATUS_REFUND_NOT_REFUSED);
  scene.set_time(scene.milestone()->overdue_at_ms());
  scene.fire_due();
  EXPECT_EQ(scene.milestone()->state(), MILESTONE_STATE_REFUNDED);
}

TEST(DisputeMoney, ConcedingGivesTheOtherSideAllAndCostsNothing) {
  WorkScene scene;
  answer_case(scene);
  EXPECT_EQ(scene.act(scene.client, on_dispute<ConcedeDispute>()), TX_STATUS_OK);
  EXPECT_EQ(gains(scene), plain(100));
}

TEST(DisputeMoney, ASplitBeforeTheDrawCostsNothing) {
  WorkScene scene;
  gather_evidence(scene);
  EXPECT_EQ(scene.act(scene.client, dispute_split(200 * usd)), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.talent, dispute_agreement(200 * usd)), TX_STATUS_OK);
  EXPECT_EQ(gains(scene), plain(40));
  EXPECT_EQ(scene.dispute()->to_talent(), 200 * usd);
}

TEST(DisputeMoney, ASplitAfterTheDrawPaysWhoHasCommittedInProportion) {
  WorkScene scene;
  seat_panel(scene);
  commit_verdicts(scene, {60, 70});
  EXPECT_EQ(scene.act(scene.client, dispute_split(200 * usd)), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.talent, dispute_agreement(200 * usd)), TX_STATUS_OK);
  // Two jurors were paid; the client bears 40% of it, the talent the rest.
  auto expected = plain(40);
  auto const paid = of(2 * seat_fee);
  auto const by_client = paid * 4 / 10;
  expected.client -= by_client;
  expected.talent -= paid - by_client;
  EXPECT_EQ(gains(scene), expected);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(scene.juror_record(juror_address(i))->locked(), 0u);
    EXPECT_EQ(scene.juror_record(juror_address(i))->stake(), juror_stake);
  }
}

TEST(DisputeMoney, ARulingPaysCoherentJurorsAndBothSidesBearThem) {
  WorkScene scene;
  rule(scene, {60, 80, 39});
  EXPECT_EQ(scene.dispute()->panels(0).award(), 60u);
  auto const jurors = panel(scene);
  EXPECT_EQ(scene.balance(jurors[0]), 0u);  // Pay waits until it is final.
  next_step(scene);
  EXPECT_EQ(scene.balance(jurors[0]), seat_fee);
  EXPECT_EQ(scene.balance(jurors[1]), seat_fee);  // 20 away: coherent.
  EXPECT_EQ(scene.balance(jurors[2]), 0u);        // 21 away.
  auto expected = plain(60);
  auto const paid = of(2 * seat_fee);
  auto const by_client = paid * 6 / 10;
  expected.client -= by_client;
  expected.talent -= paid - by_client;
  EXPECT_EQ(gains(scene), expected);
}

TEST(DisputeMoney, TheOtherSideBearsNoMoreThanItGets) {
  WorkScene scene;
  rule(scene, {0, 0, 0});
  next_step(scene);
  // The talent would bear all of it and has got nothing: the client does.
  auto expected = plain(0);
  expected.client -= of(fees);
  EXPECT_EQ(gains(scene), expected);
}

TEST(DisputeMoney, WhoIsAbsentLosesFiveFeesAndIsPaidNothing) {
  WorkScene scene;
  seat_panel(scene);
  commit_verdicts(scene, {60, 60});
  reveal_verdicts(scene, {60});
  next_step(scene);
  EXPECT_EQ(scene.dispute()->panels(0).award(), 60u);
  auto const lost = 5 * seat_fee;
  std::uint64_t stakes = 0;
  for (std::size_t i = 0; i < 3; ++i) stakes += scene.juror_record(juror_address(i))->stake();
  EXPECT_EQ(stakes, 3 * juror_stake - 2 * lost);
  EXPECT_EQ(scene.treasury(), 2 * lost);
}

TEST(DisputeMoney, WhoExposesAVerdictGetsHalfOfWhatTheSeatLocks) {
  WorkScene scene;
  seat_panel(scene);
  commit_verdicts(scene, {60, 60, 0});
  auto const sold = panel(scene)[2];
  EXPECT_EQ(scene.act(scene.outsider, verdict_exposure(sold, 0)), TX_STATUS_OK);
  auto const lost = 5 * seat_fee;
  EXPECT_EQ(scene.balance(scene.outsider), lost / 2);
  EXPECT_EQ(scene.treasury(), lost - lost / 2);
  EXPECT_EQ(scene.juror_record(sold)->stake(), juror_stake - lost);
  next_step(scene);
  EXPECT_EQ(scene.act(sold, verdict_reveal(0)), TX_STATUS_VERDICT_GIVEN);
}

TEST(DisputeMoney, ThePanelThatSaysNothingIsReplacedUntilThereIsNobodyLeft) {
  WorkScene scene;
  seat_panel(scene, 6);
  next_step(scene);
  next_step(scene);
  EXPECT_EQ(scene.dispute()->state(), DISPUTE_STATE_DRAWING);
  reveal_all(scene);
  next_step(scene);
  EXPECT_EQ(scene.dispute()->state(), DISPUTE_STATE_VOTING);
  EXPECT_EQ(panel(scene).size(), 3u);
  next_step(scene);
  next_step(scene);
  // Six have lost what they locked; nobody is left, and at last each side gets half.
  EXPECT_EQ(scene.treasury(), 6 * 5 * seat_fee);
  while (scene.dispute()->state() == DISPUTE_STATE_DRAWING) next_step(scene);
  EXPECT_EQ(scene.dispute()->state(), DISPUTE_STATE_UNDECIDED);
  auto expected = plain(50);
  expected.treasury += of(6 * 5 * seat_fee);
  EXPECT_EQ(gains(scene), expected);
}

TEST(DisputeMoney, WithoutAnyJurorTheClientGetsWhatWasNeverDelivered) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  scene.set_balance(scene.talent, 100 * usd);
  EXPECT_EQ(scene.act(scene.client, on_milestone<RequestRefund>()), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.talent, on_milestone<RefuseRefund>()), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.talent, dispute_opening()), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.client, dispute_answer()), TX_STATUS_OK);
  while (scene.dispute()->until_ms() != 0) next_step(scene);
  EXPECT_EQ(scene.dispute()->state(), DISPUTE_STATE_UNDECIDED);
  EXPECT_EQ(gains(scene, 100 * usd), plain(0));
}

TEST(DisputeMoney, AnAppealThatMovesTheAwardIsBorneByTheOtherSide) {
  WorkScene scene;
  appeal_case(scene);
  EXPECT_EQ(scene.dispute()->panels(1).held(), 7 * seat_fee);
  next_step(scene);
  EXPECT_EQ(panel(scene).size(), 7u);
  std::vector<std::uint32_t> const awards(7, 20);
  commit_verdicts(scene, awards);
  reveal_verdicts(scene, awards);
  next_step(scene);
  EXPECT_EQ(scene.dispute()->state(), DISPUTE_STATE_FINAL);
  // The first panel was 40 off: nobody of it is paid, and its fees come back. The second's seven
  // are paid by the talent, whose appeal it was not.
  auto expected = plain(20);
  expected.talent -= of(7 * seat_fee);
  EXPECT_EQ(gains(scene), expected);
}

TEST(DisputeMoney, AnAppealThatMovesNothingIsLost) {
  WorkScene scene;
  appeal_case(scene);
  next_step(scene);
  commit_verdicts(scene, {55, 55, 55, 55, 55, 55, 0});
  reveal_verdicts(scene, {55, 55, 55, 55, 55, 55, 0});
  next_step(scene);
  // Six were paid from it, the seventh's fee goes to the treasury; of the first panel's, the client
  // bears 55%.
  auto expected = plain(55);
  auto const first = of(fees);
  auto const by_client = first * 55 / 100;
  expected.client -= by_client + of(7 * seat_fee);
  expected.talent -= first - by_client;
  expected.treasury += of(seat_fee);
  EXPECT_EQ(gains(scene), expected);
}

TEST(DisputeMoney, AnAppealWithoutAPanelLeavesTheRulingAndComesBack) {
  WorkScene scene;
  rule(scene, {60, 60, 60}, 10);
  EXPECT_EQ(scene.act(scene.client, on_dispute<AppealDispute>()), TX_STATUS_OK);
  while (scene.dispute()->until_ms() != 0) next_step(scene);
  EXPECT_EQ(scene.dispute()->state(), DISPUTE_STATE_FINAL);
  auto expected = plain(60);
  auto const by_client = of(fees) * 6 / 10;
  expected.client -= by_client;
  expected.talent -= of(fees) - by_client;
  EXPECT_EQ(gains(scene), expected);
}

TEST(DisputeMoney, OfATeamIsBorneByEachMemberInPart) {
  WorkScene scene;
  open_case(scene);
  auto const member = scene.outsider;
  auto contract = *scene.contract();
  for (auto const& [account, bps] : {std::pair{member, 7000u}, {address(0x66), 3000u}}) {
    auto& share = *contract.mutable_frozen()->add_team();
    share.set_account(account.str());
    share.set_bps(bps);
  }
  scene.put(contract);
  ASSERT_EQ(scene.act(scene.talent, dispute_answer()), TX_STATUS_OK);
  next_step(scene);
  next_step(scene);
  reveal_all(scene);
  next_step(scene);
  commit_verdicts(scene, {50, 50, 50});
  reveal_verdicts(scene, {50, 50, 50});
  next_step(scene);
  next_step(scene);
  ASSERT_EQ(scene.dispute()->state(), DISPUTE_STATE_FINAL);
  EXPECT_EQ(scene.balance(scene.talent), 0u) << "the team's account holds nothing of it";
  auto const borne = fees - fees / 2;
  EXPECT_EQ(scene.balance(member), claim / 2 * 7 / 10 - borne * 7 / 10);
  EXPECT_EQ(scene.balance(address(0x66)), claim / 2 * 3 / 10 - borne * 3 / 10);
}

TEST(JurorFee, IsAThirdOfAShareOfTheClaimWithinBounds) {
  DisputeParameters frozen;
  frozen.set_fee_bps(500);
  frozen.set_fee_min(3 * usd);
  frozen.set_fee_max(300 * usd);
  EXPECT_EQ(juror_fee(frozen, 1), 1 * usd);
  EXPECT_EQ(juror_fee(frozen, 60 * usd), 1 * usd);
  EXPECT_EQ(juror_fee(frozen, 600 * usd), 10 * usd);
  EXPECT_EQ(juror_fee(frozen, 6000 * usd), 100 * usd);
  EXPECT_EQ(juror_fee(frozen, ~std::uint64_t{0}), 100 * usd);
}

}  // namespace
}  // namespace justice
