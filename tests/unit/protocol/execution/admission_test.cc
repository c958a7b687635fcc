// Admission against a state: statuses in order, allowance, fees.

#include "protocol/execution/admission.h"

#include <gtest/gtest.h>

#include <functional>

#include "protocol/bank/account.h"
#include "protocol/bank/holders.h"
#include "protocol/limits.h"
#include "tests/support/test_chain.h"

namespace execution {
namespace {

using namespace labor::v1;  // NOLINT: statuses and messages by name.
using testing_support::lbr;
using testing_support::message;
using testing_support::Person;
using testing_support::TestChain;
using testing_support::transfer;

namespace limits = protocol::limits;

class Admission : public testing::Test {
 protected:
  static Genesis genesis() {
    auto made = testing_support::test_genesis();
    testing_support::endow(made, Person{1}, true, 100 * lbr, 0);
    testing_support::endow(made, Person{2}, true, 0, 0);
    testing_support::endow(made, Person{3}, false, 100 * lbr, 0);
    return made;
  }

  TxStatus status(CheckedPtr const& tx, std::uint64_t later_ms = 0) const {
    auto const moment = Moment{.block_time = protocol::TimeMs{chain_.time().value() + later_ms},
                               .next_sequence = std::nullopt};
    auto const charge = admit(chain_.state(), *tx, moment);
    return charge ? TX_STATUS_OK : charge.error().status;
  }

  CheckedPtr signed_by(std::vector<Person const*> const& signers, TransactionBody body) const {
    auto checked = check_transaction(testing_support::sign(body, signers, chain_.chain().hash()),
                                     chain_.chain());
    EXPECT_TRUE(checked.has_value());
    return *checked;
  }

  // Spends all but a remainder of an account's allowance, whatever was there.
  void exhaust(Person const& who) {
    auto const filler = std::string(limits::memo_bytes_max, 'm');
    for (int i = 0; i < 100'000; ++i) {
      auto const tx = chain_.transaction(who, {message(transfer(bob_, 1))}, {.memo = filler});
      auto const account = bank::account_of(chain_.state(), who.address());
      if (allowance_at(account, chain_.time()) < tx->units()) return;
      std::vector<CheckedPtr> many;
      for (std::uint64_t k = 0; k < 400; ++k) {
        many.push_back(chain_.transaction(who, {message(transfer(bob_, 1))},
                                          {.sequence = account.sequence() + k, .memo = filler}));
      }
      chain_.block(many);
    }
    FAIL() << "the allowance never ended";
  }

