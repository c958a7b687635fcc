// Shape of a transaction: what check_transaction() refuses, in the order of status.proto.

#include "protocol/execution/transaction.h"

#include <gtest/gtest.h>

#include <functional>

#include "protocol/codec/canonical.h"
#include "protocol/limits.h"
#include "tests/support/test_chain.h"

namespace execution {
namespace {

using namespace labor::v1;  // NOLINT: statuses and messages by name.
using testing_support::Person;

namespace limits = protocol::limits;

class TransactionShape : public testing::Test {
 protected:
  TransactionShape() {
    body_.set_chain_id(chain_.id());
    body_.set_account(alice_.address().str());
    body_.set_valid_until_ms(testing_support::genesis_time_ms + 1000);
    *body_.add_messages() = testing_support::message(testing_support::transfer(bob_, 1));
  }

  std::string good() const { return testing_support::sign(body_, {&alice_}, chain_.hash()); }

  Person const alice_{1};
  Person const bob_{2};
  protocol::Chain const chain_ = testing_support::test_chain(testing_support::test_genesis());
  TransactionBody body_;
};

std::string with_signatures(std::string const& bytes, std::function<void(Transaction&)> change) {
  Transaction transaction;
  EXPECT_TRUE(transaction.ParseFromString(bytes));
  change(transaction);
  return canonical::encode(transaction);
}

TEST_F(TransactionShape, AGoodOneIsTakenApartAsItWasSigned) {
  auto const bytes = good();
  auto const checked = check_transaction(bytes, chain_);
  ASSERT_TRUE(checked.has_value());
  auto const& tx = **checked;
  EXPECT_EQ(tx.bytes(), bytes);
  EXPECT_EQ(tx.id(), transaction_id(canonical::encode(body_)));
  EXPECT_EQ(tx.wire(), wire_hash(bytes));
  EXPECT_EQ(tx.account(), alice_.address());
  EXPECT_FALSE(tx.fee_payer().has_value());
  EXPECT_EQ(tx.signers(), std::vector{alice_.key().public_key()});
  EXPECT_EQ(tx.units(), bytes.size() + limits::signature_units + limits::message_units);
}

TEST_F(TransactionShape, TheSizeOfASignedBodyIsKnownBeforeItIsSigned) {
  for (std::size_t const memo : {0u, 1u, 100u, 255u}) {
    body_.set_memo(std::string(memo, 'm'));
    auto const body = canonical::encode(body_);
    EXPECT_EQ(good().size(), signed_size(body.size(), 1)) << memo;
    auto const two = testing_support::sign(body_, {&alice_, &bob_}, chain_.hash());
    EXPECT_EQ(two.size(), signed_size(body.size(), 2)) << memo;
  }
}

// Each row breaks what it names and everything that is checked later, so that the order shows.
TEST_F(TransactionShape, IsRefusedInOrderOfPrecedence) {
  using Break = std::function<void(TransactionBody&)>;
  auto const no_break = [](TransactionBody&) {};
  auto const too_many = [](TransactionBody& body) {
    while (std::cmp_less_equal(body.messages_size(), limits::messages_per_transaction_max)) {
      *body.add_messages() = body.messages(0);
    }
  };
  struct Case {
    char const* name;
    TxStatus want;
    Break change;
  };
  Case const cases[] = {
      {"all is well", TX_STATUS_OK, no_break},
      {"more messages than fit", TX_STATUS_TOO_MANY_MESSAGES, too_many},
      {"nothing asked", TX_STATUS_NO_MESSAGES, [](auto& body) { body.clear_messages(); }},
      {"a message that is not set", TX_STATUS_MALFORMED, [](auto& body) { body.add_messages(); }},
      {"for another, nothing", TX_STATUS_MALFORMED,
       [](auto& body) { body.add_messages()->mutable_act_for(); }},
      {"for another, an act that is not set", TX_STATUS_MALFORMED,
       [](auto& body) { body.add_messages()->mutable_act_for()->add_acts(); }},
      {"for another, more messages than fit", TX_STATUS_TOO_MANY_MESSAGES,
       [](auto& body) {
         auto& outer = *body.add_messages()->mutable_act_for();
         for (int i = 0; i < 16; ++i) outer.add_acts()->mutable_pause_profile();
       }},
      {"a short account", TX_STATUS_MALFORMED, [](auto& body) { body.set_account("short"); }},
      {"a short fee payer", TX_STATUS_MALFORMED, [](auto& body) { body.set_fee_payer("short"); }},
      {"a fee payer who is the account", TX_STATUS_MALFORMED,
       [](auto& body) { body.set_fee_payer(body.account()); }},
      {"a long memo", TX_STATUS_MALFORMED,
       [](auto& body) { body.set_memo(std::string(limits::memo_bytes_max + 1, 'm')); }},
      {"another chain, and nothing asked", TX_STATUS_WRONG_CHAIN,
       [](auto& body) {
         body.set_chain_id("other");
         body.clear_messages();
       }},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    auto body = body_;
    row.change(body);
    auto const bytes = testing_support::sign(body, {&alice_}, chain_.hash());
    auto const checked = check_transaction(bytes, chain_);
    EXPECT_EQ(checked ? TX_STATUS_OK : checked.error().status, row.want);
  }
}

TEST_F(TransactionShape, SignaturesAreRefusedInOrderOfPrecedence) {
  struct Case {
    char const* name;
    TxStatus want;
    std::function<void(Transaction&)> change;
  };
  auto const copy_first = [](Transaction& tx, std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) *tx.add_signatures() = tx.signatures(0);
  };
  Case const cases[] = {
      {"none", TX_STATUS_MALFORMED, [](Transaction& tx) { tx.clear_signatures(); }},
      {"a short key", TX_STATUS_MALFORMED,
       [](Transaction& tx) { tx.mutable_signatures(0)->set_public_key("short"); }},
      {"a short signature", TX_STATUS_MALFORMED,
       [](Transaction& tx) { tx.mutable_signatures(0)->set_signature("short"); }},
      {"too many, unsorted", TX_STATUS_TOO_MANY_SIGNATURES,
       [&](Transaction& tx) { copy_first(tx, limits::signatures_per_transaction_max); }},
      {"the same key twice", TX_STATUS_SIGNATURES_NOT_SORTED,
       [&](Transaction& tx) { copy_first(tx, 1); }},
      {"a bit of the signature", TX_STATUS_BAD_SIGNATURE,
       [](Transaction& tx) { (*tx.mutable_signatures(0)->mutable_signature())[5] ^= 1; }},
      {"another body", TX_STATUS_BAD_SIGNATURE,
       [&](Transaction& tx) {
         auto other = body_;
         other.set_sequence(7);
         tx.set_body(canonical::encode(other));
       }},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    auto const checked = check_transaction(with_signatures(good(), row.change), chain_);
    ASSERT_FALSE(checked.has_value());
    EXPECT_EQ(checked.error().status, row.want);
  }
}

TEST_F(TransactionShape, ASignatureForAnotherGenesisIsBad) {
  auto genesis = testing_support::test_genesis();
  genesis.set_time_ms(genesis.time_ms() + 1);
  auto const twin = testing_support::test_chain(genesis);
  auto const checked = check_transaction(good(), twin);
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().status, TX_STATUS_BAD_SIGNATURE);
}

TEST_F(TransactionShape, TheSizeIsBoundedBeforeAnythingIsDecoded) {
  auto const checked =
      check_transaction(std::string(limits::transaction_bytes_max + 1, '\xff'), chain_);
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().status, TX_STATUS_TOO_LARGE);
}

TEST_F(TransactionShape, OnlyTheOneEncodingIsTaken) {
  Transaction outer;
  ASSERT_TRUE(outer.ParseFromString(good()));
  auto const unknown_in_body =
      with_signatures(good(), [](Transaction& tx) { tx.mutable_body()->append("\xf8\x07\x01"); });
  for (auto const& bytes :
       {std::string{}, std::string{"\x0a"}, good() + std::string("\x18\x01", 2), unknown_in_body}) {
    auto const checked = check_transaction(bytes, chain_);
    ASSERT_FALSE(checked.has_value());
    // The empty string is the canonical encoding of a transaction without anything in it.
    auto const want = bytes.empty() ? TX_STATUS_WRONG_CHAIN : TX_STATUS_NON_CANONICAL;
    EXPECT_EQ(checked.error().status, want);
  }
}

}  // namespace
}  // namespace execution
