// Where two folders each know half of a rule: what the simulation has found between them.

#include <gtest/gtest.h>

#include "consensus/shell/body.h"
#include "protocol/execution/block.h"
#include "tests/sim/load.h"
#include "tests/sim/replay.h"

namespace sim {
namespace {

// The heartbeat of an idle chain was refused as malformed: execution and consensus had a root each
// for the empty list.
TEST(SimSeams, AnEmptyBlockIsReadBackAsItWasBuilt) {
  auto const chain = simulated_chain(4, 0, 100);
  Replay const start{chain};
  auto const built = execution::build(
      chain, start.head(), {}, {.time = execution::earliest_time(start.head()), .proposer = {}});
  auto const read =
      consensus::read_block(chain.hash(), std::make_shared<std::string const>(built.bytes));
  ASSERT_TRUE(read) << consensus::explain(read.error());
  EXPECT_EQ(read->hash, built.hash);
}

}  // namespace
}  // namespace sim
