#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string_view>

#include "protocol/bank/account.h"
#include "protocol/work/terms.h"
#include "tests/support/must.h"
#include "tests/support/work_scene.h"

namespace work {
namespace {

using namespace labor::v1;
using namespace testing_support;

void wait_out(WorkScene& scene, std::uint64_t days) {
  scene.wait(days * day_ms);
  scene.fire_due();
}
EndContract end_message() {
  EndContract end;
  end.set_contract(1);
  return end;
}

TEST(OfferTerms, AreRefusedInTheOrderOfStatuses) {
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  struct Row {
    std::string_view what;
    std::function<void(OfferTerms&)> spoil;
    TxStatus want;
  };
  // Each row spoils on top of those before: the newest fault is the first to be reported.
  Row const rows[] = {
      {"nothing", [](OfferTerms&) {}, TX_STATUS_OK},
      {"due in 366 days", [](auto& t) { t.mutable_milestones(0)->set_due_days(366); },
       TX_STATUS_INVALID_DUE_DAYS},
      {"due at once", [](auto& t) { t.mutable_milestones(0)->set_due_days(0); },
       TX_STATUS_INVALID_DUE_DAYS},
      {"less than 5 USD", [](auto& t) { t.mutable_milestones(0)->set_amount(5 * usd - 1); },
       TX_STATUS_AMOUNT_TOO_SMALL},
      {"51 milestones",
       [](auto& t) {
         while (t.milestones_size() < 51) *t.add_milestones() = t.milestones(0);
       },
       TX_STATUS_TOO_MANY_MILESTONES},
      {"more than an amount", [](auto& t) { t.mutable_milestones(1)->set_amount(most / 11 * 10); },
       TX_STATUS_AMOUNT_OVERFLOW},
      {"a step without a title", [](auto& t) { t.mutable_milestones(1)->clear_title(); },
       TX_STATUS_TEXT_MISSING},
      {"a long title", [](auto& t) { t.set_title(std::string(121, 'x')); },
       TX_STATUS_TEXT_TOO_LONG},
      {"half a hash", [](auto& t) { t.set_document_hash("x"); }, TX_STATUS_INVALID_HASH},
      {"the ownership token", [](auto& t) { t.set_asset(ASSET_LBR); }, TX_STATUS_INVALID_ASSET},
  };
  WorkScene scene;
  MakeOffer make;
  make.set_talent(scene.talent.str());
  *make.mutable_terms() = terms_of({500 * usd});
  for (auto const& row : rows) {
    row.spoil(*make.mutable_terms());
    EXPECT_EQ(scene.act(scene.client, make), row.want) << row.what;
  }
  make.set_talent("short");
  EXPECT_EQ(scene.act(scene.client, make), TX_STATUS_INVALID_ADDRESS);
  *make.mutable_terms() = terms_of({});
  make.set_talent(scene.talent.str());
  EXPECT_EQ(scene.act(scene.client, make), TX_STATUS_INVALID_TERMS);
}

TEST(TermsHash, ChangesWithEverythingThatIsAgreed) {
  WorkScene scene;
  scene.make_offer();
  auto const agreed = *scene.offer();
  std::function<void(Offer&)> const changes[] = {
      [](Offer& o) { o.set_id(2); },
      [](Offer& o) { o.set_version(2); },
      [](Offer& o) { o.set_client(hash_of(1)); },
      [](Offer& o) { o.set_talent(hash_of(1)); },
      [](Offer& o) { o.mutable_terms()->set_title("Another"); },
      [](Offer& o) { o.mutable_terms()->mutable_milestones(1)->set_amount(1); },
      [](Offer& o) { o.mutable_frozen()->set_client_fee_bps(1); }};
  EXPECT_EQ(terms_hash(agreed).chars(), agreed.terms_hash());
  for (auto const& change : changes) {
    auto other = agreed;
    change(other);
    EXPECT_NE(terms_hash(other).chars(), agreed.terms_hash());
  }
  auto later = agreed;
  later.set_lapses_at_ms(1);
  EXPECT_EQ(terms_hash(later).chars(), agreed.terms_hash()) << "clocks are not terms";
}

TEST(Offer, GoesToTheProposalsAuthorAndNobodyElse) {
  WorkScene scene;
  scene.propose();
  auto make = on_proposal<MakeOffer>();
  *make.mutable_terms() = terms_of({500 * usd});
  make.set_talent(scene.outsider.str());
  EXPECT_EQ(scene.act(scene.client, make), TX_STATUS_INVALID_ADDRESS);
  make.set_talent(scene.talent.str());
  must(scene.act(scene.client, make));
  EXPECT_EQ(scene.offer()->talent(), scene.talent.str());
  EXPECT_EQ(scene.proposal()->state(), PROPOSAL_STATE_OFFERED);
}

TEST(Offer, NamesWhatIsNotThere) {
  WorkScene scene;
  MakeOffer make;
  make.set_talent(scene.outsider.str());
  *make.mutable_terms() = terms_of({500 * usd});
  EXPECT_EQ(scene.act(scene.client, make), TX_STATUS_PROFILE_NOT_FOUND);
  AcceptOffer accept;
  accept.set_offer(1);
  EXPECT_EQ(scene.act(scene.talent, accept), TX_STATUS_INVALID_HASH);
  accept.set_terms_hash(hash_of(1));
  EXPECT_EQ(scene.act(scene.talent, accept), TX_STATUS_OFFER_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.talent, on_offer<DeclineOffer>()), TX_STATUS_OFFER_NOT_FOUND);
}

TEST(Offer, ACounterKillsItsPredecessor) {
  WorkScene scene;
  scene.make_offer();
  auto const first = scene.acceptance();
  scene.wait(6 * day_ms);
  auto counter = on_offer<CounterOffer>();
  counter.set_version(1);
  *counter.mutable_terms() = terms_of({900 * usd});
  must(scene.act(scene.talent, counter));
  EXPECT_EQ(scene.act(scene.client, first), TX_STATUS_TERMS_CHANGED);
  EXPECT_EQ(scene.offer()->lapses_at_ms(), scene.now_ms() + 7 * day_ms);
  EXPECT_EQ(scene.act(scene.talent, scene.acceptance()), TX_STATUS_NOT_YOUR_TURN);
  must(scene.act(scene.client, scene.acceptance()));
  EXPECT_EQ(scene.milestone()->amount(), 900 * usd);
}

TEST(Offer, HasTenVersionsAtMost) {
  WorkScene scene;
  scene.make_offer();
  auto counter = on_offer<CounterOffer>();
  *counter.mutable_terms() = terms_of({900 * usd});
  for (std::uint32_t version = 1; version < 10; ++version) {
    counter.set_version(version);
    must(scene.act(version % 2 == 1 ? scene.talent : scene.client, counter));
  }
  counter.set_version(10);
  EXPECT_EQ(scene.act(scene.client, counter), TX_STATUS_TOO_MANY_COUNTERS);
  must(scene.act(scene.client, scene.acceptance()));
}

TEST(Offer, AcceptedFillsTheJobAndDeclinesTheOthers) {
  WorkScene scene;
  scene.sign();
  EXPECT_EQ(scene.job()->state(), JOB_STATE_FILLED);
  EXPECT_EQ(scene.contract()->milestones(), 2u);
  EXPECT_EQ(scene.contract()->terms_hash(), scene.offer()->terms_hash());
}

TEST(Contract, ThatHasPaidAsMuchAsTheSmallestMilestoneMakesBothSidesMembers) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  auto const is_member = [&](protocol::Address const& who) {
    auto const account = scene.find<Account>(state::keys::account(who));
    return account && account->member();
  };
  EXPECT_FALSE(is_member(scene.client));
  EXPECT_FALSE(is_member(scene.talent));
  must(scene.act(scene.client, part(5 * usd - 1)));
  EXPECT_FALSE(is_member(scene.client));
  EXPECT_FALSE(is_member(scene.talent));
  must(scene.act(scene.client, part(1)));
  EXPECT_TRUE(is_member(scene.client));
  EXPECT_TRUE(is_member(scene.talent));
}

