// Mutants that are patches: programs built of a patched copy of one or two of the product's
// sources and everything else as it is (mutants.cmake; target `mutants`). Their table lies beside
// them, in the folder mutants beside the running program.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sim {

struct PatchedMutant {
  std::string name;
  std::string where;    // The sources that are patched.
  std::string program;  // labor-sim, or a suite of tests: what must fail.
  std::uint64_t first_seed = 1;
  std::string says;
};

// What was seen of a mutant in the end.
struct Sighting {
  // The oracle's sentence, a CHECK, or the test that failed; nothing: not caught.
  std::optional<std::string> caught_by;
  std::optional<std::uint64_t> seed;  // Where it took one.
  double seconds = 0;
};

// Empty where no build has made the table.
std::vector<PatchedMutant> const& patched_mutants();

// Runs its program until it fails, for as many seeds or as long as the search allows. A program
// that was not built is not caught.
Sighting catch_patched(PatchedMutant const& mutant);

}  // namespace sim
