// Arithmetic on amounts without overflow.

#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "protocol/base/check.h"

namespace base {

// Nothing if the sum is larger than an amount can be.
inline std::optional<std::uint64_t> sum(std::uint64_t a, std::uint64_t b) {
  if (b > std::numeric_limits<std::uint64_t>::max() - a) return std::nullopt;
  return a + b;
}

// floor(whole * part / of), for part <= of; never more than `whole`.
inline std::uint64_t share(std::uint64_t whole, std::uint64_t part, std::uint64_t of) {
  __extension__ using Product = unsigned __int128;
  CHECK(of > 0 && part <= of);
  return static_cast<std::uint64_t>(Product{whole} * part / of);
}

}  // namespace base
