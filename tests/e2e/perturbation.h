// What is done to a network of real processes, drawn from a seed.
//
// At most f validators are broken at a time, so that the others go on, but in a perturbation that
// takes the quorum away: nothing may become final then, and everything must come back after.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "devnet/network.h"
#include "tests/support/prng.h"

namespace e2e {

struct Perturbation {
  std::string_view kind = {};  // One of perturbation_kinds().
  std::string what;            // For people.
  // Broken until heal(), and those of them that must catch up after it.
  std::vector<unsigned> victims;
  bool takes_quorum = false;
  // How long it lasts: until so many more blocks are final, or, without a quorum, until so long
  // nothing was.
  std::uint64_t blocks = 0;
  int silence_ms = 0;
  std::function<devnet::Result<>(devnet::Network&)> strike = {};
  std::function<devnet::Result<>(devnet::Network&)> heal = {};
};

std::vector<std::string_view> perturbation_kinds();

// All kinds in an order of chance, then all again in another.
class Schedule {
 public:
  Schedule(std::uint64_t seed, unsigned validators) : prng_{seed}, validators_{validators} {}

  Perturbation next();
  // Whether each kind has been drawn as often as any other.
  bool even() const { return drawn_ % perturbation_kinds().size() == 0 && drawn_ > 0; }

 private:
  sim::Prng prng_;
  unsigned validators_;
  std::vector<std::size_t> pack_;  // What is left of all kinds.
  std::size_t drawn_ = 0;
};

}  // namespace e2e
