// What holds between any two steps, whatever the inputs were. A failure is a programmer's error.

#pragma once

#include "consensus/core/config.h"
#include "consensus/core/state.h"

namespace consensus {

void check_invariants(Config const& config, State const& state);

}  // namespace consensus
