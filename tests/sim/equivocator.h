// A Byzantine validator: as a leader it proposes two blocks, and it votes for everything it sees:
// NOTARIZE and FINALIZE for each block, and NULLIFY of the same view. It runs the product inside,
// so that it follows the chain and its blocks are good ones.

#pragma once

#include <memory>

#include "tests/sim/deviation.h"

namespace sim {

std::unique_ptr<Deviation> make_equivocator(DeviationContext context);

}  // namespace sim
