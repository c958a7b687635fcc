// Moving a devnet's clock, and the chain with it.

#pragma once

#include <cstdint>
#include <optional>

#include "devnet/network.h"

namespace devnet {

// The last final block of a chain.
struct ChainTip {
  std::uint64_t height = 0;
  std::uint64_t time_ms = 0;
};

// Moves the clock and waits for a final block at the new time, which fires what was due before it.
// Nothing where no validator runs: whoever starts finds the new time. The error says that the
// chain did not follow.
Result<std::optional<ChainTip>> pass_time(Network& network, std::uint64_t duration_ms);

// The same to the next time that a week is so old, counted from Monday 00:00 UTC. A validator must
// run: it says what time it is.
Result<std::optional<ChainTip>> pass_time_until(Network& network, std::uint64_t in_week_ms);

}  // namespace devnet
