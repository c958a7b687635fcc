// Who may sign: one key, several with weights, and the ways from one to the other.

#include "protocol/bank/authority.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "protocol/bank/account.h"
#include "protocol/bank/recovery.h"
#include "protocol/execution/admission.h"
#include "protocol/limits.h"
#include "tests/support/test_chain.h"

namespace bank {
namespace {

using namespace labor::v1;  // NOLINT: statuses and messages by name.
using testing_support::day_ms;
using testing_support::lbr;
using testing_support::message;
using testing_support::Person;
using testing_support::TestChain;

std::string key_of(std::uint64_t number) {
  return Person{number}.key().public_key().str();
}

Authority single(std::uint64_t number) {
  Authority authority;
  authority.set_public_key(key_of(number));
  return authority;
}

Authority of(std::vector<std::uint64_t> const& numbers, std::uint32_t threshold) {
  Authority authority;
  for (auto const number : numbers) {
    auto& key = *authority.add_keys();
    key.set_public_key(key_of(number));
    key.set_weight(1);
  }
  std::ranges::sort(*authority.mutable_keys(), {}, &WeightedKey::public_key);
  authority.set_threshold(threshold);
  return authority;
}

TEST(Authority, IsRefusedForItsForm) {
  struct Case {
    char const* name;
    TxStatus want;
    std::function<void(Authority&)> change;
  };
  Case const cases[] = {
      {"two of three", TX_STATUS_OK, [](auto&) {}},
      {"one key", TX_STATUS_OK, [](auto& a) { a = single(1); }},
      {"seven keys", TX_STATUS_OK, [](auto& a) { a = of({1, 2, 3, 4, 5, 6, 7}, 7); }},
      {"nothing", TX_STATUS_INVALID_KEY, [](auto& a) { a.Clear(); }},
      {"a threshold of nothing", TX_STATUS_INVALID_KEY,
       [](auto& a) {
         a.Clear();
         a.set_threshold(1);
       }},
      {"a short key", TX_STATUS_INVALID_KEY,
       [](auto& a) { a.mutable_keys(0)->set_public_key("k"); }},
      {"no point of the curve", TX_STATUS_INVALID_KEY,
       [](auto& a) { a.mutable_keys(2)->set_public_key(std::string(32, '\xff')); }},
      {"a point of small order", TX_STATUS_INVALID_KEY,
       [](auto& a) {
         a = single(1);
         a.set_public_key(std::string(32, '\0'));
       }},
      {"a weight of nothing", TX_STATUS_INVALID_KEY,
       [](auto& a) { a.mutable_keys(1)->set_weight(0); }},
      {"not ascending", TX_STATUS_INVALID_KEY,
       [](auto& a) { a.mutable_keys()->SwapElements(0, 1); }},
      {"a key twice", TX_STATUS_INVALID_KEY,
       [](auto& a) { a.mutable_keys(1)->set_public_key(a.keys(0).public_key()); }},
      {"both ways at once", TX_STATUS_INVALID_KEY, [](auto& a) { a.set_public_key(key_of(1)); }},
      {"eight keys", TX_STATUS_INVALID_KEY, [](auto& a) { a = of({1, 2, 3, 4, 5, 6, 7, 8}, 1); }},
      {"no threshold", TX_STATUS_INVALID_THRESHOLD, [](auto& a) { a.set_threshold(0); }},
      {"more than all of them", TX_STATUS_INVALID_THRESHOLD, [](auto& a) { a.set_threshold(4); }},
      {"weights that only just reach it", TX_STATUS_OK,
       [](auto& a) {
         for (auto& key : *a.mutable_keys()) key.set_weight(0xffffffff);
         a.set_threshold(0xffffffff);
       }},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    auto authority = of({1, 2, 3}, 2);
    row.change(authority);
    auto const done = must_be_authority(authority);
    EXPECT_EQ(done ? TX_STATUS_OK : done.error().status, row.want);
  }
}

class AuthorityOnChain : public testing::Test {
 protected:
  static Genesis genesis() {
    auto made = testing_support::test_genesis();
    for (std::uint64_t i = 1; i <= 6; ++i) {
      testing_support::endow(made, Person{i}, true, 100 * lbr, 0);
    }
    return made;
  }

