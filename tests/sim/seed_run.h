// One seed: a cluster of simulated nodes, its weather and its load, from genesis to the last
// check. Everything that happens follows from the options; two runs of one seed are equal bit for
// bit.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/faults.h"
#include "tests/sim/operators.h"
#include "tests/sim/rules.h"

namespace sim {

// What a run is repeated without, to see whether it matters (shrink.h).
struct LeftOut {
  std::set<Trouble> trouble{};
  std::set<std::uint64_t> misfortunes{};        // By number, from 1.
  std::optional<std::uint64_t> storm_us_max{};  // What comes after it.

  bool operator==(LeftOut const&) const = default;
};

struct SeedOptions {
  std::uint64_t seed = 0;
  std::size_t validators = 4;
  // A name of tests/sim/mutants: the fault that every honest node has. Empty: none.
  std::string mutant{};
  LeftOut left_out{};
  // Print every event as it happens.
  bool trace = false;
};

struct SeedReport {
  std::uint64_t seed = 0;
  std::optional<std::string> violation;
  std::vector<std::string> last_events;  // When there is a violation.
  std::vector<std::string> last_picture;

  std::uint64_t final_blocks = 0;
  std::uint64_t commits = 0;  // Over all nodes.
  std::uint64_t transactions = 0;
  std::uint64_t misfortunes = 0;
  std::uint64_t crashes = 0;
  std::uint64_t stops = 0;  // Of nodes whose disks failed, at the start or later.
  std::uint64_t nullified_views = 0;
  std::uint64_t simulated_us = 0;
  FaultCounts faults;
  RuleCounts rules;
  SetChangeCounts set_changes;
  // Nodes that were cut off while the keys of all the others rotated, and caught up.
  std::uint64_t absences = 0;
  std::uint64_t trace_hash = 0;
};

// A seed has at least this many final blocks, or it has shown nothing.
inline constexpr std::uint64_t final_blocks_min = 50;

SeedReport run_seed(SeedOptions const& options);

}  // namespace sim