TEST(Contract, IsIdleOnlyWhileNothingIsLocked) {
  WorkScene scene;
  scene.sign();
  EXPECT_EQ(scene.contract()->idle_until_ms(), scene.now_ms() + 90 * day_ms);
  scene.wait(89 * day_ms);
  scene.fund();
  EXPECT_EQ(scene.contract()->idle_until_ms(), 0u);
  must(scene.act(scene.client, part(500 * usd)));
  EXPECT_EQ(scene.contract()->idle_until_ms(), scene.now_ms() + 90 * day_ms);
  wait_out(scene, 90);
  EXPECT_EQ(scene.contract()->state(), CONTRACT_STATE_ENDED);
  EXPECT_EQ(scene.milestone(1)->state(), MILESTONE_STATE_DROPPED);
}

TEST(Contract, LateFundingFindsTheContractOver) {
  WorkScene scene;
  scene.sign();
  scene.wait(90 * day_ms);
  EXPECT_EQ(scene.act(scene.client, on_milestone<FundMilestone>()), TX_STATUS_DEADLINE_PASSED);
  scene.fire_due();
  EXPECT_EQ(scene.act(scene.client, on_milestone<FundMilestone>()), TX_STATUS_CONTRACT_NOT_ACTIVE);
}

TEST(Contract, EndedByTheClientItAsksForTheRefundAndLetsTheRestRunOn) {
  WorkScene scene;
  scene.sign({500 * usd, 300 * usd, 200 * usd});
  scene.fund(0);
  scene.fund(1);
  scene.submit(1);
  must(scene.act(scene.client, end_message()));
  EXPECT_EQ(scene.milestone(0)->refund_asked_until_ms(), scene.now_ms() + 7 * day_ms);
  EXPECT_EQ(scene.milestone(1)->state(), MILESTONE_STATE_SUBMITTED);
  EXPECT_EQ(scene.milestone(2)->state(), MILESTONE_STATE_DROPPED);
  must(scene.act(scene.talent, on_milestone<RefuseRefund>(0)));
  scene.submit(0);
  wait_out(scene, 14);
  EXPECT_EQ(scene.contract()->state(), CONTRACT_STATE_ENDED);
  EXPECT_EQ(scene.balance(scene.talent), 800 * usd);
}

