// What one node has in its database: the last final state, the final blocks, and how far its
// journal had got. Every change is one synced batch, so a crash finds it before or after, never
// between.

#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "consensus/core/input.h"
#include "consensus/shell/ports.h"
#include "node/store/store.h"
#include "protocol/execution/block.h"
#include "tests/support/memory_state.h"

namespace sim {

struct SimulatedStore {
  explicit SimulatedStore(protocol::Chain const& chain) {
    auto const genesis = execution::genesis_block(chain);
    state->apply(*genesis.state);
    head = execution::parent_of(genesis);
    head.state = state;
    final.block = genesis.hash;
  }

  std::shared_ptr<testing_support::MemoryState> state =
      std::make_shared<testing_support::MemoryState>();
  execution::Parent head;
  // The highest block with a finalization of its own, and that; nothing for genesis.
  consensus::BlockRef final;
  std::optional<consensus::Certificate> finalization;
  // Heights 1 and up.
  std::vector<consensus::FinalBlock> blocks;
  std::optional<node::JournalMark> journal;
};

}  // namespace sim
