#include "protocol/work/amendment.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string_view>

#include "protocol/work/escrow.h"
#include "tests/support/must.h"
#include "tests/support/work_scene.h"

namespace work {
namespace {

using namespace labor::v1;
using namespace testing_support;

constexpr auto u64_max = std::numeric_limits<std::uint64_t>::max();

void amend(WorkScene& scene, std::vector<MilestoneAmendment> const& changes) {
  must(scene.act(scene.client, amendment(changes)));
  must(scene.act(scene.talent, scene.agreement()));
}

TEST(Amendment, ChangesWhatIsPlannedDropsItAndAddsMore) {
  WorkScene scene;
  scene.sign();
  amend(scene,
        {new_terms(0, 700 * usd, 10, "Another step"), dropping(1), new_terms(2, 50 * usd, 5)});
  EXPECT_EQ(scene.milestone(0)->title(), "Another step");
  EXPECT_EQ(scene.milestone(0)->amount(), 700 * usd);
  EXPECT_EQ(scene.milestone(0)->due_days(), 10u);
  EXPECT_EQ(scene.milestone(1)->state(), MILESTONE_STATE_DROPPED);
  EXPECT_EQ(scene.milestone(2)->state(), MILESTONE_STATE_PLANNED);
  EXPECT_EQ(scene.contract()->milestones(), 3u);
  EXPECT_EQ(scene.contract()->amendments(), 1u);
  EXPECT_FALSE(scene.contract()->has_amendment());
  scene.fund(2);
  EXPECT_EQ(scene.contract()->escrow(), 55 * usd);
}

TEST(Amendment, GivesAFundedMilestoneMoreMoneyAndMoreDays) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  must(scene.act(scene.client, part(100 * usd)));
  auto const client = scene.balance(scene.client);
  auto const due_ms = scene.milestone()->due_at_ms();
  auto const overdue_ms = scene.milestone()->overdue_at_ms();
  amend(scene, {new_terms(0, 650 * usd, 33)});
  EXPECT_EQ(scene.balance(scene.client), client - 165 * usd);
  EXPECT_EQ(scene.contract()->escrow(), 605 * usd);
  EXPECT_EQ(scene.milestone()->due_at_ms(), due_ms + 3 * day_ms);
  EXPECT_EQ(scene.milestone()->overdue_at_ms(), overdue_ms + 3 * day_ms);
  scene.submit();
  must(scene.act(scene.client, on_milestone<AcceptMilestone>()));
  EXPECT_EQ(scene.balance(scene.talent), 650 * usd);
  EXPECT_EQ(scene.treasury(), 65 * usd);
}

TEST(Amendment, IsRefusedInTheOrderOfStatuses) {
  struct Row {
    std::string_view what;
    std::vector<MilestoneAmendment> changes;
    TxStatus want;
  };
  auto const nameless = new_terms(0, 600 * usd, 30, "");
  Row const rows[] = {
      {"nothing", {}, TX_STATUS_INVALID_TERMS},
      {"one twice", {new_terms(0, 600 * usd), new_terms(0, 700 * usd)}, TX_STATUS_INVALID_TERMS},
      {"descending", {new_terms(1, 600 * usd), new_terms(0, 700 * usd)}, TX_STATUS_INVALID_TERMS},
      {"a long title",
       {new_terms(0, 600 * usd, 30, std::string(121, 'x'))},
       TX_STATUS_TEXT_TOO_LONG},
      {"no title", {nameless}, TX_STATUS_TEXT_MISSING},
      {"less than 5 USD", {new_terms(1, 5 * usd - 1)}, TX_STATUS_AMOUNT_TOO_SMALL},
      {"due at once", {new_terms(1, 5 * usd, 0)}, TX_STATUS_INVALID_DUE_DAYS},
      {"due in 366 days", {new_terms(1, 5 * usd, 366)}, TX_STATUS_INVALID_DUE_DAYS},
      {"one after a gap", {new_terms(3, 5 * usd)}, TX_STATUS_MILESTONE_NOT_FOUND},
      {"a new one dropped", {dropping(2)}, TX_STATUS_MILESTONE_NOT_FOUND},
      {"more than an amount", {new_terms(1, u64_max / 11 * 10)}, TX_STATUS_AMOUNT_OVERFLOW},
      {"the largest", {new_terms(1, u64_max)}, TX_STATUS_AMOUNT_OVERFLOW},
      {"less money in a funded one", {new_terms(0, 499 * usd)}, TX_STATUS_MILESTONE_NOT_AMENDABLE},
      {"fewer days of a funded one",
       {new_terms(0, 500 * usd, 29)},
       TX_STATUS_MILESTONE_NOT_AMENDABLE},
      {"another work in a funded one",
       {new_terms(0, 500 * usd, 30, "Other")},
       TX_STATUS_MILESTONE_NOT_AMENDABLE},
      {"a funded one dropped", {dropping(0)}, TX_STATUS_MILESTONE_NOT_AMENDABLE},
  };
  WorkScene scene;
  scene.sign();
  scene.fund();
  for (auto const& row : rows) {
    EXPECT_EQ(scene.act(scene.client, amendment(row.changes)), row.want) << row.what;
  }
  auto many = std::vector<MilestoneAmendment>{};
  for (std::uint32_t index = 2; index < 51; ++index) many.push_back(new_terms(index, 5 * usd));
  EXPECT_EQ(scene.act(scene.client, amendment(many)), TX_STATUS_TOO_MANY_MILESTONES);
  auto other = amendment({new_terms(1, 5 * usd)});
  other.set_contract(9);
  EXPECT_EQ(scene.act(scene.client, other), TX_STATUS_CONTRACT_NOT_FOUND);
}

TEST(Amendment, IsAskedAgainWhenItIsAgreed) {
  struct Row {
    std::string_view what;
    std::function<void(WorkScene&)> meanwhile;
    TxStatus want;
  };
  Row const rows[] = {
      {"nothing", [](WorkScene&) {}, TX_STATUS_OK},
      {"it was delivered", [](WorkScene& s) { s.submit(); }, TX_STATUS_MILESTONE_NOT_AMENDABLE},
      {"the money is gone", [](WorkScene& s) { s.set_balance(s.client, 110 * usd - 1); },
       TX_STATUS_INSUFFICIENT_BALANCE},
      {"the money is there to the unit", [](WorkScene& s) { s.set_balance(s.client, 110 * usd); },
       TX_STATUS_OK},
      {"the contract ends",
       [](WorkScene& s) {
         EndContract end;
         end.set_contract(1);
         must(s.act(s.client, end));
       },
       TX_STATUS_CONTRACT_NOT_ACTIVE},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.what);
    WorkScene scene;
    scene.sign();
    scene.fund();
    must(scene.act(scene.client, amendment({new_terms(0, 600 * usd)})));
    auto const agreement = scene.agreement();
    row.meanwhile(scene);
    EXPECT_EQ(scene.act(scene.talent, agreement), row.want);
  }
}

