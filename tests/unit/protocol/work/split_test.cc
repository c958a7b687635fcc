// What an agreed split pays to whom, to the last unit, and what makes an offered one void.

#include <gtest/gtest.h>

#include <functional>
#include <string_view>

#include "protocol/base/share.h"
#include "tests/support/must.h"
#include "tests/support/work_scene.h"

namespace work {
namespace {

using namespace labor::v1;
using namespace testing_support;

void check_split(std::uint64_t amount, std::uint64_t first_part, std::uint64_t to_talent) {
  SCOPED_TRACE(testing::Message() << to_talent << " of " << amount << " after " << first_part);
  WorkScene scene;
  scene.sign({amount});
  auto const client_before = scene.balance(scene.client);
  scene.fund();
  if (first_part > 0) must(scene.act(scene.client, part(first_part)));
  must(scene.act(scene.talent, split_offer(to_talent)));
  must(scene.act(scene.client, split_agreement(to_talent)));

  auto const released = first_part + to_talent;
  auto const fee = amount / 10;
  auto const fee_taken = base::share(fee, released, amount);
  EXPECT_EQ(scene.balance(scene.talent), released);
  EXPECT_EQ(scene.treasury(), fee_taken);
  EXPECT_EQ(scene.balance(scene.client), client_before - released - fee_taken);
  auto const milestone = *scene.milestone();
  EXPECT_EQ(milestone.state(), MILESTONE_STATE_SETTLED);
  EXPECT_FALSE(milestone.has_split());
  EXPECT_EQ(milestone.released() + milestone.refunded(), milestone.funded());
  EXPECT_EQ(milestone.fee_taken() + milestone.fee_returned(), milestone.fee());
  EXPECT_EQ(scene.contract()->escrow(), 0u);
  EXPECT_EQ(scene.contract()->released(), released);
}

TEST(Split, PaysWhatIsAgreedAndReturnsTheRestWithItsFee) {
  for (auto const amount : {5 * usd, 5 * usd + 7, 33'333'333ul}) {
    for (auto const first_part : {0ul, 1ul, 3 * usd + 1}) {
      for (auto const to_talent : {0ul, 1ul, usd + 3, amount - first_part}) {
        check_split(amount, first_part, to_talent);
      }
    }
  }
}

TEST(Split, IsVoidOnceAnythingElseHappensToTheMilestone) {
  struct Row {
    std::string_view what;
    std::function<void(WorkScene&)> before;
    std::function<void(WorkScene&)> then;
    bool stands;
  };
  Row const rows[] = {
      {"nothing", {}, [](WorkScene&) {}, true},
      {"a refund is asked for",
       {},
       [](WorkScene& s) { must(s.act(s.client, on_milestone<RequestRefund>())); },
       true},
      {"it is delivered", {}, [](WorkScene& s) { s.submit(); }, false},
      {"changes are asked for", [](WorkScene& s) { s.submit(); },
       [](WorkScene& s) { s.request_changes(); }, false},
      {"a part is paid", {}, [](WorkScene& s) { must(s.act(s.client, part(1))); }, false},
      {"its author takes it back",
       {},
       [](WorkScene& s) { must(s.act(s.client, on_milestone<WithdrawSplit>())); },
       false},
      {"time ends the milestone",
       {},
       [](WorkScene& s) {
         s.wait(32 * day_ms);
         s.fire_due();
       },
       false},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.what);
    WorkScene scene;
    scene.sign();
    scene.fund();
    if (row.before) row.before(scene);
    must(scene.act(scene.client, split_offer(200 * usd)));
    row.then(scene);
    EXPECT_EQ(scene.milestone()->has_split(), row.stands);
    auto const agreed = scene.act(scene.talent, split_agreement(200 * usd));
    EXPECT_EQ(agreed == TX_STATUS_OK, row.stands) << execution::reason_of(agreed);
  }
}

TEST(Split, OfOneSideTakesThePlaceOfTheOthers) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  must(scene.act(scene.client, split_offer(200 * usd)));
  must(scene.act(scene.talent, split_offer(300 * usd)));
  EXPECT_EQ(scene.act(scene.talent, split_agreement(200 * usd)), TX_STATUS_NOT_YOUR_TURN);
  EXPECT_EQ(scene.act(scene.client, split_agreement(200 * usd)), TX_STATUS_SPLIT_CHANGED);
  EXPECT_EQ(scene.failure().details[0].value, 300 * usd);
  must(scene.act(scene.client, split_agreement(300 * usd)));
}

TEST(Split, CanEndAnEndingContract) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  scene.submit();
  EndContract end;
  end.set_contract(1);
  must(scene.act(scene.client, end));
  must(scene.act(scene.talent, split_offer(250 * usd)));
  must(scene.act(scene.client, split_agreement(250 * usd)));
  EXPECT_EQ(scene.contract()->state(), CONTRACT_STATE_ENDED);
  EXPECT_EQ(scene.contract()->ended_at_ms(), scene.now_ms());
}

TEST(Split, NeverOffersMoreThanIsLocked) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  EXPECT_EQ(scene.act(scene.talent, split_offer(500 * usd + 1)), TX_STATUS_SPLIT_TOO_LARGE);
  EXPECT_EQ(scene.act(scene.talent, split_offer(~0ull)), TX_STATUS_SPLIT_TOO_LARGE);
  must(scene.act(scene.talent, split_offer(500 * usd)));
}

}  // namespace
}  // namespace work
