// From what is known to what is voted: judging a proposal, certifying a notarized block, leading a
// view, giving one up (R3, R8, R10). Each asks core/safety before it says anything.

#pragma once

#include "consensus/core/context.h"
#include "consensus/core/missing.h"

namespace consensus {

// The record of a block, kept as long as the highest view that names it.
BlockState& note_block(State& state, Statement const& said);

// Orders bodies, storage and execution of notarized blocks; FINALIZE for what is certified (R10).
void certify(Context const& context, Needs& needs);
// The proposal of the current view: NOTARIZE, wait, or find the leader at fault (R8).
void judge(Context const& context, Needs& needs);
// NULLIFY if the leader of the current view has failed (R8).
void give_up(Context const& context);
// NULLIFY of lower views of which no certificate is held, or only the notarization of a block that
// cannot be had (R8). Crashes may have made all who held one forget it, and jumps may have left too
// few votes to make it again.
void give_up_lost(Context const& context);
// Orders a block if this view is ours to lead (R3).
void lead(Context const& context, Needs& needs);
// The block has come: propose it.
void propose(Context const& context, Built const& built);

}  // namespace consensus
