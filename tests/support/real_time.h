// Blocks of a network that does not travel in time, over any state: what the passing of time does
// there, and an outage (protocol/execution/block.h).

#pragma once

#include <cstdint>

#include "protocol/execution/block.h"

namespace testing_support {

inline constexpr std::uint64_t outage_of_three_days_ms = 3ull * 24 * 60 * 60 * 1000;

// An empty block on `parent`, so much later; of `parent`, `time` is chain time.
execution::ExecutedBlock real_block(execution::Parent parent, std::uint64_t later_ms);

// Of a block: the time that its records and guards know.
protocol::TimeMs chain_time_of(execution::ExecutedBlock const& block);

}  // namespace testing_support