  // Whether a transfer of alice's, signed so, is admitted.
  TxStatus signed_by(std::vector<Person const*> const& signers, Person const* payer = nullptr) {
    auto const tx = chain_.transaction(alice_, {message(testing_support::transfer(bob_, 1))},
                                       {.fee_payer = payer, .signers = signers});
    auto const done = execution::admit(chain_.state(), *tx, {.block_time = chain_.time()});
    return done ? TX_STATUS_OK : done.error().status;
  }
  template <class M>
  TxStatus send(Person const& who, M const& inner, std::vector<Person const*> signers = {}) {
    return chain_.send(who, {message(inner)}, {.fee_limit = lbr, .signers = std::move(signers)})
        .status();
  }
  void rotate_to(Authority const& authority) {
    RotateAuthority rotation;
    *rotation.mutable_authority() = authority;
    ASSERT_EQ(send(alice_, rotation), TX_STATUS_OK);
  }

  Person const alice_{1};
  Person const bob_{2};
  Person const carol_{3};
  Person const dave_{4};
  Person const erin_{5};
  TestChain chain_{genesis()};
};

TEST_F(AuthorityOnChain, RotatesToAnotherKeyAndTheAddressStays) {
  rotate_to(single(3));
  EXPECT_EQ(signed_by({&alice_}), TX_STATUS_NOT_AUTHORIZED);
  EXPECT_EQ(signed_by({&carol_}), TX_STATUS_OK);
  EXPECT_EQ(signed_by({&alice_, &carol_}), TX_STATUS_NOT_AUTHORIZED) << "a stranger's, now";
}

TEST_F(AuthorityOnChain, AsksForAsMuchAsItsThreshold) {
  rotate_to(of({2, 3, 4}, 2));
  EXPECT_EQ(signed_by({&bob_}), TX_STATUS_NOT_AUTHORIZED);
  EXPECT_EQ(signed_by({&bob_, &carol_}), TX_STATUS_OK);
  EXPECT_EQ(signed_by({&dave_, &carol_}), TX_STATUS_OK);
  EXPECT_EQ(signed_by({&bob_, &carol_, &dave_}), TX_STATUS_OK) << "more than needed";
  EXPECT_EQ(signed_by({&bob_, &erin_}), TX_STATUS_NOT_AUTHORIZED);
  EXPECT_EQ(signed_by({&bob_, &carol_, &erin_}), TX_STATUS_NOT_AUTHORIZED) << "a stranger's";
  EXPECT_EQ(signed_by({&bob_, &carol_}, &erin_), TX_STATUS_OK) << "and a payer's";
  RotateAuthority back;
  *back.mutable_authority() = single(1);
  ASSERT_EQ(send(alice_, back, {&bob_, &dave_}), TX_STATUS_OK);
  EXPECT_EQ(signed_by({&alice_}), TX_STATUS_OK);
}

TEST_F(AuthorityOnChain, WeighsItsKeys) {
  auto authority = of({2, 3, 4}, 3);
  for (auto& key : *authority.mutable_keys()) {
    if (key.public_key() == key_of(2)) key.set_weight(3);
  }
  rotate_to(authority);
  EXPECT_EQ(signed_by({&bob_}), TX_STATUS_OK);
  EXPECT_EQ(signed_by({&carol_, &dave_}), TX_STATUS_NOT_AUTHORIZED);
}

TEST_F(AuthorityOnChain, AKeyThatTheAddressIsNotOfSignsForNobodyNew) {
  Person const fresh{77};
  auto const account = account_of(chain_.state(), fresh.address());
  EXPECT_TRUE(may_sign(account, std::vector{fresh.key().public_key()}));
  EXPECT_FALSE(may_sign(account, std::vector{alice_.key().public_key()}));
  EXPECT_FALSE(may_sign(account, {}));
}

TEST_F(AuthorityOnChain, IsGivenAnewByGuardiansWhereTheKeyIsLost) {
  SetGuardians guardians;
  for (auto const* person : {&bob_, &carol_, &dave_}) {
    guardians.add_guardians(person->address().str());
  }
  std::ranges::sort(*guardians.mutable_guardians());
  guardians.set_threshold(2);
  guardians.set_delay_ms(3 * day_ms);
  ASSERT_EQ(send(alice_, guardians), TX_STATUS_OK);

  StartRecovery start;
  start.set_account(alice_.address().str());
  *start.mutable_authority() = single(5);
  ASSERT_EQ(send(bob_, start), TX_STATUS_OK);
  ApproveRecovery approve;
  approve.set_account(alice_.address().str());
  approve.set_authority_hash(authority_hash(alice_.address(), start.authority()).str());
  EXPECT_EQ(send(bob_, approve), TX_STATUS_ALREADY_APPROVED);
  ASSERT_EQ(send(carol_, approve), TX_STATUS_OK);
  EXPECT_EQ(send(dave_, approve), TX_STATUS_WRONG_STATE);

  chain_.advance(3 * day_ms - 10'000);
  EXPECT_EQ(signed_by({&erin_}), TX_STATUS_NOT_AUTHORIZED);
  EXPECT_EQ(signed_by({&alice_}), TX_STATUS_OK) << "the old key can still cancel";
  chain_.advance(day_ms);
  EXPECT_EQ(signed_by({&erin_}), TX_STATUS_OK);
  EXPECT_EQ(signed_by({&alice_}), TX_STATUS_NOT_AUTHORIZED);
}

TEST_F(AuthorityOnChain, GuardiansAreRefusedForTheirForm) {
  struct Case {
    char const* name;
    TxStatus want;
    std::function<void(SetGuardians&)> change;
  };
  auto const all = [](SetGuardians& message, std::uint64_t first, std::uint64_t last) {
    message.clear_guardians();
    for (auto i = first; i <= last; ++i) message.add_guardians(Person{i}.address().str());
    std::ranges::sort(*message.mutable_guardians());
  };
  Case const cases[] = {
      {"a short address", TX_STATUS_INVALID_ADDRESS, [](auto& m) { m.add_guardians("short"); }},
      {"not ascending", TX_STATUS_INVALID_GUARDIANS,
       [](auto& m) { m.mutable_guardians()->SwapElements(0, 1); }},
      {"one twice", TX_STATUS_INVALID_GUARDIANS,
       [](auto& m) { m.set_guardians(1, m.guardians(0)); }},
      {"oneself", TX_STATUS_INVALID_GUARDIANS, [&](auto& m) { all(m, 1, 2); }},
      {"eight", TX_STATUS_INVALID_GUARDIANS, [&](auto& m) { all(m, 2, 9); }},
      {"seven", TX_STATUS_OK, [&](auto& m) { all(m, 2, 8); }},
      {"none must agree", TX_STATUS_INVALID_THRESHOLD, [](auto& m) { m.set_threshold(0); }},
      {"more than there are", TX_STATUS_INVALID_THRESHOLD, [](auto& m) { m.set_threshold(3); }},
      {"at once", TX_STATUS_INVALID_TIME, [](auto& m) { m.set_delay_ms(day_ms - 1); }},
      {"never", TX_STATUS_INVALID_TIME, [](auto& m) { m.set_delay_ms(60 * day_ms + 1); }},
      {"nobody", TX_STATUS_OK, [](auto& m) { m.Clear(); }},
      {"nobody, with a delay", TX_STATUS_INVALID_TIME,
       [](auto& m) {
         m.Clear();
         m.set_delay_ms(day_ms);
       }},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    SetGuardians inner;
    all(inner, 2, 3);
    inner.set_threshold(2);
    inner.set_delay_ms(day_ms);
    row.change(inner);
    EXPECT_EQ(send(alice_, inner), row.want);
  }
  EXPECT_FALSE(chain_.find<Guardians>(state::keys::guardians(alice_.address())));
}

TEST_F(AuthorityOnChain, RecoveriesAreRefusedForWhomTheyName) {
  StartRecovery start;
  *start.mutable_authority() = single(5);
  EXPECT_EQ(send(bob_, start), TX_STATUS_INVALID_ADDRESS);
  start.set_account(alice_.address().str());
  EXPECT_EQ(send(bob_, start), TX_STATUS_NOT_A_GUARDIAN) << "nobody guards it";
  start.clear_authority();
  EXPECT_EQ(send(bob_, start), TX_STATUS_INVALID_KEY);
  ApproveRecovery approve;
  EXPECT_EQ(send(bob_, approve), TX_STATUS_INVALID_ADDRESS);
  approve.set_account(alice_.address().str());
  EXPECT_EQ(send(bob_, approve), TX_STATUS_INVALID_HASH);
  approve.set_authority_hash(std::string(32, 'h'));
  EXPECT_EQ(send(bob_, approve), TX_STATUS_RECOVERY_NOT_FOUND);
  EXPECT_EQ(send(alice_, CancelRecovery{}), TX_STATUS_RECOVERY_NOT_FOUND);
}

}  // namespace
}  // namespace bank
