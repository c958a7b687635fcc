#include "devnet/bench_contracts.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "devnet/bench_accounts.h"
#include "protocol/execution/transaction.h"
#include "protocol/state/keys.h"
#include "tests/support/test_chain.h"

namespace devnet {
namespace {

using testing_support::lbr;
using testing_support::TestChain;
using testing_support::usd;

constexpr std::uint64_t seed = 7;

TestChain chain_with(std::uint64_t people) {
  auto genesis = testing_support::test_genesis();
  for (std::uint64_t i = 0; i < people; ++i) {
    auto& account = *genesis.add_accounts();
    account.set_address(bench_address(i).str());
    account.set_member(true);
    for (auto const asset : {labor::v1::ASSET_LBR, labor::v1::ASSET_USD}) {
      auto& balance = *account.add_balances();
      balance.set_asset(asset);
      balance.set_amount(100'000 * (asset == labor::v1::ASSET_LBR ? lbr : usd));
    }
  }
  return TestChain{genesis};
}

bool locks_money(labor::v1::Contract const& contract) {
  return contract.parts_locked() > 0;
}
bool not_ended(labor::v1::Contract const& contract) {
  return contract.ended_at_ms() == 0;
}

// Contracts of a benchmark on a chain whose blocks are final at once.
class BenchContractsTest : public testing::Test {
 protected:
  static constexpr std::uint64_t crowd = 20;
  static constexpr std::uint64_t signed_at_once = 60;

  BenchContracts begun() {
    load_ = {.chain_id = chain_.chain().id(),
             .genesis = chain_.chain().hash(),
             .valid_until_ms = 0,
             .accounts = {}};
    return BenchContracts{load_, {.people = crowd, .contracts = signed_at_once, .seed = seed}};
  }

  // A block of all that is to be said now. How many transactions it has.
  std::size_t block_of(BenchContracts& contracts) {
    load_.valid_until_ms = chain_.time().value() + testing_support::hour_ms;
    std::vector<execution::CheckedPtr> transactions;
    while (auto next = contracts.next()) {
      said_ += next->transaction.bytes;
      auto checked =
          execution::check_transaction(std::move(next->transaction.bytes), chain_.chain());
      EXPECT_TRUE(checked.has_value());
      if (checked) transactions.push_back(*checked);
    }
    auto const& block = chain_.block(transactions);
    EXPECT_EQ(block.receipts.size(), transactions.size());
    for (auto const& receipt : block.receipts) contracts.hear(receipt, chain_.time().value());
    return transactions.size();
  }

  void hire(BenchContracts& contracts) {
    while (!contracts.hired() && block_of(contracts) > 0) {
    }
    ASSERT_TRUE(contracts.hired());
  }

  std::uint64_t count_contracts(bool (*wanted)(labor::v1::Contract const&)) const {
    std::uint64_t count = 0;
    auto const made = execution::counter_of(chain_.state(), "contract");
    for (std::uint64_t id = 1; id <= made; ++id) {
      auto const contract = chain_.find<labor::v1::Contract>(state::keys::contract(id));
      if (contract && wanted(*contract)) ++count;
    }
    return count;
  }

  TestChain chain_ = chain_with(crowd);
  LoadChain load_;
  std::string said_;
};

TEST_F(BenchContractsTest, HiredContractsAllRestWithMoneyLockedAndAClock) {
  auto hired = begun();
  hire(hired);
  EXPECT_EQ(hired.at_rest(), signed_at_once);
  EXPECT_EQ(count_contracts(locks_money), signed_at_once);
  EXPECT_EQ(hired.refused(), 0u);
}

TEST_F(BenchContractsTest, WorkIsOfEveryKindAndOneInTwentyIsDisputedAndNobodyIsRefused) {
  auto working = begun();
  hire(working);
  working.work();
  for (int hour = 0; hour < 6; ++hour) {
    chain_.advance(testing_support::hour_ms);
    for (int block = 0; block < 30; ++block) ASSERT_GT(block_of(working), 0u);
  }
  for (auto const& refusal : working.refusals()) ADD_FAILURE() << refusal;

  std::set<std::string> kinds;
  auto tallies = working.tallies();
  for (auto const& [name, tally] : tallies) {
    if (tally.done > 0) kinds.insert(name);
  }
  EXPECT_EQ(kinds,
            (std::set<std::string>{"post_job",           "submit_proposal", "shortlist_proposal",
                                   "make_offer",         "accept_offer",    "fund_milestone",
                                   "submit_milestone",   "request_changes", "release_part",
                                   "accept_milestone",   "fund_week",       "log_hours",
                                   "approve_week",       "end_contract",    "commit_feedback",
                                   "post_feedback",      "reveal_feedback", "reply_to_feedback",
                                   "open_dispute",       "answer_dispute",  "offer_dispute_split",
                                   "agree_dispute_split"}));
  auto const disputed = tallies["agree_dispute_split"].done;
  auto const delivered = disputed + tallies["accept_milestone"].done;
  EXPECT_GT(100 * disputed, 3 * delivered);
  EXPECT_LT(100 * disputed, 7 * delivered);
}

TEST_F(BenchContractsTest, WhatEndsIsFollowedByANewContract) {
  auto working = begun();
  hire(working);
  working.work();
  for (int block = 0; block < 100; ++block) block_of(working);
  EXPECT_GT(execution::counter_of(chain_.state(), "contract"), 2 * signed_at_once);
  EXPECT_EQ(working.open(), count_contracts(not_ended));
  EXPECT_GT(working.open(), signed_at_once / 2);
}

TEST_F(BenchContractsTest, TheSameSeedSaysTheSame) {
  auto first = begun();
  hire(first);
  auto const said = std::exchange(said_, {});
  chain_ = chain_with(crowd);
  auto second = begun();
  hire(second);
  EXPECT_EQ(said_, said);
}

TEST_F(BenchContractsTest, ARefusalIsToldAndCounted) {
  auto hired = begun();
  auto next = hired.next();
  ASSERT_TRUE(next.has_value());
  labor::v1::Receipt receipt;
  receipt.set_transaction_id(next->transaction.id.str());
  receipt.set_status(labor::v1::TX_STATUS_PROFILE_EXISTS);
  hired.hear(receipt, 1);
  EXPECT_EQ(hired.refused(), 1u);
  EXPECT_EQ(hired.refusals(),
            (std::vector<std::string>{"create_profile: TX_STATUS_PROFILE_EXISTS"}));
}

TEST(BenchPeople, AreEvenAndAllHaveKeys) {
  EXPECT_EQ(bench_people(7, 1'000), 6u);
  EXPECT_EQ(bench_people(1'000'000, 1'000), 2'000u);
  EXPECT_EQ(bench_people(1'000'000, 100'000), bench_keys_max);
  EXPECT_GE(bench_contracts_max(bench_people(1'000, 100'000)), 100'000u);
}

}  // namespace
}  // namespace devnet
