// Where an earned fee goes: to whoever introduced a side, to the treasury, and as ownership to both
// sides. Whoever trades with oneself loses.

#include "protocol/work/fee.h"

#include <gtest/gtest.h>

#include "protocol/bank/account.h"
#include "protocol/bank/holders.h"
#include "protocol/bank/vesting.h"
#include "tests/support/vetting_scene.h"
#include "tests/support/work_scene.h"

namespace work {
namespace {

using namespace labor::v1;        // Messages and statuses by name.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr std::uint64_t lbr = 1'000'000;
constexpr std::uint64_t pool = 1'000'000 * lbr;
constexpr std::uint64_t fee = 50 * usd;  // Of the 500 USD of the first milestone.

// A client and a talent, and who may have brought them here.
struct FeeScene {
  void introduce(Address const& who, Address const& by) {
    auto account = bank::account_of(scene.state(), who);
    account.set_introduced_by(by.str());
    account.set_introduced_at_ms(scene.now_ms());
    scene.put(account);
  }
  void pay() {
    scene.sign();
    scene.fund();
    ASSERT_EQ(scene.act(scene.client, part(500 * usd)), TX_STATUS_OK);
  }
  void identify_both() {
    scene.identify(scene.client);
    scene.identify(scene.talent);
  }
  std::uint64_t granted(Address const& who) const {
    auto const vesting = scene.vesting(who);
    return vesting ? vesting->grants(0).granted() : 0;
  }

