// Every row of the dispute's table, fired and refused.

#include <gtest/gtest.h>

#include "protocol/justice/dispute_machine.h"
#include "protocol/state/keys.h"
#include "tests/support/justice_scene.h"
#include "tests/support/table_coverage.h"

namespace justice {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = DISPUTE_STATE_UNSPECIFIED;
constexpr auto opened = DISPUTE_STATE_OPENED;
constexpr auto settling = DISPUTE_STATE_SETTLING;
constexpr auto evidence = DISPUTE_STATE_EVIDENCE;
constexpr auto drawing = DISPUTE_STATE_DRAWING;
constexpr auto voting = DISPUTE_STATE_VOTING;
constexpr auto revealing = DISPUTE_STATE_REVEALING;
constexpr auto ruled = DISPUTE_STATE_RULED;
constexpr auto defaulted = DISPUTE_STATE_DEFAULTED;
constexpr auto settled = DISPUTE_STATE_SETTLED;
constexpr auto conceded = DISPUTE_STATE_CONCEDED;
constexpr auto undecided = DISPUTE_STATE_UNDECIDED;
constexpr auto decided = DISPUTE_STATE_FINAL;

constexpr auto client = &WorkScene::client;
constexpr auto talent = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

constexpr std::uint64_t split = 200 * usd;

// ---- ways into each state: beyond those of the scene ----

void before(WorkScene& scene) {
  add_validators(scene);
  add_jurors(scene, 3);
  scene.sign();
  scene.fund();
  scene.submit();
}
void at_opened(WorkScene& scene) {
  open_case(scene);
}
void at_settling(WorkScene& scene) {
  answer_case(scene);
}
void at_evidence(WorkScene& scene) {
  gather_evidence(scene);
}
void at_drawing(WorkScene& scene) {
  gather_evidence(scene);
  next_step(scene);
}
void with_panel_ready(WorkScene& scene) {
  await_panel(scene);
}
void at_voting(WorkScene& scene) {
  seat_panel(scene);
}
void at_revealing(WorkScene& scene) {
  seat_panel(scene);
  next_step(scene);
}
void with_verdicts(WorkScene& scene) {
  seat_panel(scene);
  commit_verdicts(scene, {60, 60, 60});
  reveal_verdicts(scene, {60, 60, 60});
}
void at_ruled(WorkScene& scene) {
  rule(scene, {60, 60, 60}, 10);
}
// Nobody has told a random value, and there is no more time.
void without_panel(WorkScene& scene, void (*arrange)(WorkScene&)) {
  arrange(scene);
  auto dispute = *scene.dispute();
  dispute.set_draw_until_ms(dispute.until_ms());
  scene.put(dispute);
}
void never_drawn(WorkScene& scene) {
  without_panel(scene, at_drawing);
}
void appealed(WorkScene& scene) {
  rule(scene, {60, 60, 60}, 10);
  EXPECT_EQ(scene.act(scene.client, on_dispute<AppealDispute>()), TX_STATUS_OK);
}
void never_drawn_again(WorkScene& scene) {
  without_panel(scene, appealed);
}
void with_verdicts_of_appeal(WorkScene& scene) {
  appeal_case(scene);
  next_step(scene);
  commit_verdicts(scene, {20, 20, 20, 20, 20, 20, 20});
  reveal_verdicts(scene, {20, 20, 20, 20, 20, 20, 20});
}

template <void (*arrange)(WorkScene&)>
void with_split(WorkScene& scene) {
  arrange(scene);
  EXPECT_EQ(scene.act(scene.client, dispute_split(split)), TX_STATUS_OK);
}

// ---- acts ----

TxStatus open(WorkScene& scene, Address const&) {
  return scene.act(scene.client, dispute_opening());
}
TxStatus open_on_loan(WorkScene& scene, Address const&) {
  auto message = dispute_opening();
  message.set_on_loan(true);
  return scene.act(scene.client, message);
}
TxStatus answer(WorkScene& scene, Address const& by) {
  return scene.act(by, dispute_answer());
}
TxStatus concede(WorkScene& scene, Address const& by) {
  return scene.act(by, on_dispute<ConcedeDispute>());
}
TxStatus add_evidence(WorkScene& scene, Address const& by) {
  return scene.act(by, dispute_evidence());
}
TxStatus offer(WorkScene& scene, Address const& by) {
  return scene.act(by, dispute_split(split));
}
TxStatus offer_too_much(WorkScene& scene, Address const& by) {
  return scene.act(by, dispute_split(500 * usd + 1));
}
TxStatus withdraw(WorkScene& scene, Address const& by) {
  return scene.act(by, on_dispute<WithdrawDisputeSplit>());
}
TxStatus agree(WorkScene& scene, Address const& by) {
  return scene.act(by, dispute_agreement(split));
}
TxStatus agree_to_another(WorkScene& scene, Address const& by) {
  return scene.act(by, dispute_agreement(split + 1));
}
TxStatus appeal(WorkScene& scene, Address const& by) {
  return scene.act(by, on_dispute<AppealDispute>());
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  next_step(scene);
  return TX_STATUS_OK;
}

// ---- what breaks guards ----

void bring_all(WorkScene& scene) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(add_evidence(scene, scene.client), TX_STATUS_OK);
}
void take_back(WorkScene& scene) {
  EXPECT_EQ(withdraw(scene, scene.client), TX_STATUS_OK);
}
void spend_the_jurors(WorkScene& scene) {
  WithdrawJurorStake message;
  message.set_amount(juror_stake);
  for (std::size_t i = 0; i < 10; ++i) (void)scene.act(juror_address(i), message);
}

