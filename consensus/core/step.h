// The consensus core: one function from (state, input) to (state, output).
//
//      Started Proposal Vote           .-> write     first remember
//      Certificate Timer    --> step --+-> send      then speak
//      Built Executed ...              +-> timers
//                                      +-> want      orders, answered by inputs
//                                      '-> commit
//
// The rules it follows are R1.. of consensus/README.md. It owns no thread, clock, socket, file or
// key, and never blocks or logs. The same function runs in the node, the simulator and the tests.

#pragma once

#include <vector>

#include "consensus/core/config.h"
#include "consensus/core/input.h"
#include "consensus/core/output.h"
#include "consensus/core/state.h"

namespace consensus {

[[nodiscard]] Output step(Config const& config, State& state, Input const& input);

// What a validator starts from: the last block in the database, and above that its own votes
// with their grounds.
struct Recovered {
  // The highest block in the database with a finalization of its own; the root if there is none
  // in this epoch.
  BlockRef final{};
  std::optional<Certificate> finalization{};  // Nothing for the root.
  // The highest block in the database: `final`, or a descendant whose commit a crash interrupted
  // on the way to the next one with a finalization.
  Height committed_height{};
  BlockHash committed_block{};
  std::uint64_t block_interval_ms = 0;
  // From the journal, in any order.
  std::vector<Verified<Certificate>> grounds{};
  std::vector<Verified<Vote>> own_votes{};
};

// The state after a start: replayed by view, not by record. Feed Started to it first.
State recover(Config const& config, Recovered const& recovered);

}  // namespace consensus
