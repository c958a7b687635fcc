// Every row of the contract's table, fired and refused.

#include <gtest/gtest.h>

#include "protocol/work/contract_machine.h"
#include "tests/support/table_coverage.h"

namespace work {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = CONTRACT_STATE_UNSPECIFIED;
constexpr auto active = CONTRACT_STATE_ACTIVE;
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
  auto const a_year_later = [](WorkScene& scene) { scene.wait(365 * day_ms); };
  // clang-format off
  return {
    {"sign", none, active, "with offer.accept", offered, accept_offer},
    {"offer_amendment", active, active, "either side", idle, offer_amendment, talent, strangers},
    {"withdraw_amendment", active, active, "who offered the amendment", amended,
     withdraw_amendment, client, strangers,
     {{"it is withdrawn", withdrawn, TX_STATUS_AMENDMENT_NOT_OFFERED},
      {"the other side has offered another", countered, TX_STATUS_AMENDMENT_NOT_OFFERED}}},
    {"agree_amendment", active, active, "the other side", amended, agree_amendment, talent,
     not_other,
     {{"it is withdrawn", withdrawn, TX_STATUS_AMENDMENT_NOT_OFFERED},
      {"it is another", {}, TX_STATUS_AMENDMENT_CHANGED, agree_to_another}}},
    {"end", active, ending, "the client", with_money, end, client, strangers},
    {"end", active, ending, "the talent", with_money, end, talent, strangers},
    {"idle", active, ending, "the block", idle, wait_for_it, nullptr, {}, {}, ended},
    {"settle", ending, ended, "with the end of its last milestone", is_ending, accept_last,
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
