// What every ending of a milestone pays to whom, to the last unit.

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string_view>

#include "protocol/base/share.h"
#include "protocol/work/escrow.h"
#include "tests/support/must.h"
#include "tests/support/work_scene.h"

namespace work {
namespace {

using namespace labor::v1;
using namespace testing_support;

constexpr auto u64_max = std::numeric_limits<std::uint64_t>::max();

TEST(Share, RoundsDownAndNeverOverflows) {
  EXPECT_EQ(base::share(0, 1, 3), 0u);
  EXPECT_EQ(base::share(10, 1, 3), 3u);
  EXPECT_EQ(base::share(11, 2, 3), 7u);
  EXPECT_EQ(base::share(u64_max, u64_max, u64_max), u64_max);
  EXPECT_EQ(base::share(u64_max, 1, 2), u64_max / 2);
  EXPECT_EQ(base::share(u64_max, u64_max - 1, u64_max), u64_max - 1);
}

TEST(FeeOn, IsTheFloorOfAmountTimesBasisPoints) {
  struct Row {
    std::uint64_t amount;
    std::uint32_t bps;
    std::uint64_t fee;
  };
  Row const rows[] = {{0, 1000, 0},
                      {9, 1000, 0},
                      {10, 1000, 1},
                      {19, 1000, 1},
                      {500 * usd, 1000, 50 * usd},
                      {9999, 1, 0},
                      {10'000, 1, 1},
                      {u64_max, 0, 0},
                      {u64_max, 10'000, u64_max}};
  for (auto const& row : rows) {
    EXPECT_EQ(fee_on(row.amount, row.bps), row.fee) << row.amount << " at " << row.bps;
  }
}

// Each ending after a release of `part`: what the talent gets more, what returns to the client.
struct Ending {
  std::string_view name;
  bool pays_rest;
  std::function<void(WorkScene&)> way;
};

void end_contract(WorkScene& scene, protocol::Address const& by) {
  EndContract end;
  end.set_contract(1);
  must(scene.act(by, end));
}
void wait_out(WorkScene& scene, std::uint64_t days) {
  scene.wait(days * day_ms);
  scene.fire_due();
}

std::vector<Ending> endings() {
  return {
      {"accepted", true,
       [](WorkScene& s) {
         s.submit();
         must(s.act(s.client, on_milestone<AcceptMilestone>()));
       }},
      {"accepted by silence", true,
       [](WorkScene& s) {
         s.submit();
         wait_out(s, 14);
       }},
      {"accepted by silence in a later review", true,
       [](WorkScene& s) {
         s.submit();
         s.request_changes();
         s.submit();
         wait_out(s, 7);
       }},
      {"all released", true,
       [](WorkScene& s) { must(s.act(s.client, part(locked_amount(*s.milestone())))); }},
      {"no delivery", false, [](WorkScene& s) { wait_out(s, 32); }},
      {"no changes made", false,
       [](WorkScene& s) {
         s.submit();
         s.request_changes();
         wait_out(s, 14);
       }},
      {"refund agreed", false,
       [](WorkScene& s) {
         must(s.act(s.client, on_milestone<RequestRefund>()));
         must(s.act(s.talent, on_milestone<AgreeRefund>()));
       }},
      {"refund request unanswered", false,
       [](WorkScene& s) {
         must(s.act(s.client, on_milestone<RequestRefund>()));
         wait_out(s, 7);
       }},
      {"the talent ends the contract", false, [](WorkScene& s) { end_contract(s, s.talent); }},
      {"the client ends the contract and the talent is silent", false,
       [](WorkScene& s) {
         end_contract(s, s.client);
         wait_out(s, 7);
       }},
  };
}

void check_ending(Ending const& ending, std::uint64_t amount, std::uint64_t first_part) {
  SCOPED_TRACE(std::string{ending.name} + " of " + std::to_string(amount) + " after " +
               std::to_string(first_part));
  WorkScene scene;
  scene.sign({amount});
  auto const client_before = scene.balance(scene.client);
  scene.fund();
  auto const fee = amount / 10;
  EXPECT_EQ(scene.balance(scene.client), client_before - amount - fee);
  if (first_part > 0) must(scene.act(scene.client, part(first_part)));
  ending.way(scene);

  auto const released = ending.pays_rest ? amount : first_part;
  auto const fee_taken = base::share(fee, released, amount);
  EXPECT_EQ(scene.balance(scene.talent), released) << "the talent receives the whole of it";
  EXPECT_EQ(scene.treasury(), fee_taken);
  EXPECT_EQ(scene.balance(scene.client), client_before - released - fee_taken);
  auto const milestone = *scene.milestone();
  EXPECT_EQ(milestone.released() + milestone.refunded(), milestone.funded());
  EXPECT_EQ(milestone.fee_taken() + milestone.fee_returned(), milestone.fee());
  EXPECT_EQ(scene.contract()->escrow(), 0u);
  EXPECT_EQ(scene.contract()->released(), released);
  EXPECT_EQ(scene.contract()->fee_earned(), fee_taken);
}

TEST(MilestoneMoney, EveryEndingPaysOutWhatWasLockedAndNothingElse) {
  for (auto const& ending : endings()) {
    for (auto const amount : {5 * usd, 500 * usd, 5 * usd + 7, 33'333'333ul}) {
      for (auto const first_part : {0ul, 1ul, 3 * usd + 1, amount - 1}) {
        check_ending(ending, amount, first_part);
      }
    }
  }
}

TEST(MilestoneMoney, TimeAloneFreesWhateverIsLocked) {
  std::function<void(WorkScene&)> const ways[] = {
      [](WorkScene&) {},
      [](WorkScene& s) { must(s.act(s.client, on_milestone<RequestRefund>())); },
      [](WorkScene& s) { s.submit(); },
      [](WorkScene& s) { s.submit(), s.request_changes(); },
      [](WorkScene& s) { s.submit(), end_contract(s, s.talent); },
  };
  for (auto const& way : ways) {
    WorkScene scene;
    scene.sign({500 * usd});
    scene.fund();
    way(scene);
    EXPECT_EQ(scene.contract()->escrow(), 550 * usd);
    wait_out(scene, 32);
    EXPECT_EQ(scene.contract()->escrow(), 0u);
    EXPECT_EQ(scene.contract()->parts_locked(), 0u);
  }
}

TEST(MilestoneMoney, ManySmallPartsTakeNoMoreFeeThanOne) {
  WorkScene scene;
  scene.sign({5 * usd});
  scene.fund();
  std::uint64_t released = 0;
  for (auto const step : {1ul, 9ul, 10ul, 999ul, 1'000'000ul, 3'998'980ul}) {
    must(scene.act(scene.client, part(step)));
    released += step;
    EXPECT_EQ(scene.treasury(), released / 10);
  }
  must(scene.act(scene.client, part(5 * usd - released)));
  EXPECT_EQ(scene.treasury(), 5 * usd / 10);
  EXPECT_EQ(scene.milestone()->state(), MILESTONE_STATE_ACCEPTED);
}

TEST(MilestoneMoney, ReachesTheLimitsOfAnAmount) {
  // The largest amount whose sum with its fee is still an amount.
  auto const most = static_cast<std::uint64_t>(u64_max / 11 * 10);
  WorkScene scene;
  scene.set_balance(scene.client, u64_max);
  scene.sign({most});
  scene.fund();
  scene.submit();
  must(scene.act(scene.client, part(most / 3)));
  must(scene.act(scene.client, on_milestone<AcceptMilestone>()));
  EXPECT_EQ(scene.balance(scene.talent), most);
  EXPECT_EQ(scene.treasury(), most / 10);
}

TEST(MilestoneMoney, AnUnpaidMilestoneLocksNothing) {
  WorkScene scene;
  scene.sign({500 * usd});
  scene.set_balance(scene.client, 550 * usd - 1);
  EXPECT_EQ(scene.act(scene.client, on_milestone<FundMilestone>()), TX_STATUS_INSUFFICIENT_BALANCE);
  EXPECT_EQ(scene.failure().details[1].value, 550 * usd);
  EXPECT_EQ(scene.milestone()->state(), MILESTONE_STATE_PLANNED);
  scene.set_balance(scene.client, 550 * usd);
  scene.fund();
  EXPECT_EQ(scene.balance(scene.client), 0u);
}

TEST(MilestoneMoney, NobodyReleasesMoreThanIsLockedOrNothing) {
  WorkScene scene;
  scene.sign({500 * usd});
  scene.fund();
  EXPECT_EQ(scene.act(scene.client, part(0)), TX_STATUS_INVALID_AMOUNT);
  EXPECT_EQ(scene.act(scene.client, part(500 * usd + 1)), TX_STATUS_RELEASE_TOO_LARGE);
  EXPECT_EQ(scene.act(scene.client, part(u64_max)), TX_STATUS_RELEASE_TOO_LARGE);
  must(scene.act(scene.client, part(1)));
  EXPECT_EQ(scene.act(scene.client, part(500 * usd)), TX_STATUS_RELEASE_TOO_LARGE);
}

TEST(MilestoneMoney, TheFeeOfTheContractSurvivesAVote) {
  WorkScene scene;
  scene.sign({500 * usd, 300 * usd});
  scene.fund(0);
  scene.set_parameter(PARAMETER_CLIENT_FEE_BPS, 100);
  scene.set_parameter(PARAMETER_FIRST_REVIEW_MS, 60 * day_ms);
  scene.fund(1);
  EXPECT_EQ(scene.milestone(1)->fee(), 30 * usd);
  scene.submit(0);
  EXPECT_EQ(scene.milestone(0)->review_until_ms(), scene.now_ms() + 14 * day_ms);
}

TEST(MilestoneMoney, ACounterTakesTheFeeOfItsOwnBlock) {
  WorkScene scene;
  scene.make_offer();
  scene.set_parameter(PARAMETER_CLIENT_FEE_BPS, 100);
  auto counter = on_offer<CounterOffer>();
  counter.set_version(1);
  *counter.mutable_terms() = terms_of({500 * usd});
  must(scene.act(scene.talent, counter));
  EXPECT_EQ(scene.offer()->frozen().client_fee_bps(), 100u);
  must(scene.act(scene.client, scene.acceptance()));
  scene.fund();
  EXPECT_EQ(scene.milestone()->fee(), 5 * usd);
}

}  // namespace
}  // namespace work
