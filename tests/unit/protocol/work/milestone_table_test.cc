// Every row of the milestone's table, fired and refused.

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "protocol/work/milestone_machine.h"
#include "tests/support/justice_scene.h"
#include "tests/support/table_coverage.h"

namespace work {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = MILESTONE_STATE_UNSPECIFIED;
constexpr auto planned = MILESTONE_STATE_PLANNED;
constexpr auto funded = MILESTONE_STATE_FUNDED;
constexpr auto submitted = MILESTONE_STATE_SUBMITTED;
constexpr auto changes = MILESTONE_STATE_CHANGES;
constexpr auto accepted = MILESTONE_STATE_ACCEPTED;
constexpr auto refunded = MILESTONE_STATE_REFUNDED;
constexpr auto dropped = MILESTONE_STATE_DROPPED;
constexpr auto settled = MILESTONE_STATE_SETTLED;
constexpr auto disputed = MILESTONE_STATE_DISPUTED;

constexpr auto client = &WorkScene::client;
constexpr auto talent = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

// ---- ways into each state ----

void sign(WorkScene& scene) {
  scene.sign();
}
void fund(WorkScene& scene) {
  scene.sign();
  scene.fund();
}
void submit(WorkScene& scene) {
  fund(scene);
  scene.submit();
}
void change(WorkScene& scene) {
  submit(scene);
  scene.request_changes();
}
void ask_refund(WorkScene& scene) {
  fund(scene);
  EXPECT_EQ(scene.act(scene.client, on_milestone<RequestRefund>()), TX_STATUS_OK);
}
void third_change(WorkScene& scene) {
  for (int more = 0; more < 2; ++more) {
    scene.request_changes();
    scene.submit();
  }
  scene.request_changes();
  scene.submit();
}

// Each of these states, with a split of 200 USD that the client offers.
template <auto Into>
void offered(WorkScene& scene) {
  Into(scene);
  EXPECT_EQ(scene.act(scene.client, split_offer(200 * usd)), TX_STATUS_OK);
}

// Each of these states, with an amendment that the client offers.
template <auto Into>
void amended(WorkScene& scene) {
  Into(scene);
  EXPECT_EQ(scene.act(scene.client, amendment({new_terms(0, 600 * usd)})), TX_STATUS_OK);
}

// ---- acts ----

template <class M>
TxStatus plain(WorkScene& scene, Address const& by) {
  return scene.act(by, on_milestone<M>());
}
TxStatus deliver(WorkScene& scene, Address const& by) {
  return scene.act(by, delivery());
}
TxStatus request(WorkScene& scene, Address const& by) {
  return scene.act(by, change_request());
}
TxStatus release_part(WorkScene& scene, Address const& by) {
  return scene.act(by, part(200 * usd));
}
TxStatus release_all(WorkScene& scene, Address const& by) {
  return scene.act(by, part(500 * usd));
}
TxStatus offer_split(WorkScene& scene, Address const& by) {
  return scene.act(by, split_offer(500 * usd));
}
TxStatus agree_split(WorkScene& scene, Address const& by) {
  return scene.act(by, split_agreement(200 * usd));
}
TxStatus agree_to_amendment(WorkScene& scene, Address const&) {
  return scene.act(scene.talent, scene.agreement());
}
TxStatus offer_less(WorkScene& scene, Address const&) {
  return scene.act(scene.client, amendment({new_terms(0, 500 * usd - 1)}));
}
TxStatus end_contract(WorkScene& scene, Address const& by) {
  EndContract end;
  end.set_contract(1);
  return scene.act(by, end);
}
TxStatus end_as_client(WorkScene& scene, Address const&) {
  return end_contract(scene, scene.client);
}
TxStatus end_as_talent(WorkScene& scene, Address const&) {
  return end_contract(scene, scene.talent);
}
TxStatus pause_contract(WorkScene& scene, Address const&) {
  PauseContract pause;
  pause.set_contract(1);
  return scene.act(scene.client, pause);
}
TxStatus resume_contract(WorkScene& scene, Address const&) {
  ResumeContract resume;
  resume.set_contract(1);
  return scene.act(scene.client, resume);
}
TxStatus accept_offer(WorkScene& scene, Address const&) {
  return scene.act(scene.talent, scene.acceptance());
}

std::optional<std::uint64_t> deadline(WorkScene const& scene) {
  auto const milestone = scene.milestone();
  auto const due = milestone ? state::deadline_of(*milestone) : std::nullopt;
  return due ? std::optional{due->value()} : std::nullopt;
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  scene.set_time(*deadline(scene));
  scene.fire_due();
  return TX_STATUS_OK;
}

// ---- disputes ----

void refuse_refund(WorkScene& scene) {
  fund(scene);
  scene.set_balance(scene.talent, 100 * usd);
  EXPECT_EQ(scene.act(scene.client, on_milestone<RequestRefund>()), TX_STATUS_OK);
  EXPECT_EQ(scene.act(scene.talent, on_milestone<RefuseRefund>()), TX_STATUS_OK);
}
void forget_refusal(WorkScene& scene) {
  auto milestone = *scene.milestone();
  milestone.set_refund_refused(false);
  scene.put(milestone);
}
void paused(WorkScene& scene) {
  fund(scene);
  EXPECT_EQ(pause_contract(scene, {}), TX_STATUS_OK);
}
void forget_pause(WorkScene& scene) {
  auto milestone = *scene.milestone();
  milestone.set_paused_ms(0);
  scene.put(milestone);
}
void dispute_it(WorkScene& scene) {
  open_case(scene);
}
TxStatus dispute(WorkScene& scene, Address const& by) {
  return scene.act(by, dispute_opening());
}
TxStatus concede(WorkScene& scene, Address const&) {
  return scene.act(scene.talent, on_dispute<ConcedeDispute>());
}
TxStatus wait_for_default(WorkScene& scene, Address const&) {
  next_step(scene);
  return TX_STATUS_OK;
}

std::vector<RowCase> dispute_cases() {
  auto const not_theirs = TX_STATUS_NOT_YOUR_CONTRACT;
  std::vector<Stranger> const no_side = {{outsider, not_theirs}};
  return {
      {"dispute",
       funded,
       disputed,
       "the talent",
       refuse_refund,
       dispute,
       talent,
       {{client, TX_STATUS_WRONG_STATE}, {outsider, not_theirs}},
       {{"nothing was refused", forget_refusal, TX_STATUS_REFUND_NOT_REFUSED}}},
      {"dispute", submitted, disputed, "either side", submit, dispute, client, no_side},
      {"dispute", changes, disputed, "either side", change, dispute, client, no_side},
      {"award", disputed, settled, "with the end of its dispute", dispute_it, concede},
      {"reinstate", disputed, funded, "with a dispute that nobody answered", open_undelivered_case,
       wait_for_default},
  };
}

std::vector<RowCase> pause_cases() {
  // clang-format off
  return {
    {"pause", funded, funded, "with contract.pause by the client", fund, pause_contract},
    {"resume", funded, funded, "with the end of the pause", paused, resume_contract, nullptr, {},
     {{"it was funded meanwhile", forget_pause, TX_STATUS_OK}}},
  };
  // clang-format on
}

void released_before(WorkScene& scene) {
  EXPECT_EQ(scene.act(scene.client, part(400 * usd)), TX_STATUS_OK);
}
void asked(WorkScene& scene) {
  EXPECT_EQ(scene.act(scene.client, on_milestone<RequestRefund>()), TX_STATUS_OK);
}

std::vector<RowCase> split_cases() {
  auto const not_theirs = TX_STATUS_NOT_YOUR_CONTRACT;
  auto const withdraw = plain<WithdrawSplit>;
  std::vector<Stranger> const no_side = {{outsider, not_theirs}};
  std::vector<Stranger> const not_other = {{outsider, not_theirs},
                                           {client, TX_STATUS_NOT_YOUR_TURN}};
  std::vector<Broken> const too_much = {
      {"more than is left", released_before, TX_STATUS_SPLIT_TOO_LARGE}};
  auto const counter = [](WorkScene& scene) {
    EXPECT_EQ(scene.act(scene.talent, split_offer(300 * usd)), TX_STATUS_OK);
  };
  auto const part_paid = [](WorkScene& scene) {
    EXPECT_EQ(scene.act(scene.client, part(1)), TX_STATUS_OK);
  };
  std::vector<Broken> const not_own = {
      {"the other side has answered with another", counter, TX_STATUS_SPLIT_NOT_OFFERED},
      {"a part was paid", part_paid, TX_STATUS_SPLIT_NOT_OFFERED}};
  auto const other_split = [](WorkScene& scene) {
    EXPECT_EQ(scene.act(scene.client, split_offer(201 * usd)), TX_STATUS_OK);
  };
  std::vector<Broken> const not_same = {
      {"a part was paid", part_paid, TX_STATUS_SPLIT_NOT_OFFERED},
      {"it is another by now", other_split, TX_STATUS_SPLIT_CHANGED}};
  // clang-format off
  return {
    {"offer_split", funded, funded, "either side", fund, offer_split, talent, no_side, too_much},
    {"offer_split", submitted, submitted, "either side", submit, offer_split, client, no_side,
     too_much},
    {"offer_split", changes, changes, "either side", change, offer_split, talent, no_side,
     too_much},
    {"withdraw_split", funded, funded, "who offered the split", offered<fund>, withdraw, client,
     no_side, not_own},
    {"withdraw_split", submitted, submitted, "who offered the split", offered<submit>, withdraw,
     client, no_side, not_own},
    {"withdraw_split", changes, changes, "who offered the split", offered<change>, withdraw, client,
     no_side, not_own},
    {"agree_split", funded, settled, "the other side", offered<fund>, agree_split, talent,
     not_other, not_same},
    {"agree_split", submitted, settled, "the other side", offered<submit>, agree_split, talent,
     not_other, not_same},
    {"agree_split", changes, settled, "the other side", offered<change>, agree_split, talent,
     not_other, not_same},
  };
  // clang-format on
}

std::vector<RowCase> clock_and_follow_cases() {
  // clang-format off
  return {
    {"review_over", submitted, accepted, "the block", submit, wait_for_it},
    {"changes_over", changes, refunded, "the block", change, wait_for_it},
    {"refund_unanswered", funded, refunded, "the block", ask_refund, wait_for_it},
    {"overdue", funded, refunded, "the block", fund, wait_for_it},
    {"drop", planned, dropped, "with the contract's end, or an amendment", sign, end_as_client},
    {"amend", planned, planned, "with contract.agree_amendment", amended<sign>,
     agree_to_amendment},
    {"amend", funded, funded, "with contract.agree_amendment", amended<fund>, agree_to_amendment,
     nullptr, {}, {{"it would be less", {}, TX_STATUS_MILESTONE_NOT_AMENDABLE, offer_less}}},
    {"cancel", funded, refunded, "with contract.end by the talent", fund, end_as_talent},
    {"ask_refund_at_end", funded, funded, "with contract.end by the client", fund, end_as_client,
     nullptr, {}, {{"asked already", asked, TX_STATUS_OK}}},
  };
  // clang-format on
}

std::vector<RowCase> delivery_cases() {
  auto const fund_it = plain<FundMilestone>;
  auto const accept = plain<AcceptMilestone>;
  auto const ask = plain<RequestRefund>;
  auto const refuse = plain<RefuseRefund>;
  auto const agree = plain<AgreeRefund>;
  auto const not_theirs = TX_STATUS_NOT_YOUR_CONTRACT;
  std::vector<Stranger> const not_client = {{talent, not_theirs}, {outsider, not_theirs}};
  std::vector<Stranger> const not_talent = {{client, not_theirs}, {outsider, not_theirs}};
  auto const over =
      std::vector<Broken>{{"more than is left", released_before, TX_STATUS_RELEASE_TOO_LARGE}};
  auto const refused_lately = [](WorkScene& scene) {
    EXPECT_EQ(scene.act(scene.client, on_milestone<RequestRefund>()), TX_STATUS_OK);
    EXPECT_EQ(scene.act(scene.talent, on_milestone<RefuseRefund>()), TX_STATUS_OK);
  };
  auto const refused = [](WorkScene& scene) {
    EXPECT_EQ(scene.act(scene.talent, on_milestone<RefuseRefund>()), TX_STATUS_OK);
  };
  auto const make_offer = [](WorkScene& scene) { scene.make_offer(); };
  // clang-format off
  return {
    {"plan", none, planned, "with contract.sign, or an amendment", make_offer, accept_offer},
    {"fund", planned, funded, "the client", sign, fund_it, client, not_client},
    {"submit", funded, submitted, "the talent", ask_refund, deliver, talent, not_talent},
    {"submit", changes, submitted, "the talent", change, deliver, talent, not_talent},
    {"request_changes", submitted, changes, "the client", submit, request, client, not_client,
     {{"three requests", third_change, TX_STATUS_TOO_MANY_CHANGE_REQUESTS}}},
    {"accept", submitted, accepted, "the client", submit, accept, client, not_client},
    {"release", funded, funded, "the client", fund, release_part, client, not_client, over},
    {"release", funded, accepted, "the client", fund, release_all, client, not_client, over},
    {"release", submitted, submitted, "the client", submit, release_part, client, not_client, over},
    {"release", submitted, accepted, "the client", submit, release_all, client, not_client, over},
    {"release", changes, changes, "the client", change, release_part, client, not_client, over},
    {"release", changes, accepted, "the client", change, release_all, client, not_client, over},
    {"request_refund", funded, funded, "the client", fund, ask, client, not_client,
     {{"asked already", asked, TX_STATUS_REFUND_ALREADY_ASKED},
      {"refused lately", refused_lately, TX_STATUS_REFUND_TOO_SOON}}},
    {"refuse_refund", funded, funded, "the talent", ask_refund, refuse, talent, not_talent,
     {{"not asked any more", refused, TX_STATUS_REFUND_NOT_ASKED}}},
    {"agree_refund", funded, refunded, "the talent", ask_refund, agree, talent, not_talent,
     {{"not asked any more", refused, TX_STATUS_REFUND_NOT_ASKED}}},
  };
  // clang-format on
}

std::vector<RowCase> cases() {
  std::vector<RowCase> all;
  for (auto const part_of :
       {delivery_cases, split_cases, dispute_cases, pause_cases, clock_and_follow_cases}) {
    std::ranges::move(part_of(), std::back_inserter(all));
  }
  return all;
}

TEST(MilestoneTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const milestone = scene.milestone();
                              return milestone ? milestone->state() : none;
                            },
                        .deadline = deadline};
  TableCoverage<MilestoneAct, MilestoneState>{milestone_machine(), watched, cases()}.check_all();
}

}  // namespace
}  // namespace work
