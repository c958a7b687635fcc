// Who leads a view, whether it is worth waiting for, and what it would build on.

#pragma once

#include <optional>

#include "consensus/core/config.h"
#include "consensus/core/state.h"

namespace consensus {

ValidatorIndex leader(Config const& config, View view);

bool leads(Config const& config, State const& state);

// Nothing has come from `who` in the last n - 1 views in which a quorum of others voted (R7). Local
// knowledge, never on chain: liars could ban the honest with it.
bool inactive(Config const& config, State const& state, ValidatorIndex who);
// The leader of the current view is.
bool inactive_leader(Config const& config, State const& state);

// Who proposes next, as far as we see: the leader of the current view unless its proposal has come,
// and that of the next view; an inactive one is followed by the one after it. Whoever has a
// transaction for the next block tells these first.
SignerSet next_leaders(Config const& config, State const& state);

// Called on leaving the current view: who was silent in it?
void note_silence(Config const& config, State& state);

// Something came from `peer`, which shows it to be in `view` at least.
void note_heard(State& state, ValidatorIndex peer, View view);

// Whether the state after `block` is at hand: a child can be built and executed on it.
bool executed(State const& state, BlockHash const& block);

// The highest notarized view below the current one whose block is executed here, with a
// nullification of every view between (R3); or the view whose certificates are missing to know it.
// Neither while a notarized block that may still become final is on its way.
struct Foothold {
  std::optional<BlockRef> parent;
  std::optional<View> missing;
};
Foothold foothold(State const& state);

}  // namespace consensus
