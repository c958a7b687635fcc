#include "tests/sim/mutants/mutant_hunt.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "tests/sim/campaign.h"
#include "tests/sim/mutants/mutants.h"
#include "tests/sim/mutants/patched.h"

namespace sim {
namespace {

constexpr std::uint64_t seeds_max = 1000;

Sighting catch_wrapped(std::string const& name) {
  auto const start = std::chrono::steady_clock::now();
  auto const report = run_campaign({.first_seed = 1, .last_seed = seeds_max, .mutant = name});
  Sighting seen;
  if (report.failed) {
    seen.caught_by = *report.failed->violation;
    seen.seed = report.failed->seed;
  }
  seen.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return seen;
}

// One mutant and how to catch it.
struct Quarry {
  std::string name;
  std::string where;
  std::string says;
  std::function<Sighting()> seek;
};

std::vector<Quarry> quarries() {
  std::vector<Quarry> out;
  for (auto const& mutant : wrapped_mutants()) {
    auto const name = std::string{mutant.name};
    out.push_back({.name = name,
                   .where = std::string{mutant.where},
                   .says = std::string{mutant.says},
                   .seek = [name] { return catch_wrapped(name); }});
  }
  for (auto const& mutant : patched_mutants()) {
    out.push_back(
        {.name = mutant.name, .where = mutant.where, .says = mutant.says, .seek = [&mutant] {
           return catch_patched(mutant);
         }});
  }
  return out;
}

void print(Quarry const& quarry, Sighting const& seen) {
  fmt::print("{:<28} {:>6} {:>6.1f} s  {}\n", quarry.name,
             seen.seed ? fmt::to_string(*seen.seed) : "-", seen.seconds, quarry.where);
  fmt::print("    {}\n", quarry.says);
  fmt::print("    {}\n", seen.caught_by ? "caught by: " + *seen.caught_by : "NOT CAUGHT");
  std::fflush(stdout);
}

// Several at a time. Names those that were not caught.
std::vector<std::string> hunt(std::vector<Quarry> const& all, std::size_t jobs) {
  std::vector<std::string> missed;
  std::mutex mutex;
  std::atomic<std::size_t> taken = 0;
  auto const work = [&] {
    for (auto i = taken++; i < all.size(); i = taken++) {
      auto const seen = all[i].seek();
      std::scoped_lock const lock{mutex};
      print(all[i], seen);
      if (!seen.caught_by) missed.push_back(all[i].name);
    }
  };
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < jobs; ++i) threads.emplace_back(work);
  work();
  threads.clear();
  return missed;
}

}  // namespace

std::vector<std::string> all_mutant_names() {
  std::vector<std::string> names;
  for (auto const& quarry : quarries()) names.push_back(quarry.name);
  return names;
}

bool hunt_mutants(std::vector<std::string> const& only, std::size_t jobs) {
  if (patched_mutants().empty()) {
    fmt::print(stderr, "the patched mutants are not built: devnet/build mutants\n");
    return false;
  }
  auto const start = std::chrono::steady_clock::now();
  fmt::print("{:<28} {:>6} {:>8}  {}\n", "MUTANT", "SEED", "TIME", "WHERE IT LIES");
  auto all = quarries();
  std::erase_if(all, [&](Quarry const& quarry) {
    return !only.empty() && std::ranges::find(only, quarry.name) == only.end();
  });
  auto const missed = hunt(all, jobs);
  auto const seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  fmt::print("{} mutants, {} caught, {:.0f} s\n", all.size(), all.size() - missed.size(), seconds);
  for (auto const& name : missed) fmt::print("not caught: {}\n", name);
  return missed.empty() && !all.empty();
}

}  // namespace sim
