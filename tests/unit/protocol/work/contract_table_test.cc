// Every row of the contract's table, fired and refused.

#include <gtest/gtest.h>

#include "protocol/work/contract_machine.h"
#include "tests/support/hours_scene.h"
#include "tests/support/must.h"
#include "tests/support/table_coverage.h"

namespace work {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = CONTRACT_STATE_UNSPECIFIED;
constexpr auto active = CONTRACT_STATE_ACTIVE;
constexpr auto paused = CONTRACT_STATE_PAUSED;
constexpr auto ending = CONTRACT_STATE_ENDING;
constexpr auto ended = CONTRACT_STATE_ENDED;

constexpr auto client = &WorkScene::client;
constexpr auto talent = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

std::optional<std::uint64_t> deadline(WorkScene const& scene) {
  auto const contract = scene.contract();
  auto const due = contract ? state::deadline_of(*contract) : std::nullopt;
  return due ? std::optional{due->value()} : std::nullopt;
}

TxStatus end(WorkScene& scene, Address const& by) {
  EndContract message;
  message.set_contract(1);
  return scene.act(by, message);
}
TxStatus offer_amendment(WorkScene& scene, Address const& by) {
  return scene.act(by, amendment({new_terms(0, 600 * usd)}));
}
TxStatus withdraw_amendment(WorkScene& scene, Address const& by) {
  WithdrawAmendment message;
  message.set_contract(1);
  return scene.act(by, message);
}
TxStatus agree_amendment(WorkScene& scene, Address const& by) {
  return scene.act(by, scene.agreement());
}
TxStatus agree_to_another(WorkScene& scene, Address const& by) {
  auto agree = scene.agreement();
  agree.set_amendment_hash(hash_of(1));
  return scene.act(by, agree);
}
TxStatus pay_bonus(WorkScene& scene, Address const& by) {
  return scene.act(by, bonus(10 * usd));
}
TxStatus fund(WorkScene& scene, Address const& by) {
  return scene.act(by, week_funding());
}
TxStatus set_top_up(WorkScene& scene, Address const& by) {
  return scene.act(by, top_up(5'000 * usd));
}
TxStatus set_top_up_of_another(WorkScene& scene, Address const& by) {
  auto message = top_up(5'000 * usd);
  message.set_contract(2);
  return scene.act(by, message);
}
TxStatus pause(WorkScene& scene, Address const& by) {
  PauseContract message;
  message.set_contract(1);
  return scene.act(by, message);
}
TxStatus resume(WorkScene& scene, Address const& by) {
  ResumeContract message;
  message.set_contract(1);
  return scene.act(by, message);
}
TxStatus resume_as_talent(WorkScene& scene, Address const&) {
  return resume(scene, scene.talent);
}
TxStatus accept_offer(WorkScene& scene, Address const&) {
  return scene.act(scene.talent, scene.acceptance());
}
TxStatus accept_last(WorkScene& scene, Address const&) {
  return scene.act(scene.client, on_milestone<AcceptMilestone>(1));
}
TxStatus accept_part(WorkScene& scene, Address const&) {
  return scene.act(scene.client, part(1 * usd, 1));
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  scene.set_time(*deadline(scene));
  scene.fire_due();
  return TX_STATUS_OK;
}

void offered(WorkScene& scene) {
  scene.make_offer();
}
// With money locked the contract waits in ending.
void with_money(WorkScene& scene) {
  scene.sign();
  scene.fund(1);
  scene.submit(1);
}
void is_ending(WorkScene& scene) {
  with_money(scene);
  EXPECT_EQ(end(scene, scene.client), TX_STATUS_OK);
}
void is_ended(WorkScene& scene) {
  is_ending(scene);
  EXPECT_EQ(accept_last(scene, {}), TX_STATUS_OK);
}
void amended(WorkScene& scene) {
  scene.sign();
  EXPECT_EQ(offer_amendment(scene, scene.client), TX_STATUS_OK);
}
void idle(WorkScene& scene) {
  scene.sign();
}

void hourly(WorkScene& scene) {
  sign_hourly(scene);
}
void topped_up(WorkScene& scene) {
  sign_hourly(scene);
  must(set_top_up(scene, scene.client));
}
// Once the next week could be funded.
void with_disputed_hours(WorkScene& scene) {
  must(fund(scene, scene.client));
  scene.wait(3 * hour_length_ms);
  must(scene.act(scene.talent, hours_logged(scene)));
  pass_week_clock(scene);
  must(scene.act(scene.client, hours_dispute({0})));
}
// Contract 2.
void another_by_milestones(WorkScene& scene) {
  MakeOffer make;
  make.set_talent(scene.talent.str());
  *make.mutable_terms() = terms_of({500 * usd});
  must(scene.act(scene.client, make));
  AcceptOffer accept;
  accept.set_offer(2);
  accept.set_version(1);
  accept.set_terms_hash(scene.offer(2)->terms_hash());
  must(scene.act(scene.talent, accept));
}

void paused_by_client(WorkScene& scene) {
  scene.sign();
  must(pause(scene, scene.client));
}
void paused_with_money(WorkScene& scene) {
  with_money(scene);
  must(pause(scene, scene.talent));
}
// With nothing locked for 80 days.
void paused_and_idle(WorkScene& scene) {
  scene.sign();
  scene.wait(80 * day_ms);
  must(pause(scene, scene.client));
}
void paused_and_amended(WorkScene& scene) {
  amended(scene);
  must(pause(scene, scene.talent));
}
void paused_hourly(WorkScene& scene) {
  sign_hourly(scene);
  must(pause(scene, scene.talent));
}
void paused_topped_up(WorkScene& scene) {
  topped_up(scene);
  must(pause(scene, scene.client));
}

std::vector<RowCase> cases() {
  std::vector<Stranger> const strangers = {{outsider, TX_STATUS_NOT_YOUR_CONTRACT}};
  std::vector<Stranger> const not_client = {{talent, TX_STATUS_NOT_YOUR_CONTRACT},
                                            {outsider, TX_STATUS_NOT_YOUR_CONTRACT}};
  std::vector<Stranger> const not_other = {{outsider, TX_STATUS_NOT_YOUR_CONTRACT},
                                           {client, TX_STATUS_NOT_YOUR_TURN}};
  auto const withdrawn = [](WorkScene& scene) {
    EXPECT_EQ(withdraw_amendment(scene, scene.client), TX_STATUS_OK);
  };
  auto const countered = [](WorkScene& scene) {
    EXPECT_EQ(offer_amendment(scene, scene.talent), TX_STATUS_OK);
  };
  auto const used_up = [](WorkScene& scene) {
    must(pause(scene, scene.client));
    wait_for_it(scene, {});
  };
  auto const a_year_later = [](WorkScene& scene) { scene.wait(365 * day_ms); };
  // clang-format off
  return {
    {"sign", none, active, "with offer.accept", offered, accept_offer},
    {"fund_week", active, active, "the client", hourly, fund, client, not_client,
     {{"it is funded", [](WorkScene& scene) { must(fund(scene, scene.client)); },
       TX_STATUS_WEEK_ALREADY_FUNDED},
      {"hours are disputed", with_disputed_hours, TX_STATUS_HOURS_DISPUTED}}},
    {"set_top_up", active, active, "the client", hourly, set_top_up, client, not_client,
     {{"it is paid by milestones", another_by_milestones, TX_STATUS_NOT_HOURLY,
       set_top_up_of_another}}},
    {"week_starts", active, active, "the block", topped_up, wait_for_it},
    {"offer_amendment", active, active, "either side", idle, offer_amendment, talent, strangers},
    {"withdraw_amendment", active, active, "who offered the amendment", amended,
     withdraw_amendment, client, strangers,
     {{"it is withdrawn", withdrawn, TX_STATUS_AMENDMENT_NOT_OFFERED},
      {"the other side has offered another", countered, TX_STATUS_AMENDMENT_NOT_OFFERED}}},
    {"agree_amendment", active, active, "the other side", amended, agree_amendment, talent,
     not_other,
     {{"it is withdrawn", withdrawn, TX_STATUS_AMENDMENT_NOT_OFFERED},
      {"it is another", {}, TX_STATUS_AMENDMENT_CHANGED, agree_to_another}}},
    {"set_top_up", paused, paused, "the client", paused_hourly, set_top_up, client, not_client,
     {{"it is paid by milestones", another_by_milestones, TX_STATUS_NOT_HOURLY,
       set_top_up_of_another}}},
    {"week_starts", paused, paused, "the block", paused_topped_up, wait_for_it},
    {"offer_amendment", paused, paused, "either side", paused_by_client, offer_amendment, talent,
     strangers},
    {"withdraw_amendment", paused, paused, "who offered the amendment", paused_and_amended,
     withdraw_amendment, client, strangers,
     {{"it is withdrawn", withdrawn, TX_STATUS_AMENDMENT_NOT_OFFERED}}},
    {"agree_amendment", paused, paused, "the other side", paused_and_amended, agree_amendment,
     talent, not_other, {{"it is another", {}, TX_STATUS_AMENDMENT_CHANGED, agree_to_another}}},
    {"pause", active, paused, "the client", idle, pause, client, strangers,
     {{"all is used up", used_up, TX_STATUS_NO_PAUSE_LEFT}}},
    {"pause", active, paused, "the talent", idle, pause, talent, strangers,
     {{"all is used up", used_up, TX_STATUS_NO_PAUSE_LEFT}}},
    {"resume", paused, active, "who paused it", paused_by_client, resume, client, strangers,
     {{"the other side paused", {}, TX_STATUS_NOT_YOUR_CONTRACT, resume_as_talent}}},
    {"resume_over", paused, active, "the block", paused_by_client, wait_for_it},
    {"end", paused, ending, "the client", paused_with_money, end, client, strangers},
    {"end", paused, ending, "the talent", paused_with_money, end, talent, strangers},
    {"idle", paused, ending, "the block", paused_and_idle, wait_for_it, nullptr, {}, {}, ended},
    {"bonus", paused, paused, "the client", paused_by_client, pay_bonus, client, not_client},
    {"end", active, ending, "the client", with_money, end, client, strangers},
    {"end", active, ending, "the talent", with_money, end, talent, strangers},
    {"idle", active, ending, "the block", idle, wait_for_it, nullptr, {}, {}, ended},
    {"settle", ending, ended, "with the end of its last milestone or week", is_ending, accept_last,
     nullptr, {}, {{"something is left", {}, TX_STATUS_OK, accept_part}}},
    {"bonus", active, active, "the client", idle, pay_bonus, client, not_client},
    {"bonus", ending, ending, "the client", is_ending, pay_bonus, client, not_client},
    {"bonus", ended, ended, "the client", is_ended, pay_bonus, client, not_client,
     {{"a year later", a_year_later, TX_STATUS_BONUS_TOO_LATE}}},
  };
  // clang-format on
}

TEST(ContractTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const contract = scene.contract();
                              return contract ? contract->state() : none;
                            },
                        .deadline = deadline};
  TableCoverage<ContractAct, ContractState>{contract_machine(), watched, cases()}.check_all();
}

}  // namespace
}  // namespace work
