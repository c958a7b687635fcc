// Every row of the enrolment's table, fired and refused: the talent enrols.

#include <gtest/gtest.h>

#include "protocol/governance/enrolment.h"
#include "protocol/governance/enrolment_machine.h"
#include "protocol/limits.h"
#include "tests/support/table_coverage.h"

namespace governance {
namespace {

using namespace labor::v1;        // The cases name records and statuses.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

namespace limits = protocol::limits;

constexpr auto none = ENROLMENT_STATE_UNSPECIFIED;
constexpr auto enrolled = ENROLMENT_STATE_ENROLLED;

constexpr auto talent = &WorkScene::talent;
constexpr auto client = &WorkScene::client;

constexpr std::uint64_t period_ms = limits::contribution_period_ms;
constexpr std::uint64_t year_ms = 365 * day_ms;

std::optional<std::uint64_t> deadline(WorkScene const& scene) {
  auto const enrolment = find_enrolment(scene.state(), scene.talent);
  return enrolment ? std::optional{enrolment->until_ms()} : std::nullopt;
}

// As if so much had been paid in fees, a moment ago, with the client and with another.
Contribution brought(WorkScene const& scene, std::uint64_t fees) {
  Contribution contribution;
  contribution.set_account(scene.talent.str());
  contribution.set_fees(fees);
  auto& period = *contribution.add_recent();
  period.set_period(scene.now_ms() / period_ms);
  period.set_fees(fees);
  for (auto const& other : {scene.client, scene.outsider}) {
    auto& counterparty = *contribution.add_counterparties();
    counterparty.set_account(other.str());
    counterparty.set_at_ms(scene.now_ms());
  }
  return contribution;
}

TxStatus enrol(WorkScene& scene, Address const& by) {
  return scene.act(by, Enrol{});
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  scene.set_time(*deadline(scene));
  scene.fire_due();
  return TX_STATUS_OK;
}

void is_person(WorkScene& scene) {
  scene.identify(scene.talent);
  scene.put(brought(scene, 20 * usd));
}
void is_enrolled(WorkScene& scene) {
  is_person(scene);
  EXPECT_EQ(enrol(scene, scene.talent), TX_STATUS_OK);
}
// Attested anew, and with work in the year that ends.
void is_to_renew(WorkScene& scene) {
  is_enrolled(scene);
  scene.set_time(*deadline(scene) - limits::enrolment_renewal_ms);
  scene.identify(scene.talent);
  scene.put(brought(scene, 20 * usd));
}

// ---- what breaks the guard ----

void has_brought_less(WorkScene& scene) {
  scene.put(brought(scene, 20 * usd - 1));
}
void has_brought_it_long_ago(WorkScene& scene) {
  auto contribution = brought(scene, 20 * usd);
  contribution.mutable_recent(0)->set_period((scene.now_ms() - year_ms) / period_ms - 1);
  scene.put(contribution);
}
void has_met_one(WorkScene& scene) {
  auto contribution = brought(scene, 20 * usd);
  contribution.mutable_counterparties()->RemoveLast();
  scene.put(contribution);
}
void has_met_the_other_long_ago(WorkScene& scene) {
  auto contribution = brought(scene, 20 * usd);
  contribution.mutable_counterparties(1)->set_at_ms(scene.now_ms() - year_ms);
  scene.put(contribution);
}
void asks_too_soon(WorkScene& scene) {
  scene.set_time(scene.now_ms() - 1);
}

std::vector<RowCase> cases() {
  std::vector<Stranger> const nobody = {{client, TX_STATUS_NOT_A_PERSON}};
  std::vector<Broken> const too_little = {
      {"too few fees", has_brought_less, TX_STATUS_TOO_FEW_FEES},
      {"none in a year", has_brought_it_long_ago, TX_STATUS_TOO_FEW_FEES},
      {"one counterparty", has_met_one, TX_STATUS_TOO_FEW_COUNTERPARTIES},
      {"one in a year", has_met_the_other_long_ago, TX_STATUS_TOO_FEW_COUNTERPARTIES}};
  auto not_again = too_little;
  not_again.push_back({"too soon", asks_too_soon, TX_STATUS_ENROLLED_ALREADY});
  // clang-format off
  return {
    {"enrol", none, enrolled, "a person", is_person, enrol, talent, nobody, too_little},
    {"enrol", enrolled, enrolled, "a person", is_to_renew, enrol, talent, nobody, not_again},
    {"lapse", enrolled, none, "the block", is_enrolled, wait_for_it},
  };
  // clang-format on
}

TEST(EnrolmentTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const enrolment = find_enrolment(scene.state(), scene.talent);
                              return enrolment ? enrolment->state() : none;
                            },
                        .deadline = deadline};
  TableCoverage<EnrolmentAct, EnrolmentState>{enrolment_machine(), watched, cases()}.check_all();
}

TEST(Enrolments, AreOfPersonsAndOfNoTeam) {
  WorkScene scene;
  is_person(scene);
  EditProfile edit;
  *edit.mutable_details() = profile_details();
  edit.mutable_details()->set_kind(PROFILE_KIND_TEAM);
  ASSERT_EQ(scene.act(scene.talent, edit), TX_STATUS_OK);
  EXPECT_EQ(enrol(scene, scene.talent), TX_STATUS_NOT_A_PERSON);
}

TEST(Enrolments, AreCountedWhileTheyLast) {
  WorkScene scene;
  auto const members = [&] { return execution::counter_of(scene.state(), enrolled_counter); };
  is_enrolled(scene);
  EXPECT_EQ(members(), 1u);
  auto const first = find_enrolment(scene.state(), scene.talent)->id();
  wait_for_it(scene, {});
  EXPECT_EQ(members(), 0u);
  scene.identify(scene.talent);
  scene.put(brought(scene, 20 * usd));
  ASSERT_EQ(enrol(scene, scene.talent), TX_STATUS_OK);
  EXPECT_EQ(members(), 1u);
  EXPECT_GT(find_enrolment(scene.state(), scene.talent)->id(), first);
}

// One person has one account: what a second one pays comes from nobody.
TEST(Enrolments, AreNotBoughtByTradingWithOnesOwnSecondAccount) {
  WorkScene scene;
  scene.sign();
  scene.identify(scene.talent);
  scene.fund();
  scene.submit();
  ASSERT_EQ(scene.act(scene.client, on_milestone<AcceptMilestone>()), TX_STATUS_OK);
  EXPECT_EQ(enrol(scene, scene.talent), TX_STATUS_TOO_FEW_FEES);
  scene.identify(scene.client);
  scene.fund(1);
  scene.submit(1);
  AcceptMilestone accept;
  accept.set_contract(1);
  accept.set_milestone(1);
  ASSERT_EQ(scene.act(scene.client, accept), TX_STATUS_OK);
  EXPECT_EQ(enrol(scene, scene.talent), TX_STATUS_TOO_FEW_COUNTERPARTIES);
}

}  // namespace
}  // namespace governance
