// A step of a test's story that has to succeed before the next one means anything.

#pragma once

#include <gtest/gtest.h>
#include <labor/v1/status.pb.h>

#include "protocol/execution/failure.h"

namespace testing_support {

inline void must(labor::v1::TxStatus status) {
  EXPECT_EQ(status, labor::v1::TX_STATUS_OK) << execution::reason_of(status);
}

}  // namespace testing_support
