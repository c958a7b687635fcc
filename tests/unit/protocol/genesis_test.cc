// Genesis: strict reading, reasons, hash, validator order, first state.

#include "protocol/genesis.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "protocol/bank/account.h"
#include "protocol/bank/conservation.h"
#include "protocol/execution/block.h"
#include "protocol/execution/context.h"
#include "protocol/governance/parameters.h"
#include "protocol/limits.h"
#include "tests/support/test_chain.h"

namespace protocol {
namespace {

using namespace labor::v1;  // NOLINT: parameters by name.
using testing_support::lbr;
using testing_support::Person;
using testing_support::test_genesis;

Genesis good() {
  auto genesis = test_genesis();
  testing_support::endow(genesis, Person{1}, true, 100 * lbr, 7);
  testing_support::endow(genesis, Person{2}, false, 50 * lbr, 0);
  auto& change = *genesis.add_parameters();
  change.set_parameter(PARAMETER_CLIENT_FEE_BPS);
  change.set_value(700);
  auto& issuer = *genesis.add_issuers();
  issuer.set_address(Person{3}.address().str());
  issuer.set_name("An issuer");
  genesis.set_community_pool(1000 * lbr);
  return genesis;
}

TEST(GenesisFile, ReadsBackToTheSameHash) {
  auto const chain = Chain::from(good());
  ASSERT_TRUE(chain.has_value());
  auto const again = Chain::from_json(to_json(chain->genesis()));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->hash(), chain->hash());
  auto other = good();
  other.set_time_ms(other.time_ms() + 1);
  EXPECT_NE(Chain::from(other)->hash(), chain->hash());
}

TEST(GenesisFile, OrdersValidatorsByConsensusKey) {
  auto const chain = Chain::from(good());
  ASSERT_TRUE(chain.has_value());
  EXPECT_EQ(chain->validators().size(), 4u);
  EXPECT_TRUE(std::ranges::is_sorted(chain->validators(), {}, &GenesisValidator::consensus_key));
}

TEST(GenesisFile, IsRefusedWithAReasonAndAPlace) {
  struct Case {
    GenesisRefusal want;
    std::string where;
    std::function<void(Genesis&)> change;
  };
  Case const cases[] = {
      {GenesisRefusal::bad_chain_id, "chain_id", [](auto& g) { g.set_chain_id("ab"); }},
      {GenesisRefusal::bad_chain_id, "chain_id", [](auto& g) { g.set_chain_id("Upper"); }},
      {GenesisRefusal::no_time, "time_ms", [](auto& g) { g.set_time_ms(0); }},
      {GenesisRefusal::no_validators, "validators", [](auto& g) { g.clear_validators(); }},
      {GenesisRefusal::too_many_validators, "validators",
       [](auto& g) {
         while (std::cmp_less_equal(g.validators_size(), limits::validators_max)) {
           *g.add_validators() = g.validators(0);
         }
       }},
      {GenesisRefusal::too_few_validators, "validators",
       [](auto& g) {
         g.set_devnet(false);
         g.mutable_validators()->RemoveLast();
       }},
      {GenesisRefusal::bad_validator_name, "validators[1].name",
       [](auto& g) { g.mutable_validators(1)->set_name("v0"); }},
      {GenesisRefusal::bad_validator_name, "validators[0].name",
       [](auto& g) { g.mutable_validators(0)->set_name(""); }},
      {GenesisRefusal::bad_validator_key, "validators[2].consensus_key",
       [](auto& g) { g.mutable_validators(2)->set_consensus_key("short"); }},
      {GenesisRefusal::bad_validator_key, "validators[2].node_key",
       [](auto& g) { g.mutable_validators(2)->set_node_key(std::string(32, '\0')); }},
      {GenesisRefusal::validator_key_twice, "validators[3].node_key",
       [](auto& g) { g.mutable_validators(3)->set_node_key(g.validators(0).consensus_key()); }},
      {GenesisRefusal::bad_address, "accounts[1]",
       [](auto& g) { g.mutable_accounts(1)->set_address("short"); }},
      {GenesisRefusal::address_twice, "accounts[1]",
       [](auto& g) { g.mutable_accounts(1)->set_address(g.accounts(0).address()); }},
      {GenesisRefusal::bad_address, "issuers[0]",
       [](auto& g) { g.mutable_issuers(0)->set_address("short"); }},
      {GenesisRefusal::address_twice, "issuers[1]",
       [](auto& g) { *g.add_issuers() = g.issuers(0); }},
      {GenesisRefusal::bad_issuer_name, "issuers[0]",
       [](auto& g) { g.mutable_issuers(0)->clear_name(); }},
      {GenesisRefusal::bad_issuer_name, "issuers[0]",
       [](auto& g) { g.mutable_issuers(0)->set_name(std::string(65, 'n')); }},
      {GenesisRefusal::supply_overflow, "accounts[0]",
       [](auto& g) { g.set_community_pool(~std::uint64_t{0}); }},
      {GenesisRefusal::bad_asset, "accounts[0]",
       [](auto& g) { g.mutable_accounts(0)->mutable_balances(0)->set_asset(ASSET_UNSPECIFIED); }},
      {GenesisRefusal::asset_twice, "accounts[0]",
       [](auto& g) { g.mutable_accounts(0)->mutable_balances(1)->set_asset(ASSET_LBR); }},
      {GenesisRefusal::zero_amount, "accounts[0]",
       [](auto& g) { g.mutable_accounts(0)->mutable_balances(0)->set_amount(0); }},
      {GenesisRefusal::supply_overflow, "accounts[1]",
       [](auto& g) { g.mutable_accounts(1)->mutable_balances(0)->set_amount(~0ull); }},
      {GenesisRefusal::unknown_parameter, "parameters[0]",
       [](auto& g) { g.mutable_parameters(0)->set_parameter(PARAMETER_UNSPECIFIED); }},
      {GenesisRefusal::parameter_out_of_bounds, "parameters[0]",
       [](auto& g) { g.mutable_parameters(0)->set_value(1501); }},
      {GenesisRefusal::parameter_twice, "parameters[1]",
       [](auto& g) { *g.add_parameters() = g.parameters(0); }},
  };
  for (auto const& row : cases) {
    auto genesis = good();
    row.change(genesis);
    auto const chain = Chain::from(genesis);
    ASSERT_FALSE(chain.has_value()) << row.where;
    EXPECT_EQ(chain.error().refusal, row.want) << explain(chain.error());
    EXPECT_EQ(chain.error().where, row.where) << explain(chain.error());
  }
}

TEST(GenesisFile, SaysWhatIsWrongWithTheJson) {
  for (auto const* const json : {"", "{", "[]", R"({"chain_id": 7, "nonsense": 1})",
                                 R"({"chain_id": "test", "time_ms": "-1"})"}) {
    auto const chain = Chain::from_json(json);
    ASSERT_FALSE(chain.has_value()) << json;
    EXPECT_EQ(chain.error().refusal, GenesisRefusal::not_json) << json;
  }
}

TEST(GenesisState, HoldsWhatTheFileSays) {
  auto const chain = Chain::from(good());
  ASSERT_TRUE(chain.has_value());
  auto const block = execution::genesis_block(*chain);
  auto const& state = *block.state;
  EXPECT_EQ(bank::balance_of(state, Person{1}.address(), ASSET_LBR).value(), 100 * lbr);
  EXPECT_EQ(bank::balance_of(state, Person{1}.address(), ASSET_USD).value(), 7u);
  EXPECT_TRUE(bank::account_of(state, Person{1}.address()).member());
  EXPECT_FALSE(bank::account_of(state, Person{2}.address()).member());
  EXPECT_EQ(execution::parameter_of(state, PARAMETER_CLIENT_FEE_BPS), 700u);
  EXPECT_EQ(execution::parameter_of(state, PARAMETER_JOB_IDLE_MS),
            governance::find_parameter(PARAMETER_JOB_IDLE_MS)->initial);
  EXPECT_EQ(execution::find_record<Supply>(state, state::keys::supply(ASSET_LBR))->amount(),
            1150 * lbr);
  EXPECT_EQ(block.header.height(), 0u);
  EXPECT_EQ(block.hash, execution::genesis_block(*chain).hash);
}

}  // namespace
}  // namespace protocol