  WorkScene scene;
  Address const recruiter = address(0x4E);
};

class FeeTest : public testing::Test, protected FeeScene {};

TEST_F(FeeTest, GoesToTheTreasuryWhereNobodyIntroducedAnybody) {
  pay();
  EXPECT_EQ(scene.treasury(), fee);
}

TEST_F(FeeTest, BringsATwentiethToWhoeverIntroducedASide) {
  introduce(scene.talent, recruiter);
  introduce(scene.client, recruiter);
  pay();
  EXPECT_EQ(scene.balance(recruiter), 2 * fee / 20);
  EXPECT_EQ(scene.treasury(), fee - 2 * fee / 20);
  EXPECT_EQ(bank::account_of(scene.state(), scene.talent).referral_paid(), fee / 20);
}

TEST_F(FeeTest, BringsNothingToAnIntroducerWhoIsTheOtherSide) {
  introduce(scene.talent, scene.client);
  pay();
  EXPECT_EQ(scene.treasury(), fee);
}

TEST_F(FeeTest, EndsItsSharesAfterAYearAndAtTheCap) {
  introduce(scene.talent, recruiter);
  scene.sign();
  EXPECT_EQ(scene.contract()->frozen().shares_size(), 1);
  auto account = bank::account_of(scene.state(), scene.talent);
  account.set_referral_paid(500 * usd - 1);
  scene.put(account);
  scene.fund();
  ASSERT_EQ(scene.act(scene.client, part(100 * usd)), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(recruiter), 1u) << "what the cap leaves";

  account.set_referral_paid(0);
  scene.put(account);
  auto contract = *scene.contract();
  contract.mutable_frozen()->mutable_shares(0)->set_until_ms(scene.now_ms());
  scene.put(contract);
  ASSERT_EQ(scene.act(scene.client, part(100 * usd)), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(recruiter), 1u) << "the year is over";
  EXPECT_EQ(scene.treasury(), 20 * usd - 1);
}

TEST_F(FeeTest, FreezesItsSharesWithTheTerms) {
  scene.make_offer();
  introduce(scene.talent, recruiter);
  ASSERT_EQ(scene.act(scene.talent, scene.acceptance()), TX_STATUS_OK);
  EXPECT_EQ(scene.contract()->frozen().shares_size(), 0);
}

// Three vetted the talent's skill: two of them vouch for it.
void vet_the_talent(WorkScene& scene) {
  vet(scene, {90, 80, 20});
}

TEST_F(FeeTest, BringsATwentiethToThoseTogetherWhoVouchedForTheTalent) {
  vet_the_talent(scene);
  auto const sat = vetters(scene);
  pay();
  EXPECT_EQ(scene.balance(sat[0]), fee / 40);
  EXPECT_EQ(scene.balance(sat[1]), fee / 40);
  EXPECT_EQ(scene.balance(sat[2]), 0u);
  EXPECT_EQ(scene.treasury(), fee - fee / 20);
}

TEST_F(FeeTest, BringsVouchersNothingAfterAYearOrOnceTheClaimIsStruck) {
  vet_the_talent(scene);
  auto const voucher = vetters(scene).front();
  scene.sign();
  scene.fund();
  EXPECT_EQ(scene.contract()->frozen().shares_size(), 2);
  auto claim = vetting(scene);
  claim.set_state(VETTING_STATE_STRUCK);
  scene.put(claim);
  ASSERT_EQ(scene.act(scene.client, part(100 * usd)), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(voucher), 0u) << "found false";
  claim.set_state(VETTING_STATE_VETTED);
  scene.put(claim);
  ASSERT_EQ(scene.act(scene.client, part(100 * usd)), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(voucher), 10 * usd / 40);
  auto contract = *scene.contract();
  contract.mutable_frozen()->mutable_shares(0)->set_until_ms(scene.now_ms());
  scene.put(contract);
  ASSERT_EQ(scene.act(scene.client, part(100 * usd)), TX_STATUS_OK);
  EXPECT_EQ(scene.balance(voucher), 10 * usd / 40) << "the year is over";
}

TEST_F(FeeTest, HasNoShareForVouchersOfAYearAgoNorForAClientWhoVouched) {
  vet_the_talent(scene);
  Offer offer;
  offer.set_client(vetters(scene).front().str());
  offer.set_talent(scene.talent.str());
  auto const shares = [&] {
    (void)scene.follow([&](execution::Context& context) -> execution::Done {
      freeze_shares(context, offer);
      return {};
    });
    return offer.frozen().shares_size();
  };
  EXPECT_EQ(shares(), 1) << "the client is one of two";
  scene.wait(365 * day_ms);
  EXPECT_EQ(shares(), 0);
}

TEST_F(FeeTest, GrantsHalfOfItsWorthToBothSidesOfAFullPool) {
  scene.set_pool(pool, pool);
  identify_both();
  pay();
  EXPECT_EQ(granted(scene.client), fee / 4 * lbr / usd);
  EXPECT_EQ(granted(scene.talent), fee / 4 * lbr / usd);
  EXPECT_EQ(bank::pool_balance(scene.state()).value(), pool - fee / 2 * lbr / usd);
}

TEST_F(FeeTest, GrantsLessAsThePoolShrinksAndByTheReferenceRate) {
  scene.set_pool(pool / 4, pool);
  scene.set_parameter(PARAMETER_LBR_RATE_USD, 2 * usd);
  identify_both();
  pay();
  EXPECT_EQ(granted(scene.talent), fee / 4 / 2 / 4);
}

TEST_F(FeeTest, GrantsNoMoreThanInFullWhateverIsGivenToThePool) {
  scene.set_pool(3 * pool, pool);
  identify_both();
  pay();
  EXPECT_EQ(granted(scene.talent), fee / 4);
}

TEST_F(FeeTest, NeverGrantsMoreThanThereIs) {
  scene.set_pool(5, 5);
  identify_both();
  pay();
  EXPECT_EQ(granted(scene.talent), 2u);
  EXPECT_EQ(granted(scene.client), 2u);
  EXPECT_EQ(bank::pool_balance(scene.state()).value(), 1u);
}

TEST_F(FeeTest, GrantsNothingToStrangersAndToOneInterest) {
  struct Case {
    char const* name;
    void (*arrange)(FeeScene& test);
  };
  Case const cases[] = {
      {"neither is attested", [](FeeScene&) {}},
      {"the client is not", [](FeeScene& test) { test.scene.identify(test.scene.talent); }},
      {"the talent is not", [](FeeScene& test) { test.scene.identify(test.scene.client); }},
      {"one introduced the other",
       [](FeeScene& test) {
         test.identify_both();
         test.introduce(test.scene.talent, test.scene.client);
       }},
      {"one person introduced both",
       [](FeeScene& test) {
         test.identify_both();
         test.introduce(test.scene.talent, test.recruiter);
         test.introduce(test.scene.client, test.recruiter);
       }},
      {"one key signs for both",
       [](FeeScene& test) {
         test.identify_both();
         for (auto const& side : {test.scene.client, test.scene.talent}) {
           auto account = bank::account_of(test.scene.state(), side);
           account.mutable_authority()->set_public_key(hash_of(1));
           test.scene.put(account);
         }
       }},
      {"the pool is empty",
       [](FeeScene& test) {
         test.identify_both();
         test.scene.set_pool(0, pool);
       }},
  };
  for (auto const& [name, arrange] : cases) {
    SCOPED_TRACE(name);
    FeeScene fresh;
    fresh.scene.set_pool(pool, pool);
    arrange(fresh);
    fresh.pay();
    EXPECT_EQ(fresh.granted(fresh.scene.client) + fresh.granted(fresh.scene.talent), 0u);
  }
}

TEST_F(FeeTest, IsMoreThanAllThatItBringsWhoeverTradesWithOneself) {
  // Two accounts that nobody can tell are one person's, each introduced by another: the most that
  // is to be had.
  scene.set_pool(pool, pool);
  scene.set_parameter(PARAMETER_REFERRAL_BPS, 1000);
  identify_both();
  introduce(scene.client, address(0x41));
  introduce(scene.talent, address(0x42));
  pay();
  auto const referral = scene.balance(address(0x41)) + scene.balance(address(0x42));
  auto const ownership = granted(scene.client) + granted(scene.talent);
  EXPECT_EQ(referral, fee / 5);
  EXPECT_EQ(ownership, (fee - fee / 5) / 2);
  EXPECT_LT(referral + ownership, fee);
}

}  // namespace
}  // namespace work
