#include "node/engine/body_check.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "protocol/execution/block.h"
#include "tests/support/payments.h"

namespace node {
namespace {

using testing_support::payment;
using testing_support::Person;

class BodyCheckTest : public testing::Test {
 protected:
  BodyCheckTest() {
    for (std::uint64_t i = 0; i < 2; ++i) people_.emplace_back(i);
    chain_.emplace(testing_support::paying_chain(people_));
  }

  // A block of `count` payments; the transaction at `forged` has a signature that does not hold.
  std::string body(std::uint64_t count, std::optional<std::uint64_t> forged = std::nullopt) {
    auto const genesis = execution::genesis_block(*chain_);
    std::vector<CheckedPtr> transactions;
    for (std::uint64_t i = 0; i < count; ++i) {
      transactions.push_back(testing_support::checked(
          *chain_, payment(*chain_, people_[0], people_[1], {.sequence = i})));
    }
    auto const block =
        execution::build(*chain_, execution::parent_of(genesis), transactions,
                         {.time = protocol::TimeMs{testing_support::genesis_time_ms + 1000},
                          .proposer = {},
                          .bytes_max = 0});
    EXPECT_EQ(block.transactions.size(), count);
    if (!forged) return block.bytes;
    labor::v1::Block message;
    EXPECT_TRUE(message.ParseFromString(block.bytes));
    auto& bytes = *message.mutable_transactions(static_cast<int>(*forged));
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    return message.SerializeAsString();
  }

  std::shared_ptr<BodyCheck> check(std::string bytes) {
    return std::make_shared<BodyCheck>(std::move(bytes), *chain_, pool_, cache_, costs_);
  }

  std::vector<Person> people_;
  std::optional<protocol::Chain> chain_;
  Mempool pool_{{}, protocol::Height{0}};
  CheckedCache cache_;
  StageCosts costs_;
};

TEST_F(BodyCheckTest, ManyThreadsCheckEachTransactionOnceAndInItsPlace) {
  WorkerPool workers{{.threads = 3}};
  auto const bytes = body(100);
  auto const under_way = check(bytes);
  BodyCheck::spread(under_way, workers);
  auto const result = under_way->result();
  ASSERT_TRUE(result.has_value());
  ASSERT_EQ(result->transactions.size(), 100u);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(result->transactions[i]->sequence(), protocol::Sequence{i});
  }
}

TEST_F(BodyCheckTest, NeedsNobodysHelp) {
  WorkerPool workers{{.threads = 1}};
  workers.stop();
  auto const under_way = check(body(40));
  BodyCheck::spread(under_way, workers);
  EXPECT_TRUE(under_way->result().has_value());
}

TEST_F(BodyCheckTest, NamesTheFirstTransactionThatIsRefused) {
  auto const result = check(body(40, 33))->result();
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().fault, execution::BlockFault::bad_transaction);
  EXPECT_EQ(result.error().index, 33u);
  EXPECT_EQ(result.error().status, labor::v1::TX_STATUS_BAD_SIGNATURE);
}

TEST_F(BodyCheckTest, WhatIsKnownIsNotCheckedAgain) {
  auto const bytes = body(20);
  ASSERT_TRUE(check(bytes)->result().has_value());
  auto const spent = costs_.cpu_us(Stage::verify);
  EXPECT_GT(spent, 0u);
  auto const again = check(bytes)->result();
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(costs_.cpu_us(Stage::verify), spent);
  EXPECT_EQ(again->transactions[7], cache_.find(again->transactions[7]->wire()));

  auto const waiting = testing_support::checked(
      *chain_, payment(*chain_, people_[0], people_[1], {.sequence = 0, .memo = "waits"}));
  ASSERT_TRUE(pool_.add(waiting, from_client, {}).has_value());
  EXPECT_EQ(pool_.find(waiting->wire()), waiting);
  EXPECT_EQ(cache_.find(waiting->wire()), nullptr);
}

TEST_F(BodyCheckTest, GarbageIsAnInvalidBlock) {
  auto const result = check("garbage")->result();
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().fault, execution::BlockFault::malformed);
}

}  // namespace
}  // namespace node
