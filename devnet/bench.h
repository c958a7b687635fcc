// `labor-devnet bench`: figures of a whole network on this machine, as ratios in one run. What is
// sent is transfers, or a mix of labor work (bench_mix.h).
//
//   bound    cores x signature checks a second / validators, the mean of before and after the
//            load: every validator checks every client's signature once, on the same cores
//   ratio    finalized transactions a second / bound
//   latency  from before the submission until validator 0 tells that it is final

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace devnet {

struct BenchOptions {
  std::filesystem::path home = "devnet/run-bench";
  std::uint32_t seconds = 30;
  std::uint32_t rate = 0;
  std::uint64_t accounts = 1'000;
  std::uint32_t delay_ms = 0;
  std::uint32_t dead = 0;
  std::uint32_t validators = 4;
  std::string mix = "transfer";
  // Of the labor mix: contracts open before and while it is measured, all chance, and the size of a
  // second network that is measured in turn with the first; no accounts: there is none.
  std::uint64_t contracts = 1'000;
  std::uint64_t seed = 1;
  std::uint64_t against_accounts = 0;
  std::uint64_t against_contracts = 1'000;
  bool json = false;
};

// The exit code.
int run_bench(BenchOptions const& options);

}  // namespace devnet
