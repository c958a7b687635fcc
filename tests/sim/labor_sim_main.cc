// labor-sim: whole clusters under faults, by the seed.
//
//   labor-sim --seeds 1..1000 --validators 4     exit 0 when everything holds, 1 on a violation
//   labor-sim --seeds 1..1000 --validators 4,7   clusters of both sizes, in turn by the seed
//   labor-sim --seed 42 --trace                  every event of one seed
//   labor-sim --mutant NAME                      exit 0 when the mutant is caught, 1 when not
//   labor-sim --mutants                          all of them, one line each
//   labor-sim --twins                            validators that run twice, in every case
//   labor-sim --minutes 10                       as many seeds as fit

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "tests/sim/campaign.h"
#include "tests/sim/mutants/mutant_hunt.h"
#include "tests/sim/twins/twins.h"

namespace {

constexpr int exit_holds = 0;
constexpr int exit_violation = 1;
constexpr int exit_usage = 2;

// Over this many seeds every kind of fault must have occurred; fewer may miss a rare one.
constexpr std::uint64_t seeds_for_every_fault = 100;

using Range = std::pair<std::uint64_t, std::uint64_t>;

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<Range> parse_range(std::string_view text) {
  auto const dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  auto const first = parse_number(text.substr(0, dots));
  auto const last = parse_number(text.substr(dots + 2));
  if (!first || !last || *first > *last || *first == 0) return std::nullopt;
  return Range{*first, *last};
}

// A CHECK of the product aborts: say which seed it was.
void say_seed(int) {
  std::array<char, 64> text{};
  auto* end = text.data();
  for (auto const c : std::string_view{"SEED="}) *end++ = c;
  end = std::to_chars(end, text.data() + text.size() - 1, sim::running_seed()).ptr;
  *end++ = '\n';
  std::fwrite(text.data(), 1, static_cast<std::size_t>(end - text.data()), stderr);
  std::fflush(stderr);
}

void print_totals(sim::CampaignReport const& report, double seconds) {
  auto const& total = report.total;
  fmt::print("seeds            {} ({:.1f} per second)\n", report.seeds,
             static_cast<double>(report.seeds) / std::max(seconds, 0.001));
  fmt::print("final blocks     {}\n", total.final_blocks);
  fmt::print("commits          {}\n", total.commits);
  fmt::print("transactions     {}\n", total.transactions);
  fmt::print("nullified views  {}\n", total.nullified_views);
  fmt::print("crashes          {}\n", total.crashes);
  fmt::print("simulated time   {} s\n", total.simulated_us / 1'000'000);
  fmt::print("faults injected\n");
  for (std::size_t i = 0; i < sim::fault_kinds; ++i) {
    auto const fault = static_cast<sim::Fault>(i);
    fmt::print("  {:<20} {}\n", sim::name_of(fault), total.faults.of(fault));
  }
  fmt::print("trace hash       {:016x}\n", total.trace_hash);
}

void print_violation(sim::SeedReport const& seed) {
  for (auto const& line : seed.last_events) fmt::print("{}\n", line);
  fmt::print("SEED={}\n", seed.seed);
  fmt::print("violation: {}\n", *seed.violation);
}

int judge(sim::CampaignReport const& report) {
  if (report.failed) {
    print_violation(*report.failed);
    return exit_violation;
  }
  for (std::size_t i = 0; i < sim::fault_kinds; ++i) {
    auto const fault = static_cast<sim::Fault>(i);
    if (report.seeds < seeds_for_every_fault || report.total.faults.of(fault) > 0) continue;
    fmt::print("violation: {} never occurred in {} seeds\n", sim::name_of(fault), report.seeds);
    return exit_violation;
  }
  fmt::print("holds\n");
  return exit_holds;
}

int parse_and_run(int argc, char** argv) {
  CLI::App app{"Simulates whole clusters of validators under faults, by the seed."};
  std::string seeds = "1..100";
  std::uint64_t seed = 0;
  std::uint64_t minutes = 0;
  std::vector<std::string> mutants;
  sim::CampaignOptions options;
  options.jobs = std::max(1u, std::thread::hardware_concurrency());
  auto* const seeds_option = app.add_option("--seeds", seeds, "Seeds A..B, from 1");
  auto* const seed_option = app.add_option("--seed", seed, "One seed")
                                ->check(CLI::PositiveNumber)
                                ->excludes(seeds_option);
  app.add_option("--validators", options.validators,
                 "Validators in the cluster; of several, as in 4,7, seeds take turns")
      ->delimiter(',')
      ->check(CLI::Range(4, 16));
  app.add_option("--minutes", minutes, "Stop after so long and print the seeds done")
      ->check(CLI::PositiveNumber);
  app.add_option("--jobs", options.jobs, "Seeds at a time; all cores by default")
      ->check(CLI::Range(1, 1024));
  auto* const mutant_option =
      app.add_option("--mutant", mutants, "Deliberate faults that must be caught, by name")
          ->delimiter(',')
          ->check(CLI::IsMember(sim::all_mutant_names()).description("NAME"));
  bool all_mutants = false;
  app.add_flag("--mutants", all_mutants,
               "Every deliberate fault must be caught; prints what caught it")
      ->excludes(mutant_option);
  bool twins = false;
  auto* const twins_option =
      app.add_flag("--twins", twins,
                   "Four validators, of which one runs twice, divided in all ways in each of "
                   "their first views: all must be safe, and with two such validators not all");
  std::size_t twins_views = sim::twins_views;
  app.add_option("--twins-views", twins_views,
                 "How many views are divided: 5, in a quarter of an hour; 4 take a minute")
      ->check(CLI::Range(1, 8))
      ->needs(twins_option);
  app.add_flag("--trace", options.trace, "Print every event; with --seed")->needs(seed_option);
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return app.exit(error) == 0 ? exit_holds : exit_usage;
  }

  std::signal(SIGABRT, say_seed);
  auto const exit_for = [](bool good) { return good ? exit_holds : exit_violation; };
  if (twins) return exit_for(sim::print_twins(twins_views, options.jobs));
  if (all_mutants || !mutants.empty()) return exit_for(sim::hunt_mutants(mutants, options.jobs));

  auto range = parse_range(seeds);
  if (!range) {
    fmt::print(stderr, "--seeds: {} is not a range like 1..1000\n", seeds);
    return exit_usage;
  }
  if (minutes > 0 && seeds_option->empty()) range->second = ~std::uint64_t{0} - 1;
  if (!seed_option->empty()) range = {seed, seed};
  options.first_seed = range->first;
  options.last_seed = range->second;

  auto const start = std::chrono::steady_clock::now();
  auto const elapsed = [start] { return std::chrono::steady_clock::now() - start; };
  if (minutes > 0) {
    options.enough = [&] { return elapsed() >= std::chrono::minutes{minutes}; };
  }
  auto const report = sim::run_campaign(options);
  print_totals(report, std::chrono::duration<double>(elapsed()).count());
  return judge(report);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (std::exception const& error) {
    std::fprintf(stderr, "labor-sim: unexpected error: %s\n", error.what());
    return exit_usage;
  }
}
