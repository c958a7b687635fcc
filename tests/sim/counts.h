// How often each of a kind of things has happened; the kinds are the values of an enum, from 0.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sim {

template <class Kind, std::size_t kinds>
class Counts {
 public:
  void add(Kind kind, std::uint64_t times = 1) { counts_[static_cast<std::size_t>(kind)] += times; }
  std::uint64_t of(Kind kind) const { return counts_[static_cast<std::size_t>(kind)]; }
  void add(Counts const& more) {
    for (std::size_t i = 0; i < kinds; ++i) counts_[i] += more.counts_[i];
  }
  bool operator==(Counts const&) const = default;

 private:
  std::array<std::uint64_t, kinds> counts_{};
};

}  // namespace sim
