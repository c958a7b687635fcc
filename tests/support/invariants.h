// What must hold of any state between two blocks (4-labor.md, Invariants), asked of a whole state.
// Written apart from the code it judges: sums are taken over records, not read from counters.

#pragma once

#include <string>
#include <vector>

#include "tests/support/memory_state.h"

namespace testing_support {

// One sentence for each thing that is wrong; empty where all is well.
std::vector<std::string> violations(MemoryState const& state);

// What waits in escrows and deposits, over all assets.
std::uint64_t money_with_a_clock(MemoryState const& state);

}  // namespace testing_support