  Person const alice_{1};  // Member with LBR.
  Person const bob_{2};    // Member without.
  Person const carol_{3};  // LBR, no member.
  Person const dave_{4};   // Unknown.
  TestChain chain_{genesis()};
};

TEST_F(Admission, ChecksInOrderOfPrecedence) {
  auto const now = chain_.time().value();
  auto const base = chain_.transaction(alice_, {message(transfer(bob_, 1))})->body();
  struct Case {
    char const* name;
    TxStatus want;
    std::vector<Person const*> signers;
    std::function<void(TransactionBody&)> change;
  };
  auto const none = [](TransactionBody&) {};
  Case const cases[] = {
      {"all is well", TX_STATUS_OK, {&alice_}, none},
      {"the last moment",
       TX_STATUS_OK,
       {&alice_},
       [&](auto& body) { body.set_valid_until_ms(now); }},
      {"too late, and unsigned",
       TX_STATUS_EXPIRED,
       {&bob_},
       [&](auto& body) { body.set_valid_until_ms(now - 1); }},
      {"the longest",
       TX_STATUS_OK,
       {&alice_},
       [&](auto& body) { body.set_valid_until_ms(now + limits::valid_for_ms_max); }},
      {"too long, and unsigned",
       TX_STATUS_VALID_TOO_LONG,
       {&bob_},
       [&](auto& body) { body.set_valid_until_ms(now + limits::valid_for_ms_max + 1); }},
      {"nobody knows dave",
       TX_STATUS_ACCOUNT_NOT_FOUND,
       {&dave_},
       [&](auto& body) {
         body.set_account(dave_.address().str());
         body.set_sequence(9);
       }},
      {"another's key",
       TX_STATUS_NOT_AUTHORIZED,
       {&bob_},
       [](auto& body) { body.set_sequence(9); }},
      {"a stranger's key as well", TX_STATUS_NOT_AUTHORIZED, {&alice_, &bob_}, none},
      {"the payer has not signed",
       TX_STATUS_FEE_PAYER_NOT_SIGNED,
       {&alice_},
       [&](auto& body) {
         body.set_fee_payer(carol_.address().str());
         body.set_sequence(9);
       }},
      {"the payer has signed",
       TX_STATUS_OK,
       {&alice_, &carol_},
       [&](auto& body) { body.set_fee_payer(carol_.address().str()); }},
      {"a sequence ahead",
       TX_STATUS_SEQUENCE_MISMATCH,
       {&alice_},
       [](auto& body) { body.set_sequence(1); }},
      {"no allowance, no limit",
       TX_STATUS_FEE_LIMIT_TOO_LOW,
       {&carol_},
       [&](auto& body) { body.set_account(carol_.address().str()); }},
      {"a fee within the limit",
       TX_STATUS_OK,
       {&carol_},
       [&](auto& body) {
         body.set_account(carol_.address().str());
         body.set_fee_limit(lbr);
       }},
      {"a payer without LBR",
       TX_STATUS_FEE_NOT_COVERED,
       {&carol_, &bob_},
       [&](auto& body) {
         body.set_account(carol_.address().str());
         body.set_fee_payer(bob_.address().str());
         body.set_fee_limit(lbr);
       }},
      {"a newcomer whose fee is paid",
       TX_STATUS_OK,
       {&dave_, &carol_},
       [&](auto& body) {
         body.set_account(dave_.address().str());
         body.set_fee_payer(carol_.address().str());
         body.set_fee_limit(lbr);
       }},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    auto body = base;
    row.change(body);
    EXPECT_EQ(status(signed_by(row.signers, body)), row.want);
  }
}

TEST_F(Admission, ThePoolAdmitsBehindWhatItHolds) {
  auto const second = chain_.transaction(alice_, {message(transfer(bob_, 1))}, {.sequence = 1});
  auto const moment = Moment{.block_time = chain_.time(), .next_sequence = protocol::Sequence{1}};
  EXPECT_TRUE(admit(chain_.state(), *second, moment).has_value());
  EXPECT_EQ(status(second), TX_STATUS_SEQUENCE_MISMATCH);
}

TEST_F(Admission, TheFirstTransactionBindsTheKeyThatHashesToTheAddress) {
  EXPECT_FALSE(bank::account_of(chain_.state(), alice_.address()).has_authority());
  chain_.send(alice_, {message(transfer(bob_, 1))});
  auto const bound = bank::account_of(chain_.state(), alice_.address());
  EXPECT_EQ(bound.authority().public_key(), alice_.key().public_key().chars());
  EXPECT_EQ(bound.sequence(), 1u);
}

TEST_F(Admission, AMemberPaysNoFeeAndUsesUnits) {
  auto const tx = chain_.transaction(alice_, {message(transfer(bob_, 1))});
  auto const& block = chain_.block({tx});
  ASSERT_EQ(block.receipts.size(), 1u);
  EXPECT_EQ(block.receipts[0].fee_charged(), 0u);
  EXPECT_EQ(block.receipts[0].allowance_used(), tx->units());
  auto const account = bank::account_of(chain_.state(), alice_.address());
  EXPECT_EQ(account.allowance(), limits::allowance_base - tx->units());
}

TEST_F(Admission, AFloodEndsInFees) {
  exhaust(alice_);
  auto const tx = chain_.transaction(alice_, {message(transfer(bob_, 1))});
  EXPECT_EQ(status(tx), TX_STATUS_FEE_LIMIT_TOO_LOW);

  auto const paying = chain_.transaction(alice_, {message(transfer(bob_, 1))}, {.fee_limit = lbr});
  auto const left =
      allowance_at(bank::account_of(chain_.state(), alice_.address()),
                   protocol::TimeMs{chain_.time().value() + testing_support::second_ms});
  auto const before = bank::balance_of(chain_.state(), alice_.address(), ASSET_LBR).value();
  auto const& block = chain_.block({paying});
  ASSERT_EQ(block.receipts.size(), 1u);
  auto const fee = (paying->units() - left) * 10;  // PARAMETER_FEE_PER_UNIT
  EXPECT_EQ(block.receipts[0].fee_charged(), fee);
  EXPECT_EQ(block.receipts[0].allowance_used(), left);
  EXPECT_EQ(bank::balance_of(chain_.state(), alice_.address(), ASSET_LBR).value(),
            before - fee - 1);
  EXPECT_EQ(bank::balance_of(chain_.state(), bank::treasury_address(), ASSET_LBR).value(), fee);
}

TEST_F(Admission, AFailedMessageKeepsTheFeeAndTheSequence) {
  auto const receipt = chain_.send(carol_, {message(transfer(bob_, 5)), message(transfer(bob_, 0))},
                                   {.fee_limit = lbr});
  EXPECT_EQ(receipt.status(), TX_STATUS_INVALID_AMOUNT);
  EXPECT_EQ(receipt.failed_message(), 1u);
  EXPECT_GT(receipt.fee_charged(), 0u);
  EXPECT_EQ(bank::account_of(chain_.state(), carol_.address()).sequence(), 1u);
  EXPECT_EQ(bank::balance_of(chain_.state(), bob_.address(), ASSET_LBR).value(), 0u);
  EXPECT_EQ(bank::balance_of(chain_.state(), carol_.address(), ASSET_LBR).value(),
            100 * lbr - receipt.fee_charged());
}

TEST(Allowance, CapsFollowMembershipSponsorLoansAndLocks) {
  struct Case {
    char const* name;
    bool member;
    bool sponsored_by_somebody;
    std::uint32_t sponsors;
    std::uint64_t locked;
    std::uint64_t want;
  };
  Case const cases[] = {
      {"nobody", false, false, 0, 0, 0},
      {"member", true, false, 0, 0, limits::allowance_base},
      {"member with ten newcomers", true, false, 10, 0, limits::allowance_base / 2},
      {"newcomer", false, true, 0, 0, limits::allowance_lent},
      {"one LBR locked", false, false, 0, lbr, limits::allowance_per_lbr},
      {"less than one", false, false, 0, lbr - 1, 0},
      {"member with locks", true, false, 0, 5 * lbr,
       limits::allowance_base + 5 * limits::allowance_per_lbr},
      {"a whale", true, false, 0, ~0ull, limits::allowance_max},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    Account account;
    account.set_member(row.member);
    if (row.sponsored_by_somebody) account.set_sponsor(std::string(32, 's'));
    account.set_sponsored(row.sponsors);
    account.set_locked(row.locked);
    EXPECT_EQ(allowance_cap(account), row.want);
  }
}

TEST(Allowance, RefillsInADayAndNeverBeyondTheCap) {
  Account account;
  account.set_member(true);
  account.set_allowance_at_ms(1000);
  auto const at = [&](std::uint64_t ms) { return allowance_at(account, protocol::TimeMs{ms}); };
  EXPECT_EQ(at(0), 0u);
  EXPECT_EQ(at(1000), 0u);
  EXPECT_EQ(at(1000 + limits::allowance_refill_ms / 2), limits::allowance_base / 2);
  EXPECT_EQ(at(1000 + limits::allowance_refill_ms), limits::allowance_base);
  EXPECT_EQ(at(~0ull), limits::allowance_base);
}

TEST_F(Admission, AnAccountThatActsOftenLosesNoRefill) {
  // 4.6 units a second: in 20 ms steps each gains a fraction of a unit only.
  exhaust(alice_);
  auto account = bank::account_of(chain_.state(), alice_.address());
  auto const start = account.allowance();
  auto const since = account.allowance_at_ms();
  auto const hour_units = limits::allowance_base / 24;
  auto time = since;
  TransactionBody body;
  body.set_account(alice_.address().str());
  testing_support::MemoryState state;
  std::uint64_t used = 0;
  while (time < since + testing_support::hour_ms) {
    time += 20;
    body.set_sequence(account.sequence());
    body.set_valid_until_ms(time + 1);
    state::Overlay overlay{std::make_shared<testing_support::MemoryState>(state)};
    overlay.put(state::key_of(account), account.SerializeAsString());
    state.apply(overlay);
    if (allowance_at(account, protocol::TimeMs{time}) == 0) continue;
    auto const charge = admit_unsigned(state, body, 1, {.block_time = protocol::TimeMs{time}});
    ASSERT_TRUE(charge.has_value());
    used += charge->allowance_used;
    account = charge->account;
  }
  auto const gained = allowance_at(account, protocol::TimeMs{time}) + used - start;
  EXPECT_NEAR(static_cast<double>(gained), static_cast<double>(hour_units), 10);
}

}  // namespace
}  // namespace execution
