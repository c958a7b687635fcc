#include "node/mempool/mempool.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/support/payments.h"

namespace node {
namespace {

protocol::PublicKey peer_key(std::uint8_t number) {
  protocol::PublicKey key;
  key.data[0] = number;
  return key;
}

using protocol::Height;
using protocol::Sequence;
using protocol::TimeMs;
using testing_support::Payment;
using testing_support::Person;

constexpr auto now = TimeMs{testing_support::genesis_time_ms};

class MempoolTest : public testing::Test {
 protected:
  MempoolTest() {
    for (std::uint64_t i = 0; i < 3; ++i) people_.emplace_back(i);
  }

  CheckedPtr tx(std::size_t person, Payment const& payment) const {
    return testing_support::checked(
        chain_,
        testing_support::payment(chain_, people_[person], people_[(person + 1) % 3], payment));
  }
  protocol::Address const& address(std::size_t person) const { return people_[person].address(); }

  // "a0 b1": person and sequence of each, in order.
  std::string names(std::vector<CheckedPtr> const& transactions) const {
    std::string text;
    for (auto const& transaction : transactions) {
      for (std::size_t i = 0; i < people_.size(); ++i) {
        if (transaction->account() != address(i)) continue;
        text += text.empty() ? "" : " ";
        text += "abc"[i];
        text += std::to_string(transaction->sequence().value());
      }
    }
    return text;
  }

