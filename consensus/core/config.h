// What does not change while an epoch lasts.

#pragma once

#include <cstdint>
#include <optional>

#include "consensus/certificate/validator_set.h"
#include "consensus/core/input.h"

namespace consensus {

// Local durations, in milliseconds. None affects safety; Delta is the network delay we expect.
struct Timing {
  std::uint64_t delta_ms = 250;         // A LAN with room; 500 across continents.
  std::uint64_t retry_ms = 2000;        // t_r
  std::uint64_t standstill_ms = 10000;  // T_s
  std::uint64_t answer_ms = 1000;       // A straggler is answered at most this often.
  std::uint64_t due_grace_ms = 1000;    // Voters wait this much longer for a heartbeat.

  bool operator==(Timing const&) const = default;
};

struct Config {
  Epoch epoch{};
  // Nothing: this node observes (not in the set, or its key is spent). It follows and never votes.
  std::optional<ValidatorIndex> self;
  ValidatorSet validators;
  // View 0 of the epoch: genesis, or the boundary block before. Notarized and final by definition.
  BlockRef root{};
  Timing timing{};

  bool operator==(Config const&) const = default;
};

}  // namespace consensus
