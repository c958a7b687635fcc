#include "tests/support/real_time.h"

#include "tests/support/test_chain.h"

namespace testing_support {

namespace {

protocol::Chain const& real_network() {
  static auto const chain = [] {
    auto genesis = test_genesis();
    genesis.set_devnet(false);
    return test_chain(genesis);
  }();
  return chain;
}

}  // namespace

execution::ExecutedBlock real_block(execution::Parent parent, std::uint64_t later_ms) {
  parent.time = protocol::TimeMs{parent.time.value() + execution::outages_ms(*parent.state)};
  auto const time = protocol::TimeMs{parent.time.value() + later_ms};
  return execution::build(real_network(), parent, {}, {.time = time, .proposer = {}});
}

protocol::TimeMs chain_time_of(execution::ExecutedBlock const& block) {
  return protocol::TimeMs{block.header.time_ms() - execution::outages_ms(*block.state)};
}

}  // namespace testing_support
