// How often something may happen: so many a second, and a burst.
//
// Threads: none of its own; the owner locks.

#pragma once

#include <algorithm>
#include <cstdint>

namespace node {

class Rate {
 public:
  struct Bounds {
    std::uint64_t per_second = 1;
    std::uint64_t burst = 1;
  };
  explicit Rate(Bounds bounds) : bounds_{bounds}, thousandths_{bounds.burst * 1000} {}

  // Whether `count` more are within it now; they count if so. `now_ms` never goes back.
  bool take(std::uint64_t count, std::uint64_t now_ms) {
    auto const passed_ms = std::min(now_ms - last_ms_, full_after_ms);
    thousandths_ = std::min(bounds_.burst * 1000, thousandths_ + passed_ms * bounds_.per_second);
    last_ms_ = now_ms;
    if (thousandths_ < count * 1000) return false;
    thousandths_ -= count * 1000;
    return true;
  }

 private:
  // Longer than any burst takes to come back; keeps the product small.
  static constexpr std::uint64_t full_after_ms = 1'000'000;

  Bounds bounds_;
  std::uint64_t thousandths_;
  std::uint64_t last_ms_ = 0;
};

}  // namespace node