  std::vector<Person> people_;
  protocol::Chain chain_ = testing_support::paying_chain({});
  Mempool pool_{{}, Height{0}};
};

TEST_F(MempoolTest, SelectsInOrderOfAdmissionAndWithinAnAccountBySequence) {
  struct Row {
    std::string_view name;
    std::vector<std::pair<std::size_t, std::uint64_t>> arrivals;  // Person and sequence.
    NextSequences used;
    std::string want;
  };
  // clang-format off
  Row const rows[] = {
      {"nothing",                  {},                               {}, ""},
      {"one each",                 {{1, 0}, {0, 0}, {2, 0}},         {}, "b0 a0 c0"},
      {"interleaved",              {{0, 0}, {1, 0}, {0, 1}, {1, 1}}, {}, "a0 b0 a1 b1"},
      {"the later came first",     {{0, 1}, {1, 0}, {0, 0}},         {}, "b0 a0 a1"},
      {"three turned round",       {{0, 2}, {0, 1}, {0, 0}, {1, 0}}, {}, "a0 a1 a2 b0"},
      {"a gap waits",              {{0, 0}, {0, 2}, {1, 0}},         {}, "a0 b0"},
      {"an ancestor has the first", {{0, 0}, {0, 1}, {1, 0}},
       {{Person{0}.address(), Sequence{1}}},                               "a1 b0"},
      {"ancestors have all",       {{0, 0}, {0, 1}},
       {{Person{0}.address(), Sequence{2}}},                               ""},
  };
  // clang-format on
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    Mempool pool{{}, Height{0}};
    for (auto const& [person, sequence] : row.arrivals) {
      ASSERT_EQ(pool.add(tx(person, {.sequence = sequence}), from_client, {}), Added::fresh);
    }
    EXPECT_EQ(names(pool.select(row.used, now, {})), row.want);
    EXPECT_EQ(names(pool.select(row.used, now, {})), row.want) << "selecting takes nothing away";
  }
}

TEST_F(MempoolTest, ASkippedBlockLosesNothing) {
  ASSERT_TRUE(pool_.add(tx(0, {.sequence = 0}), from_client, {}));
  ASSERT_TRUE(pool_.add(tx(0, {.sequence = 1}), from_client, {}));
  EXPECT_EQ(names(pool_.select({}, now, {.count_max = 1})), "a0");
  EXPECT_EQ(names(pool_.select({{address(0), Sequence{1}}}, now, {})), "a1") << "on that block";
  EXPECT_EQ(names(pool_.select({}, now, {})), "a0 a1") << "on its parent, when it was skipped";
}

TEST_F(MempoolTest, SelectionKeepsToTheRoomOfTheBlock) {
  for (std::uint64_t i = 0; i < 5; ++i) {
    ASSERT_TRUE(pool_.add(tx(0, {.sequence = i}), from_client, {}));
  }
  auto const size = tx(0, {.sequence = 1})->bytes().size() + Mempool::framing_bytes;
  EXPECT_EQ(pool_.select({}, now, {.count_max = 2}).size(), 2u);
  EXPECT_EQ(pool_.select({}, now, {.bytes_max = 3 * size}).size(), 3u);
  EXPECT_EQ(pool_.select({}, now, {.bytes_max = size / 2}).size(), 0u);
}

TEST_F(MempoolTest, AnAccountSetAsideStaysAndIsSelectedWhenItsTimeHasComeOrItHasActed) {
  ASSERT_TRUE(pool_.add(tx(0, {.sequence = 0}), from_client, {}));
  ASSERT_TRUE(pool_.add(tx(0, {.sequence = 1}), from_client, {}));
  ASSERT_TRUE(pool_.add(tx(1, {.sequence = 0}), from_client, {}));
  auto const until = TimeMs{now.value() + 1000};
  pool_.set_aside(address(0), until);
  EXPECT_EQ(names(pool_.select({}, now, {})), "b0");
  EXPECT_EQ(names(pool_.select({}, until, {})), "a0 a1 b0");
  EXPECT_EQ(pool_.count(), 3u);
  pool_.settle(Height{1}, now, {{address(0), Sequence{1}}});
  EXPECT_EQ(names(pool_.select({}, now, {})), "a1 b0");
}

TEST_F(MempoolTest, WhatIsFinalLeavesAndSoDoesWhatItMadeImpossible) {
  for (std::uint64_t i = 0; i < 4; ++i) {
    ASSERT_TRUE(pool_.add(tx(0, {.sequence = i}), from_client, {}));
  }
  ASSERT_TRUE(pool_.add(tx(1, {.sequence = 0}), from_client, {}));
  pool_.settle(Height{1}, now, {{address(0), Sequence{3}}, {address(2), Sequence{9}}});
  EXPECT_EQ(names(pool_.select({}, now, {})), "a3 b0");
  EXPECT_EQ(pool_.count(), 2u);
  pool_.settle(Height{2}, now, {{address(0), Sequence{4}}, {address(1), Sequence{1}}});
  EXPECT_EQ(pool_.count(), 0u);
  EXPECT_EQ(pool_.bytes(), 0u);
}

TEST_F(MempoolTest, ATransactionLeavesWhenAFinalBlockIsPastItsTime) {
  auto const until = now.value() + 1000;
  ASSERT_TRUE(pool_.add(tx(0, {.sequence = 0, .valid_until_ms = until}), from_client, {}));
  pool_.settle(Height{1}, TimeMs{until}, {});
  EXPECT_EQ(pool_.count(), 1u) << "a block of that very time may still hold it";
  pool_.settle(Height{2}, TimeMs{until + 1}, {});
  EXPECT_EQ(pool_.count(), 0u);
}

TEST_F(MempoolTest, TheSameBodyIsOneTransaction) {
  auto const transaction = tx(0, {.sequence = 0});
  EXPECT_EQ(pool_.add(transaction, from_client, {}), Added::fresh);
  EXPECT_EQ(pool_.add(transaction, peer_key(1), {}), Added::duplicate);
  EXPECT_EQ(pool_.count(), 1u);
  EXPECT_EQ(pool_.find(transaction->id()), transaction);
  EXPECT_EQ(pool_.find(transaction->wire()), transaction);
  EXPECT_EQ(pool_.find(tx(1, {})->id()), nullptr);
  EXPECT_EQ(pool_.find(tx(1, {})->wire()), nullptr);
}

TEST_F(MempoolTest, EveryBoundRefusesWithItsOwnReason) {
  auto const peer = peer_key(2);
  auto const size = tx(0, {.sequence = 1})->bytes().size();
  struct Row {
    std::string_view name;
    Mempool::Bounds bounds;
    Payment payment;
    Mempool::Seen seen;
    PoolRefusal want;
    Origin origin;
  };
  using enum PoolRefusal;
  Row const rows[] = {
      {"count", {.count_max = 1}, {.sequence = 1}, {}, pool_full, from_client},
      {"bytes", {.bytes_max = size + 1}, {.sequence = 1}, {}, pool_full, from_client},
      {"per peer", {.per_peer_max = 1}, {.sequence = 1}, {}, peer_full, peer},
      {"used", {}, {.sequence = 1}, {Height{5}, Sequence{2}}, sequence_used, from_client},
      {"too far", {.per_account_max = 4}, {.sequence = 4}, {}, sequence_too_far, from_client},
      {"taken", {}, {.sequence = 0, .amount = 2}, {}, sequence_taken, from_client},
      {"stale", {}, {.sequence = 1}, {Height{4}, Sequence{0}}, stale_view, from_client},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    Mempool pool{row.bounds, Height{5}};
    auto const seen = Mempool::Seen{Height{5}, Sequence{0}};
    ASSERT_TRUE(pool.add(tx(0, {.sequence = 0}), peer, seen));
    auto row_seen = row.seen;
    if (row_seen.height == Height{0}) row_seen = seen;
    auto const added = pool.add(tx(0, row.payment), row.origin, row_seen);
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error(), row.want);
    EXPECT_FALSE(reason_of(row.want).empty());
    EXPECT_GT(explain(row.want).size(), 20u);
    EXPECT_EQ(pool.count(), 1u);
  }
}

