// A benchmark: a validator comes back many blocks behind, under load. How fast does it catch up,
// and what does that cost the others, who share their cores with it only as far as they leave some?

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "devnet/network.h"

namespace e2e {

struct Pace {
  double seconds = 0;
  double blocks_per_second = 0;
  double transactions_per_second = 0;
};

struct LaggardReport {
  std::uint64_t behind = 0;  // Blocks, when it came back.
  // Without it, for as long as the next took; while it caught up; and with it.
  Pace before;
  Pace meanwhile;
  Pace after;
  std::string agreement;
};

struct LaggardOptions {
  std::filesystem::path home;
  std::uint64_t blocks = 0;
  std::function<void(std::string const&)> say;
};

devnet::Result<LaggardReport> run_laggard(LaggardOptions const& options);

}  // namespace e2e
