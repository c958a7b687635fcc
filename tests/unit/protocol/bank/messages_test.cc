// The messages of the bank: statuses in order, what they move, what they leave alone.

#include "protocol/bank/messages.h"

#include <gtest/gtest.h>

#include <map>

#include "protocol/bank/account.h"
#include "protocol/bank/conservation.h"
#include "protocol/bank/locks.h"
#include "protocol/limits.h"
#include "tests/support/test_chain.h"

namespace bank {
namespace {

using namespace labor::v1;  // NOLINT: statuses and messages by name.
using testing_support::lbr;
using testing_support::message;
using testing_support::Person;
using testing_support::TestChain;
using testing_support::usd;

namespace limits = protocol::limits;

class Bank : public testing::Test {
 protected:
  static Genesis genesis() {
    auto made = testing_support::test_genesis();
    testing_support::endow(made, Person{1}, true, 100 * lbr, 50 * usd);
    testing_support::endow(made, Person{2}, true, 10 * lbr, 0);
    testing_support::endow(made, Person{3}, false, 100 * lbr, 0);
    return made;
  }

  template <class M>
  TxStatus send(Person const& who, M const& inner) {
    receipt_ = chain_.send(who, {message(inner)}, {.fee_limit = lbr});
    return receipt_.status();
  }

  std::uint64_t balance(Person const& who, Asset asset = ASSET_LBR) const {
    return balance_of(chain_.state(), who.address(), asset).value();
  }

  Account account(Person const& who) const { return account_of(chain_.state(), who.address()); }

  LockTokens lock_for(std::uint64_t amount, std::uint64_t days) const {
    LockTokens lock;
    lock.set_amount(amount);
    lock.set_until_ms(chain_.time().value() + days * day_ms);
    return lock;
  }

