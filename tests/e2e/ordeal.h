// A network of real processes under load and under perturbations, and what came of it.
//
//   a round    strike; wait for blocks (or, without a quorum, for silence); heal; wait for the
//              first new final block, and until whoever was broken has caught up
//   the end    nothing is broken, all that clients sent becomes final, all validators are equal at
//              every height, and everything that anybody was told is final is there
//
// Every wait ends at `deadline_ms`.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "devnet/network.h"
#include "tests/e2e/perturbation.h"

namespace e2e {

// t_a = 3 Delta (R6), grown by its back-off as far as it goes. Recovery is measured in these.
inline constexpr int delta_ms = 250;
inline constexpr int capped_timeout_ms = 8 * 3 * delta_ms;
// A chain whose quorum can talk has its next final block within so many of them.
inline constexpr int recovery_timeouts_max = 4;

struct Recovery {
  std::string_view kind;
  bool quorum_lost = false;
  // The longest time without a new final block while f at most were broken.
  double silence_ms = 0;
  // From healing to the first new final block, and until all who were broken had caught up.
  double final_ms = 0;
  double caught_up_ms = 0;
};

struct OrdealOptions {
  std::filesystem::path home;
  std::uint64_t seed = 1;
  unsigned validators = 4;
  std::size_t clients = 4;
  // Asked before each round; whether every kind has had its turn as often as any other.
  std::function<bool(bool even)> enough;
  // Told what happens, line by line.
  std::function<void(std::string const&)> say;
};

struct OrdealReport {
  std::vector<Recovery> recoveries;
  // Blocks where the turn of a killed leader was passed over: at the cost of its time-out, or, by
  // those who had noticed (R7), at none.
  std::uint64_t timeouts_paid = 0;
  std::uint64_t timeouts_paid_at_once_max = 0;  // By one kill.
  std::uint64_t turns_skipped = 0;
  std::uint64_t transactions = 0;
  std::uint64_t receipts = 0;
  std::string agreement;
};

// The error says what failed, with the state of every validator and the end of its log. The
// network is stopped in any case; its home stays.
devnet::Result<OrdealReport> run_ordeal(OrdealOptions const& options);

}  // namespace e2e
