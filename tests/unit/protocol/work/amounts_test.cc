// Amounts at their ends, wherever work takes one: nothing, dust, and as much as an amount can be.

#include <gtest/gtest.h>

#include <limits>
#include <string_view>

#include "tests/support/hours_scene.h"
#include "tests/support/must.h"

namespace work {
namespace {

using namespace labor::v1;        // The rows name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.

constexpr auto most = std::numeric_limits<std::uint64_t>::max();
// Of a fee of a tenth: the largest amount of which the sum with its fee is an amount.
constexpr std::uint64_t most_with_fee = most / 11 * 10 + 4;

// What somebody does with an amount, in what situation.
struct Deed {
  void (*arrange)(WorkScene&);
  TxStatus (*act)(WorkScene&, std::uint64_t);
};

void nothing_yet(WorkScene&) {}
void with_a_job(WorkScene& scene) {
  scene.post_job();
}
void with_a_contract(WorkScene& scene) {
  scene.sign();
}
void with_money(WorkScene& scene) {
  scene.sign();
  scene.fund();
}
void with_split_of_a_unit(WorkScene& scene) {
  with_money(scene);
  must(scene.act(scene.talent, split_offer(1)));
}
void by_the_hour(WorkScene& scene) {
  sign_hourly(scene);
}

TxStatus post_budget(WorkScene& scene, std::uint64_t amount) {
  PostJob post;
  *post.mutable_details() = job_details();
  post.mutable_details()->set_budget_min(0);
  post.mutable_details()->set_budget_max(amount);
  return scene.act(scene.client, post);
}
TxStatus post_bond(WorkScene& scene, std::uint64_t amount) {
  PostJob post;
  *post.mutable_details() = job_details();
  post.set_bond(amount);
  return scene.act(scene.client, post);
}
TxStatus propose(WorkScene& scene, std::uint64_t amount) {
  auto message = on_job<SubmitProposal>();
  message.set_summary("Me");
  message.set_amount(amount);
  return scene.act(scene.talent, message);
}
TxStatus offer_terms(WorkScene& scene, OfferTerms const& terms) {
  MakeOffer make;
  make.set_talent(scene.talent.str());
  *make.mutable_terms() = terms;
  return scene.act(scene.client, make);
}
TxStatus offer(WorkScene& scene, std::uint64_t amount) {
  return offer_terms(scene, terms_of({amount}));
}
TxStatus offer_twice(WorkScene& scene, std::uint64_t amount) {
  return offer_terms(scene, terms_of({amount, amount}));
}
TxStatus offer_rate(WorkScene& scene, std::uint64_t amount) {
  return offer_terms(scene, hourly_terms(amount));
}
TxStatus fund_so_much(WorkScene& scene, std::uint64_t amount) {
  scene.sign({amount});
  return scene.act(scene.client, on_milestone<FundMilestone>());
}
TxStatus amend(WorkScene& scene, std::uint64_t amount) {
  return scene.act(scene.client, amendment({new_terms(0, amount)}));
}
TxStatus release(WorkScene& scene, std::uint64_t amount) {
  return scene.act(scene.client, part(amount));
}
TxStatus offer_to_split(WorkScene& scene, std::uint64_t amount) {
  return scene.act(scene.client, split_offer(amount));
}
TxStatus agree_to_split(WorkScene& scene, std::uint64_t amount) {
  return scene.act(scene.client, split_agreement(amount));
}
TxStatus thank(WorkScene& scene, std::uint64_t amount) {
  return scene.act(scene.client, bonus(amount));
}
TxStatus lock_by_itself(WorkScene& scene, std::uint64_t amount) {
  return scene.act(scene.client, top_up(amount));
}

struct Row {
  std::string_view what;
  Deed deed;
  std::uint64_t amount;
  TxStatus status;
};

// Who does it has 1,000,000 USD.
std::vector<Row> rows() {
  Deed const budget{nothing_yet, post_budget};
  Deed const bond{nothing_yet, post_bond};
  Deed const proposal{with_a_job, propose};
  Deed const one_milestone{nothing_yet, offer};
  Deed const two_milestones{nothing_yet, offer_twice};
  Deed const rate{nothing_yet, offer_rate};
  Deed const funding{nothing_yet, fund_so_much};
  Deed const planned{with_a_contract, amend};
  Deed const funded{with_money, amend};
  Deed const part{with_money, release};
  Deed const split{with_money, offer_to_split};
  Deed const agreement{with_split_of_a_unit, agree_to_split};
  Deed const thanks{with_money, thank};
  Deed const limit{by_the_hour, lock_by_itself};
  return {
      {"no budget", budget, 0, TX_STATUS_INVALID_BUDGET},
      {"a budget of dust", budget, 1, TX_STATUS_OK},
      {"any budget, for it is a word", budget, most, TX_STATUS_OK},
      {"no bond", bond, 0, TX_STATUS_OK},
      {"a bond of dust", bond, 1, TX_STATUS_AMOUNT_TOO_SMALL},
      {"a bond beyond all money", bond, most, TX_STATUS_INSUFFICIENT_BALANCE},
      {"to work for nothing", proposal, 0, TX_STATUS_INVALID_AMOUNT},
      {"to work for dust", proposal, 1, TX_STATUS_OK},
      {"to work for all there is", proposal, most, TX_STATUS_OK},
      {"a milestone of nothing", one_milestone, 0, TX_STATUS_AMOUNT_TOO_SMALL},
      {"a milestone of dust", one_milestone, 1, TX_STATUS_AMOUNT_TOO_SMALL},
      {"the most that fits with its fee", one_milestone, most_with_fee, TX_STATUS_OK},
      {"a unit more", one_milestone, most_with_fee + 1, TX_STATUS_AMOUNT_OVERFLOW},
      {"a fee that does not fit", one_milestone, most, TX_STATUS_AMOUNT_OVERFLOW},
      {"two of which the sum does not fit", two_milestones, most / 2 + 1,
       TX_STATUS_AMOUNT_OVERFLOW},
      {"two of which the fees do not fit", two_milestones, most / 2, TX_STATUS_AMOUNT_OVERFLOW},
      {"an hour for dust", rate, 1, TX_STATUS_AMOUNT_TOO_SMALL},
      {"an hour for all there is", rate, most, TX_STATUS_AMOUNT_OVERFLOW},
      {"a milestone for more than there is", funding, most_with_fee,
       TX_STATUS_INSUFFICIENT_BALANCE},
      {"a planned milestone raised beyond its fee", planned, most, TX_STATUS_AMOUNT_OVERFLOW},
      {"a planned milestone lowered to dust", planned, 1, TX_STATUS_AMOUNT_TOO_SMALL},
      {"a funded milestone raised beyond its fee", funded, most, TX_STATUS_AMOUNT_OVERFLOW},
      {"nothing of a milestone", part, 0, TX_STATUS_INVALID_AMOUNT},
      {"dust of a milestone", part, 1, TX_STATUS_OK},
      {"all of a milestone", part, 500 * usd, TX_STATUS_OK},
      {"more than a milestone has", part, most, TX_STATUS_RELEASE_TOO_LARGE},
      {"nothing for the talent", split, 0, TX_STATUS_OK},
      {"dust for the talent", split, 1, TX_STATUS_OK},
      {"more for the talent than there is", split, most, TX_STATUS_SPLIT_TOO_LARGE},
      {"an agreement to dust", agreement, 1, TX_STATUS_OK},
      {"an agreement to more than is offered", agreement, most, TX_STATUS_SPLIT_CHANGED},
      {"a bonus of nothing", thanks, 0, TX_STATUS_INVALID_AMOUNT},
      {"a bonus of dust", thanks, 1, TX_STATUS_OK},
      {"a bonus of which the fee does not fit", thanks, most, TX_STATUS_AMOUNT_OVERFLOW},
      {"no week by itself", limit, 0, TX_STATUS_OK},
      {"weeks without end", limit, most, TX_STATUS_OK},
  };
}

// The scene checks after each act that the supply is what all have together.
TEST(Amounts, AtTheirEndsHaveAStatusEachAndTimeAloneFreesWhatIsLocked) {
  for (auto const& row : rows()) {
    SCOPED_TRACE(row.what);
    WorkScene scene;
    row.deed.arrange(scene);
    auto const status = row.deed.act(scene, row.amount);
    EXPECT_EQ(status, row.status) << execution::reason_of(status);
    for (int i = 0; i < 20; ++i) {
      scene.wait(10 * day_ms);
      scene.fire_due();
    }
    EXPECT_EQ(scene.held(), 0u);
  }
}

TEST(Amounts, OfAllThereIsAreLockedAndPaidToTheLastUnit) {
  WorkScene scene;
  scene.set_balance(scene.client, most);
  scene.sign({most_with_fee});
  scene.fund();
  EXPECT_LT(scene.balance(scene.client), 2u);
  scene.submit();
  must(scene.act(scene.client, on_milestone<AcceptMilestone>()));
  EXPECT_EQ(scene.balance(scene.talent), most_with_fee);
  EXPECT_EQ(scene.act(scene.client, bonus(most)), TX_STATUS_AMOUNT_OVERFLOW);
}

}  // namespace
}  // namespace work
