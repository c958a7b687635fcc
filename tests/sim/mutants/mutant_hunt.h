// Every mutant, wrapped or patched, sought until it is caught: the test of the tests.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sim {

// Wrapped ones (mutants.h) and patched ones (patched.h).
std::vector<std::string> all_mutant_names();

// Prints one line per mutant: what it is, what caught it, at which seed, in how many seconds.
// `only` may name a few; all when it is empty; `jobs` of them at a time. True when every one of
// them was caught, and all the programs of patched ones were there.
bool hunt_mutants(std::vector<std::string> const& only, std::size_t jobs);

}  // namespace sim
