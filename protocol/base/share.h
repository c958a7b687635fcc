// The part of a whole, rounded down, without overflow: the product has 128 bits.

#pragma once

#include <cstdint>

#include "protocol/base/check.h"

namespace base {

// floor(whole * part / of), for part <= of; never more than `whole`.
inline std::uint64_t share(std::uint64_t whole, std::uint64_t part, std::uint64_t of) {
  __extension__ using Product = unsigned __int128;
  CHECK(of > 0 && part <= of);
  return static_cast<std::uint64_t>(Product{whole} * part / of);
}

}  // namespace base
