#include "node/engine/divergence.h"

#include <gtest/gtest.h>
#include <labor/v1/bank.pb.h>

#include <filesystem>
#include <vector>

#include "node/engine/recovery.h"
#include "protocol/state/keys.h"
#include "tests/support/mesh/mesh.h"

namespace node {
namespace {

using testing_support::Person;

// The genesis as a damaged disk would hold it: its hash is right, the balances of a person are not.
ExecutedFinal damaged_genesis(protocol::Chain const& chain, Person const& person) {
  auto row = genesis_row(chain);
  for (auto const asset : {labor::v1::ASSET_USD, labor::v1::ASSET_LBR}) {
    auto const key = state::keys::balance(person.address(), asset);
    labor::v1::Balance balance;
    EXPECT_TRUE(balance.ParseFromString(row.block->state->get(key).value()));
    balance.set_amount(balance.amount() - 1);
    row.block->state->put(key, balance.SerializeAsString());
  }
  return row;
}

TEST(DivergenceTest,
     ANodeThatComputesAnotherStateThanAQuorumStopsAndSaysWhatItHoldsAgainstTheBlock) {
  std::vector<Person> people;
  for (std::uint64_t i = 0; i < 2; ++i) people.emplace_back(i);
  Mesh mesh{people};
  mesh.stop(3);
  std::filesystem::remove_all(mesh.folder(3));
  std::filesystem::create_directories(mesh.folder(3));
  {
    auto const store = Store::open(
        {.folder = mesh.folder(3) / "state", .genesis = mesh.chain().hash()}, machine_disk());
    ASSERT_TRUE(store.has_value());
    (*store)->commit(damaged_genesis(mesh.chain(), people[0]), std::nullopt);
  }
  mesh.start(3);

  auto const submitted =
      mesh.submit(0, {testing_support::payment(mesh.chain(), people[0], people[1], {})});
  ASSERT_TRUE(submitted.at(0).has_value());
  ASSERT_TRUE(mesh.eventually([&] { return !mesh.halted(3).empty(); }));
  auto const said = mesh.halted(3);
  EXPECT_NE(said.find("does not agree with block"), std::string::npos) << said;
  EXPECT_NE(said.find(execution::explain({.fault = execution::BlockFault::wrong_state})),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("state root         DIFFERENT"), std::string::npos) << said;
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(mesh.halted(i), "");
}

}  // namespace
}  // namespace node
