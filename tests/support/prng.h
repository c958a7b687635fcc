// splitmix64: the one source of chance in tests. Not <random>, whose distributions differ between
// libraries: a seed printed on one machine must replay on another.

#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "protocol/base/check.h"

namespace sim {

// One well-mixed step; also good for hashing numbers.
constexpr std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

class Prng {
 public:
  explicit Prng(std::uint64_t seed) : state_{seed} {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    return mix(state_);
  }

  // In [0, bound).
  std::uint64_t below(std::uint64_t bound) {
    CHECK(bound > 0);
    return next() % bound;
  }

  // In [least, most].
  std::uint64_t between(std::uint64_t least, std::uint64_t most) {
    CHECK(least <= most);
    return least + below(most - least + 1);
  }

  bool permille(std::uint64_t chance) { return below(1000) < chance; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }

  // Around `mean`, mostly below it, never above 8 times: the median of waiting times is short and
  // the tail is long.
  std::uint64_t around(std::uint64_t mean) {
    std::uint64_t drawn = below(2 * mean + 1);
    while (drawn < 4 * mean && one_in(8)) drawn += below(2 * mean + 1);
    return drawn;
  }

  template <class T>
  T const& pick(std::vector<T> const& items) {
    return items[static_cast<std::size_t>(below(items.size()))];
  }

  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[static_cast<std::size_t>(below(i))]);
    }
  }

  // A generator of its own for one part of the world, so that a draw more in one part does not
  // change every other.
  Prng split() { return Prng{next()}; }

 private:
  std::uint64_t state_;
};

}  // namespace sim
