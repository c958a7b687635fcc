// The chance of a benchmark: the same seed draws the same numbers everywhere. Not the distributions
// of <random>, which differ between libraries.

#pragma once

#include <cstdint>
#include <random>

namespace devnet {

class BenchChance {
 public:
  explicit BenchChance(std::uint64_t seed) : engine_{seed} {}

  // In [0, bound); `bound` is not 0, and small: the bias of the remainder is of no weight then.
  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
  // In [least, most].
  std::uint64_t between(std::uint64_t least, std::uint64_t most) {
    return least + below(most - least + 1);
  }
  bool percent(std::uint64_t share) {
    constexpr std::uint64_t all = 100;
    return below(all) < share;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace devnet