TEST(Amendment, ThatAddsOneFindsItTakenByAnother) {
  WorkScene scene;
  scene.sign();
  must(scene.act(scene.client, amendment({new_terms(2, 50 * usd)})));
  auto const agreement = scene.agreement();
  must(scene.act(scene.talent, amendment({new_terms(2, 70 * usd)})));
  EXPECT_EQ(scene.act(scene.talent, agreement), TX_STATUS_NOT_YOUR_TURN);
  EXPECT_EQ(scene.act(scene.client, agreement), TX_STATUS_AMENDMENT_CHANGED);
  must(scene.act(scene.client, scene.agreement()));
  EXPECT_EQ(scene.act(scene.client, agreement), TX_STATUS_AMENDMENT_NOT_OFFERED);
  EXPECT_EQ(scene.milestone(2)->amount(), 70 * usd);
}

TEST(AmendmentHash, ChangesWithEverythingThatIsAgreed) {
  WorkScene scene;
  scene.sign();
  auto const contract = *scene.contract();
  auto const agreed = amendment({new_terms(0, 600 * usd), dropping(1)});
  auto const hash = amendment_hash(contract, agreed);
  std::function<void(OfferAmendment&)> const changes[] = {
      [](OfferAmendment& a) { a.set_contract(2); },
      [](OfferAmendment& a) { a.mutable_changes(0)->set_milestone(2); },
      [](OfferAmendment& a) { a.mutable_changes(0)->mutable_terms()->set_amount(1); },
      [](OfferAmendment& a) { a.mutable_changes(0)->mutable_terms()->set_title("Other"); },
      [](OfferAmendment& a) { a.mutable_changes(0)->mutable_terms()->set_due_days(1); },
      [](OfferAmendment& a) { a.mutable_changes()->RemoveLast(); },
  };
  for (auto const& each : changes) {
    auto other = agreed;
    each(other);
    EXPECT_NE(amendment_hash(contract, other), hash);
  }
  auto later = contract;
  later.set_amendments(1);
  EXPECT_NE(amendment_hash(later, agreed), hash);
}

// floor(F * R / A) may fall by a unit when A grows: what was taken is not given back.
TEST(Amendment, NeverGivesBackAFeeThatWasTaken) {
  for (auto const amount : {5 * usd + 5, 5 * usd + 10, 5 * usd + 19}) {
    for (std::uint64_t more = 0; more < 20; ++more) {
      for (auto const first : {amount - 1, amount - 5, amount - 10}) {
        WorkScene scene;
        scene.sign({amount});
        scene.fund();
        must(scene.act(scene.client, part(first)));
        amend(scene, {new_terms(0, amount + more)});
        must(scene.act(scene.client, part(1)));
        auto const locked = locked_amount(*scene.milestone());
        if (locked > 0) must(scene.act(scene.client, part(locked)));
        EXPECT_EQ(scene.treasury(), fee_on(amount + more, 1000));
        EXPECT_EQ(scene.balance(scene.talent), amount + more);
      }
    }
  }
}

}  // namespace
}  // namespace work
