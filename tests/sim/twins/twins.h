// Every case of the first views of a cluster of four in which validators have twins.
//
// A case says which validators are twinned and how each view divides the instances in two
// (twin_world.h). This is complete up to symmetry:
//   leaders    leader(v) = set[v mod 4], so to twin each of the four in turn is to let the twins
//              lead first in view 1, 2, 3 or 4, which is all there is; another epoch only renames.
//   divisions  all ways to divide five instances in two or not at all, 2^4 = 16. Three parts or
//              more are not asked for: of five instances only one part can hold three validators,
//              a quorum, and what divides the others takes messages that make none.
//   twins      instances of one validator differ in nothing until they are first divided, so
//              which of the two is on which side then does not matter.
// Of v views: 4 * (8^v + 16^v) / 2 cases; of five 2,162,688. Cases that begin alike are played as
// one up to where they differ.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace sim {

struct TwinsReport {
  std::uint64_t cases = 0;
  std::uint64_t unsafe = 0;
  // Safe, and no final block although all is healed.
  std::uint64_t stuck = 0;
  std::uint64_t steps = 0;
  // The first that was unsafe or stuck, and why.
  std::optional<std::string> first;
};

// One validator of four is twinned, as the fault model allows: none may be unsafe or stuck.
TwinsReport run_twins(std::size_t views, std::size_t jobs);

// Two of four are, one more than it allows: if no case is unsafe, the oracle is blind.
TwinsReport run_too_many_twins(std::size_t views, std::size_t jobs);

inline constexpr std::size_t twins_views = 5;

// Both, the second with two views; prints what came of it. True if all is as it must be.
bool print_twins(std::size_t views, std::size_t jobs);

}  // namespace sim
