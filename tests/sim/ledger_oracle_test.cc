// The judge of state agrees with real execution and fails on whatever is not it.

#include "tests/sim/ledger_oracle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <labor/v1/bank.pb.h>

#include "protocol/codec/canonical.h"
#include "protocol/execution/block.h"
#include "protocol/state/keys.h"
#include "tests/sim/load.h"
#include "tests/support/memory_state.h"

namespace sim {
namespace {

using ::testing::HasSubstr;

class LedgerOracleTest : public ::testing::Test {
 protected:
  LedgerOracleTest() {
    auto const genesis = execution::genesis_block(chain_);
    testing_support::MemoryState state;
    state.apply(*genesis.state);
    values_ = state.values();
    root_ = *protocol::StateRoot::from(genesis.header.state_root());
  }

  // A change that the root follows: only the sums can tell.
  void rewrite(state::Key const& key, google::protobuf::Message const& record) {
    values_.insert_or_assign(key, canonical::encode(record));
    root_ = naive_state_root(values_);
  }
  std::string verdict() const { return oracle_.judge(values_, root_).value_or("holds"); }

  protocol::Chain chain_ = simulated_chain(4, 0, 100);
  LedgerOracle oracle_{chain_};
  Values values_;
  protocol::StateRoot root_{};
};

TEST_F(LedgerOracleTest, AcceptsTheStateThatExecutionMakesOfAGenesis) {
  EXPECT_EQ(verdict(), "holds");
}

TEST_F(LedgerOracleTest, RefusesAnotherRoot) {
  root_.data[31] ^= 1;
  EXPECT_THAT(verdict(), HasSubstr("not what the header's root says"));
}

TEST_F(LedgerOracleTest, RefusesAValueThatTheRootDoesNotCover) {
  values_.begin()->second += 'x';
  EXPECT_THAT(verdict(), HasSubstr("not what the header's root says"));
}

TEST_F(LedgerOracleTest, RefusesMoneyFromNowhere) {
  auto const address = *protocol::Address::from(chain_.genesis().accounts(0).address());
  auto const key = state::keys::balance(address, labor::v1::ASSET_USD);
  labor::v1::Balance balance;
  ASSERT_TRUE(balance.ParseFromString(values_.at(key)));
  balance.set_amount(balance.amount() + 1);
  rewrite(key, balance);
  EXPECT_THAT(verdict(), HasSubstr("sum of all balances"));
}

TEST_F(LedgerOracleTest, RefusesAnotherSupply) {
  auto const key = state::keys::supply(labor::v1::ASSET_LBR);
  labor::v1::Supply supply;
  ASSERT_TRUE(supply.ParseFromString(values_.at(key)));
  supply.set_amount(supply.amount() - 1);
  rewrite(key, supply);
  EXPECT_THAT(verdict(), HasSubstr("recorded supply"));
}

}  // namespace
}  // namespace sim
