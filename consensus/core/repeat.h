// Saying things again: to stragglers, to those who ask, to everybody when nothing moves. Messages
// may be lost and nodes may forget what they did not sign; this is what makes up for it.

#pragma once

#include "consensus/core/context.h"

namespace consensus {

// A certificate of `said`, or a vote for it, came from `peer`. If that shows it to be behind us, in
// its view or in what it knows to be final, it is answered, at most once a second (R13).
void heard_from(Context const& context, ValidatorIndex peer, Statement const& said,
                bool certificate);

// Every certificate held for `view` (R4).
void answer(Context const& context, ValidatorIndex peer, View view);

// Our highest finalization, the certificates and our own votes above it (R14).
void say_everything(Context const& context, SignerSet to);

// Our NULLIFY of this view, with the best certificate for entering it (R8).
void nullify_again(Context const& context);

}  // namespace consensus