  Person const alice_{1};
  Person const bob_{2};
  Person const carol_{3};  // No member.
  Person const dave_{4};   // Unknown.
  TestChain chain_{genesis()};
  Receipt receipt_;
};

TEST_F(Bank, TransferChecksInOrderOfPrecedence) {
  struct Case {
    char const* name;
    std::string to;
    Asset asset;
    std::uint64_t amount;
    TxStatus want;
  };
  auto const to_bob = bob_.address().str();
  auto const to_self = alice_.address().str();
  Case const cases[] = {
      {"nothing, to nowhere", "short", ASSET_UNSPECIFIED, 0, TX_STATUS_INVALID_AMOUNT},
      {"to nowhere, of nothing", "short", ASSET_UNSPECIFIED, 1, TX_STATUS_INVALID_ADDRESS},
      {"of nothing, to oneself", to_self, ASSET_UNSPECIFIED, 1, TX_STATUS_INVALID_ASSET},
      {"too much, to oneself", to_self, ASSET_USD, 51 * usd, TX_STATUS_SAME_ACCOUNT},
      {"too much", to_bob, ASSET_USD, 50 * usd + 1, TX_STATUS_INSUFFICIENT_BALANCE},
      {"all there is", to_bob, ASSET_USD, ~std::uint64_t{0}, TX_STATUS_INSUFFICIENT_BALANCE},
      {"dust", to_bob, ASSET_USD, 1, TX_STATUS_OK},
      {"all that is left", to_bob, ASSET_USD, 50 * usd - 1, TX_STATUS_OK},
      {"nothing is left", to_bob, ASSET_USD, 1, TX_STATUS_INSUFFICIENT_BALANCE},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    Transfer transfer;
    transfer.set_to(row.to);
    transfer.set_asset(row.asset);
    transfer.set_amount(row.amount);
    EXPECT_EQ(send(alice_, transfer), row.want);
  }
  EXPECT_EQ(balance(alice_, ASSET_USD), 0u);
  EXPECT_EQ(balance(bob_, ASSET_USD), 50 * usd);
}

TEST_F(Bank, ATransferTellsWhoPaidWhom) {
  ASSERT_EQ(send(alice_, testing_support::transfer(dave_, 7)), TX_STATUS_OK);
  ASSERT_EQ(receipt_.events_size(), 1);
  auto const& moved = receipt_.events(0).money_moved();
  EXPECT_EQ(moved.from().address(), alice_.address().chars());
  EXPECT_EQ(moved.to().address(), dave_.address().chars());
  EXPECT_EQ(moved.asset(), ASSET_LBR);
  EXPECT_EQ(moved.amount(), 7u);
  EXPECT_EQ(moved.cause(), "transfer");
}

TEST_F(Bank, AnEmptiedBalanceLeavesTheState) {
  ASSERT_EQ(send(alice_, testing_support::transfer(bob_, 50 * usd, ASSET_USD)), TX_STATUS_OK);
  EXPECT_FALSE(chain_.state().get(state::keys::balance(alice_.address(), ASSET_USD)));
}

TEST_F(Bank, SponsoringChecksInOrderOfPrecedence) {
  SponsorAccount sponsor;
  sponsor.set_account("short");
  EXPECT_EQ(send(carol_, sponsor), TX_STATUS_INVALID_ADDRESS);
  sponsor.set_account(carol_.address().str());
  EXPECT_EQ(send(carol_, sponsor), TX_STATUS_SAME_ACCOUNT);
  sponsor.set_account(dave_.address().str());
  EXPECT_EQ(send(carol_, sponsor), TX_STATUS_NOT_A_MEMBER);
  EXPECT_EQ(send(alice_, sponsor), TX_STATUS_OK);
  EXPECT_EQ(send(bob_, sponsor), TX_STATUS_ALREADY_SPONSORED);
  sponsor.set_account(bob_.address().str());
  EXPECT_EQ(send(alice_, sponsor), TX_STATUS_NOT_A_NEWCOMER);
  for (std::uint64_t i = 1; i < limits::sponsored_max; ++i) {
    sponsor.set_account(Person{100 + i}.address().str());
    EXPECT_EQ(send(alice_, sponsor), TX_STATUS_OK);
  }
  sponsor.set_account(Person{99}.address().str());
  EXPECT_EQ(send(alice_, sponsor), TX_STATUS_TOO_MANY_SPONSORED);
  EXPECT_EQ(receipt_.details(0).value(), limits::sponsored_max);
}

TEST_F(Bank, ASponsoredNewcomerActsWithoutAFee) {
  SponsorAccount sponsor;
  sponsor.set_account(dave_.address().str());
  ASSERT_EQ(send(alice_, sponsor), TX_STATUS_OK);
  ASSERT_EQ(send(alice_, testing_support::transfer(dave_, 5)), TX_STATUS_OK);
  chain_.advance(testing_support::day_ms);
  auto const receipt = chain_.send(dave_, {message(testing_support::transfer(bob_, 5))});
  EXPECT_EQ(receipt.status(), TX_STATUS_OK);
  EXPECT_EQ(receipt.fee_charged(), 0u);
}

TEST_F(Bank, WhoeverHasActedBeforeIsIntroducedByNobody) {
  SponsorAccount sponsor;
  sponsor.set_account(dave_.address().str());
  ASSERT_EQ(send(alice_, sponsor), TX_STATUS_OK);
  EXPECT_EQ(account(dave_).introduced_by(), alice_.address().str());
  ASSERT_EQ(send(carol_, testing_support::transfer(bob_, 1)), TX_STATUS_OK);
  sponsor.set_account(carol_.address().str());
  ASSERT_EQ(send(alice_, sponsor), TX_STATUS_OK);
  EXPECT_EQ(account(carol_).sponsor(), alice_.address().str());
  EXPECT_EQ(account(carol_).introduced_by(), "");
}

TEST_F(Bank, AMemberToBeGivesTheLoanBackToItsSponsor) {
  SponsorAccount sponsor;
  sponsor.set_account(dave_.address().str());
  ASSERT_EQ(send(alice_, sponsor), TX_STATUS_OK);
  EXPECT_EQ(account(alice_).sponsored(), 1u);

  state::Overlay overlay{std::make_shared<testing_support::MemoryState>(chain_.values())};
  execution::Context context{overlay, {}, {}};
  ASSERT_TRUE(become_member(context, dave_.address()).has_value());
  ASSERT_TRUE(become_member(context, dave_.address()).has_value());
  EXPECT_EQ(account_of(overlay, alice_.address()).sponsored(), 0u);
  EXPECT_TRUE(account_of(overlay, dave_.address()).member());
  EXPECT_EQ(account_of(overlay, dave_.address()).sponsor(), "");
}

TEST_F(Bank, LockingChecksInOrderOfPrecedence) {
  EXPECT_EQ(send(alice_, lock_for(0, 0)), TX_STATUS_INVALID_AMOUNT);
  auto now = lock_for(101 * lbr, 0);
  EXPECT_EQ(send(alice_, now), TX_STATUS_INVALID_TIME);
  EXPECT_EQ(send(alice_, lock_for(101 * lbr, 9999)), TX_STATUS_INSUFFICIENT_BALANCE);
  EXPECT_EQ(send(alice_, lock_for(lbr, limits::lock_days_max + 1)), TX_STATUS_LOCK_TOO_LONG);
  auto forever = lock_for(lbr, 1);
  forever.set_until_ms(~0ull);
  EXPECT_EQ(send(alice_, forever), TX_STATUS_LOCK_TOO_LONG);
  for (std::size_t i = 0; i < limits::locks_max; ++i) {
    EXPECT_EQ(send(alice_, lock_for(lbr, 1)), TX_STATUS_OK);
  }
  EXPECT_EQ(send(alice_, lock_for(lbr, 1)), TX_STATUS_TOO_MANY_LOCKS);
}

TEST_F(Bank, ALockEndsAtTheStartOfADayAndIsReturnedInFull) {
  auto request = lock_for(40 * lbr, 2);
  request.set_until_ms(request.until_ms() + 1);
  ASSERT_EQ(send(alice_, request), TX_STATUS_OK);
  ASSERT_EQ(receipt_.created_ids_size(), 1);
  auto const id = receipt_.created_ids(0);
  auto const lock = chain_.find<Lock>(state::keys::lock(id));
  ASSERT_TRUE(lock.has_value());
  EXPECT_EQ(lock->until_ms() % day_ms, 0u);
  EXPECT_EQ(lock->until_ms(), testing_support::genesis_time_ms + 3 * day_ms);
  EXPECT_EQ(balance(alice_), 60 * lbr);
  EXPECT_EQ(account(alice_).locked(), 40 * lbr);

  UnlockTokens unlock;
  unlock.set_lock_id(77);
  EXPECT_EQ(send(bob_, unlock), TX_STATUS_LOCK_NOT_FOUND);
  unlock.set_lock_id(id);
  EXPECT_EQ(send(bob_, unlock), TX_STATUS_NOT_YOUR_LOCK);
  EXPECT_EQ(send(alice_, unlock), TX_STATUS_LOCK_NOT_OVER);
  EXPECT_EQ(receipt_.details(0).value(), lock->until_ms());

  auto const left = lock->until_ms() - chain_.time().value();
  chain_.advance(left - 2 * testing_support::second_ms);
  EXPECT_EQ(send(alice_, unlock), TX_STATUS_LOCK_NOT_OVER);
  EXPECT_EQ(send(alice_, unlock), TX_STATUS_OK);
  EXPECT_EQ(balance(alice_), 100 * lbr);
  EXPECT_EQ(account(alice_).locked(), 0u);
  EXPECT_EQ(account(alice_).lock_ids_size(), 0);
  EXPECT_FALSE(chain_.find<Lock>(state::keys::lock(id)).has_value());
}

TEST(Locks, WhatIsLockedBeyondADateEqualsTheSumOfTheLocks) {
  state::Overlay overlay{std::make_shared<testing_support::MemoryState>()};
  std::map<std::uint64_t, std::uint64_t> by_day;
  std::uint64_t now = 1000 * day_ms + 5;
  std::uint64_t seed = 1;
  auto const draw = [&](std::uint64_t bound) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (seed >> 33) % bound;
  };
  for (int step = 0; step < 500; ++step) {
    now += draw(3) * draw(day_ms);
    execution::Context context{overlay, {.height = {}, .time = protocol::TimeMs{now}}, {}};
    Lock lock;
    lock.set_amount(1 + draw(100));
    lock.set_until_ms(day_ceiling(now + 1 + draw(60 * day_ms)));
    count_lock(context, all_locks, lock);
    by_day[lock.until_ms()] += lock.amount();

    auto const until = now + draw(50 * day_ms);
    std::uint64_t want = 0;
    for (auto const& [end, amount] : by_day) want += end >= until && end > now ? amount : 0;
    ASSERT_EQ(locked_beyond(overlay, all_locks, protocol::TimeMs{until}).value(), want)
        << "step " << step;
  }
}

}  // namespace
}  // namespace bank