using Cases = std::vector<RowCase>;

void add_splits(Cases& cases, int from, Arrange const& plain, Arrange const& offered) {
  std::vector<Stranger> const strangers = {{outsider, TX_STATUS_NOT_YOUR_DISPUTE}};
  cases.push_back({"offer_split",
                   from,
                   from,
                   "either side",
                   plain,
                   offer,
                   client,
                   strangers,
                   {{"more than is claimed", {}, TX_STATUS_SPLIT_TOO_LARGE, offer_too_much}}});
  cases.push_back({"withdraw_split",
                   from,
                   from,
                   "who offered the split",
                   offered,
                   withdraw,
                   client,
                   strangers,
                   {{"it was withdrawn", take_back, TX_STATUS_SPLIT_NOT_OFFERED}}});
  cases.push_back({"agree_split",
                   from,
                   settled,
                   "the other side than who offered",
                   offered,
                   agree,
                   talent,
                   {{outsider, TX_STATUS_NOT_YOUR_DISPUTE}, {client, TX_STATUS_NOT_YOUR_TURN}},
                   {{"it was withdrawn", take_back, TX_STATUS_SPLIT_NOT_OFFERED},
                    {"another than is offered", {}, TX_STATUS_SPLIT_CHANGED, agree_to_another}}});
}

Cases cases() {
  std::vector<Stranger> const no_side = {{outsider, TX_STATUS_NOT_YOUR_DISPUTE}};
  Broken const stranger{"on loan, for who is no person", {}, TX_STATUS_NOT_ATTESTED, open_on_loan};
  std::vector<Broken> const enough = {{"ten pieces", bring_all, TX_STATUS_TOO_MUCH_EVIDENCE}};
  Broken const unfit{"too few jurors are free", spend_the_jurors, TX_STATUS_NOT_ENOUGH_JURORS};
  Broken const heard{"it was ruled",
                     [](WorkScene& scene) {
                       auto dispute = *scene.dispute();
                       *dispute.add_panels() = dispute.panels(0);
                       dispute.mutable_panels(1)->set_held(0);
                       dispute.mutable_panels(1)->clear_seats();
                       scene.put(dispute);
                     },
                     TX_STATUS_ALREADY_RULED};
  // clang-format off
  Cases all = {
    {"open", none, opened, "with milestone.dispute or week.dispute", before, open, nullptr, {},
     {stranger}},
    {"answer", opened, settling, "the other side", at_opened, answer, talent,
     {{outsider, TX_STATUS_NOT_YOUR_DISPUTE}, {client, TX_STATUS_NOT_YOUR_TURN}}},
    {"default", opened, defaulted, "the block", at_opened, wait_for_it},
    {"concede", opened, conceded, "either side", at_opened, concede, talent, no_side},
    {"concede", settling, conceded, "either side", at_settling, concede, talent, no_side},
    {"concede", evidence, conceded, "either side", at_evidence, concede, client, no_side},
    {"concede", drawing, conceded, "either side", at_drawing, concede, client, no_side, {heard}},
    {"add_evidence", settling, settling, "either side", at_settling, add_evidence, client, no_side,
     enough},
    {"add_evidence", evidence, evidence, "either side", at_evidence, add_evidence, client, no_side,
     enough},
    {"settling_over", settling, evidence, "the block", at_settling, wait_for_it},
    {"evidence_over", evidence, drawing, "the block", at_evidence, wait_for_it},
    {"draw", drawing, voting, "the block", with_panel_ready, wait_for_it},
    {"draw_again", drawing, drawing, "the block", at_drawing, wait_for_it},
    {"no_panel", drawing, undecided, "the block", never_drawn, wait_for_it},
    {"no_appeal", drawing, decided, "the block", never_drawn_again, wait_for_it},
    {"votes_in", voting, revealing, "the block", at_voting, wait_for_it},
    {"rule", revealing, ruled, "the block", with_verdicts, wait_for_it},
    {"rule_finally", revealing, decided, "the block", with_verdicts_of_appeal, wait_for_it},
    {"no_verdict", revealing, drawing, "the block", at_revealing, wait_for_it},
    {"appeal", ruled, drawing, "either side", at_ruled, appeal, client, no_side, {unfit, heard}},
    {"finish", ruled, decided, "the block", at_ruled, wait_for_it},
  };
  // clang-format on
  add_splits(all, settling, at_settling, with_split<at_settling>);
  add_splits(all, evidence, at_evidence, with_split<at_evidence>);
  add_splits(all, drawing, at_drawing, with_split<at_drawing>);
  add_splits(all, voting, at_voting, with_split<at_voting>);
  add_splits(all, revealing, at_revealing, with_split<at_revealing>);
  return all;
}

TEST(DisputeTable, EveryRowFiresAndIsRefused) {
  Watched const watched{
      .state =
          [](WorkScene const& scene) {
            auto const dispute = scene.dispute();
            return dispute ? dispute->state() : none;
          },
      .deadline =
          [](WorkScene const& scene) { return std::optional{scene.dispute()->until_ms()}; }};
  TableCoverage<DisputeAct, DisputeState>{dispute_machine(), watched, cases()}.check_all();
}

}  // namespace
}  // namespace justice
