// What random people say about hours, mostly sound.

#pragma once

#include <labor/v1/hours.pb.h>
#include <labor/v1/justice.pb.h>
#include <labor/v1/work.pb.h>

#include "tests/support/draws.h"

namespace testing_support {

labor::v1::HourlyTerms random_hourly_terms(Draws& draws);

void fill(Draws& draws, labor::v1::FundWeek& message);
void fill(Draws& draws, labor::v1::SetTopUp& message);
void fill(Draws& draws, labor::v1::LogHours& message);
void fill(Draws& draws, labor::v1::ApproveWeek& message);
void fill(Draws& draws, labor::v1::DisputeHours& message);

}  // namespace testing_support