TEST(Contract, EndedByTheTalentItRefundsWhatWasNotDelivered) {
  WorkScene scene;
  scene.sign({500 * usd, 300 * usd});
  auto const before = scene.balance(scene.client);
  scene.fund(0);
  scene.fund(1);
  must(scene.act(scene.talent, end_message()));
  EXPECT_EQ(scene.contract()->state(), CONTRACT_STATE_ENDED);
  EXPECT_EQ(scene.balance(scene.client), before);
}

TEST(Milestone, TakesOneRefundRequestInThirtyDays) {
  WorkScene scene;
  scene.sign();
  auto terms = *scene.milestone();
  terms.set_due_days(365);
  scene.put(terms);
  scene.fund();
  auto const asked_ms = scene.now_ms();
  must(scene.act(scene.client, on_milestone<RequestRefund>()));
  must(scene.act(scene.talent, on_milestone<RefuseRefund>()));
  scene.set_time(asked_ms + 30 * day_ms - 1);
  EXPECT_EQ(scene.act(scene.client, on_milestone<RequestRefund>()), TX_STATUS_REFUND_TOO_SOON);
  scene.wait(1);
  must(scene.act(scene.client, on_milestone<RequestRefund>()));
}

TEST(Milestone, DeliveryCancelsARefundRequest) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  must(scene.act(scene.client, on_milestone<RequestRefund>()));
  scene.submit();
  wait_out(scene, 7);
  EXPECT_EQ(scene.milestone()->state(), MILESTONE_STATE_SUBMITTED);
}

TEST(Milestone, AReleaseInPartLeavesStateAndClock) {
  WorkScene scene;
  scene.sign();
  scene.fund();
  scene.submit();
  auto const until_ms = scene.milestone()->review_until_ms();
  scene.wait(day_ms);
  must(scene.act(scene.client, part(1)));
  EXPECT_EQ(scene.milestone()->state(), MILESTONE_STATE_SUBMITTED);
  EXPECT_EQ(scene.milestone()->review_until_ms(), until_ms);
}

TEST(Milestone, NamesWhatIsNotThereAndWhatIsNotFunded) {
  WorkScene scene;
  EXPECT_EQ(scene.act(scene.outsider, delivery()), TX_STATUS_CONTRACT_NOT_FOUND);
  scene.sign();
  EXPECT_EQ(scene.act(scene.outsider, delivery(2)), TX_STATUS_MILESTONE_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.outsider, delivery(1)), TX_STATUS_NOT_YOUR_CONTRACT);
  EXPECT_EQ(scene.act(scene.talent, delivery(1)), TX_STATUS_MILESTONE_NOT_FUNDED);
  auto blank = on_milestone<SubmitMilestone>(9);
  EXPECT_EQ(scene.act(scene.outsider, blank), TX_STATUS_INVALID_HASH);
}

}  // namespace
}  // namespace work
