// What holds of ballots, votes, delegations and the members' house, after every transaction.

#pragma once

#include "tests/support/findings.h"
#include "tests/support/memory_state.h"
#include "tests/support/sorted_records.h"

namespace testing_support {

void check_governance(MemoryState const& state, SortedRecords const& records, Findings& findings);

}  // namespace testing_support
