// What holds of disputes, vettings, reports and those who sit on them, after every transaction.

#pragma once

#include "tests/support/findings.h"
#include "tests/support/sorted_records.h"

namespace testing_support {

void check_justice(SortedRecords const& records, Findings& findings);

}  // namespace testing_support
