// Weeks of hourly work: from Monday 00:00 UTC to the next, by the time in block headers.
//
// Records keep chain time, which an outage holds back (execution/block.h): a week with an outage
// ends later by as much, and the one after it begins on a Monday again.

#pragma once

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace work {

// How long ago the Monday was that `time_ms` of a header or clock has passed, or is.
std::uint64_t since_monday_ms(std::uint64_t time_ms);

// The first Monday after now, in chain time.
protocol::TimeMs next_monday(execution::Context const& context);

}  // namespace work