TEST_F(MempoolTest, AnAccountMayFillItsShareWithGapsAndNoMore) {
  Mempool pool{{.per_account_max = 2}, Height{0}};
  ASSERT_TRUE(pool.add(tx(0, {.sequence = 1}), from_client, {}));
  ASSERT_TRUE(pool.add(tx(0, {.sequence = 0}), from_client, {}));
  pool.settle(Height{1}, now, {});
  EXPECT_EQ(pool.add(tx(0, {.sequence = 2}), from_client, {Height{1}, Sequence{1}}),
            std::unexpected{PoolRefusal::account_full})
      << "the first is final elsewhere and not settled here yet";
  pool.settle(Height{2}, now, {{address(0), Sequence{1}}});
  EXPECT_TRUE(pool.add(tx(0, {.sequence = 2}), from_client, {Height{2}, Sequence{1}}));
}

TEST_F(MempoolTest, APeersShareIsGivenBackWhenItsTransactionsLeave) {
  auto const peer = peer_key(2);
  Mempool pool{{.per_peer_max = 1}, Height{0}};
  ASSERT_TRUE(pool.add(tx(0, {.sequence = 0}), peer, {}));
  EXPECT_TRUE(pool.add(tx(1, {.sequence = 0}), peer_key(3), {}));
  EXPECT_FALSE(pool.add(tx(0, {.sequence = 1}), peer, {}));
  pool.settle(Height{1}, now, {{address(0), Sequence{1}}});
  EXPECT_TRUE(pool.add(tx(0, {.sequence = 1}), peer, {Height{1}, Sequence{1}}));
}

TEST_F(MempoolTest, WhatAnAccountsKeysNoLongerSignForLeavesAndMakesRoom) {
  ASSERT_TRUE(pool_.add(tx(0, {.sequence = 0}), from_client, {}));
  ASSERT_TRUE(pool_.add(tx(0, {.sequence = 1}), from_client, {}));
  ASSERT_TRUE(pool_.add(tx(1, {.sequence = 0}), from_client, {}));
  labor::v1::Account account;
  account.set_address(address(0).str());
  pool_.expel(account);
  account.mutable_authority()->set_public_key(people_[0].key().public_key().str());
  pool_.expel(account);
  EXPECT_EQ(pool_.count(), 3u) << "its keys are those that signed";
  account.mutable_authority()->set_public_key(people_[2].key().public_key().str());
  pool_.expel(account);
  EXPECT_EQ(names(pool_.select({}, now, {})), "b0");
  EXPECT_TRUE(pool_.add(tx(0, {.sequence = 1}), from_client, {})) << "the place is free";
}

TEST_F(MempoolTest, NextSequenceIsTheFirstThatNoWaitingTransactionHas) {
  EXPECT_EQ(pool_.next_sequence(address(0), Sequence{7}), Sequence{7});
  for (auto const sequence : {7u, 8u, 10u}) {
    ASSERT_TRUE(pool_.add(tx(0, {.sequence = sequence}), from_client, {Height{0}, Sequence{7}}));
  }
  EXPECT_EQ(pool_.next_sequence(address(0), Sequence{7}), Sequence{9});
  EXPECT_EQ(pool_.next_sequence(address(0), Sequence{10}), Sequence{11})
      << "the caller has read a later state than the pool has settled";
  EXPECT_EQ(pool_.next_sequence(address(1), Sequence{3}), Sequence{3});
}

TEST_F(MempoolTest, OldestRepeatsWhatWaitsLongestWithinTheBytes) {
  for (std::uint64_t i = 0; i < 3; ++i) {
    ASSERT_TRUE(pool_.add(tx(0, {.sequence = 2 - i}), from_client, {}));
  }
  auto const size = tx(0, {.sequence = 2})->bytes().size();
  EXPECT_EQ(names(pool_.oldest(2 * size)), "a2 a1");
  EXPECT_EQ(names(pool_.oldest(100 * size)), "a2 a1 a0");
}

}  // namespace
}  // namespace node
