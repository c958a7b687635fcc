// perturb: four real validators under load, and everything done to them that the fault model
// allows, by the seed. `tests/e2e/run` builds and runs it.
//
//   perturb --seed 1               every kind of perturbation once
//   perturb --seed 1 --minutes 10  pack after pack of them until the time is over
//   perturb --laggard 10000        a benchmark instead: what it costs that one catches up

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/e2e/laggard.h"
#include "tests/e2e/ordeal.h"

namespace {

using e2e::Recovery;

constexpr int exit_holds = 0;
constexpr int exit_violation = 1;
constexpr int exit_usage = 2;

std::sig_atomic_t volatile interrupted = 0;

struct Spread {
  double median = 0;
  double most = 0;
};

Spread spread_of(std::vector<Recovery> const& recoveries, double Recovery::* figure) {
  if (recoveries.empty()) return {};
  std::vector<double> values;
  for (auto const& recovery : recoveries) values.push_back(recovery.*figure);
  std::ranges::sort(values);
  return {.median = values[values.size() / 2], .most = values.back()};
}

std::string in_timeouts(double ms) {
  return fmt::format("{:.2f}", ms / e2e::capped_timeout_ms);
}

void print_kind(std::string_view kind, std::vector<Recovery> const& recoveries) {
  auto const silence = spread_of(recoveries, &Recovery::silence_ms);
  auto const first = spread_of(recoveries, &Recovery::final_ms);
  auto const all = spread_of(recoveries, &Recovery::caught_up_ms);
  fmt::print("{:<12} {:>5} {:>10.0f} {:>9.0f} {:>7.0f} {:>9.0f} {:>7.0f}\n", kind,
             recoveries.size(), silence.most, first.median, first.most, all.median, all.most);
}

void print_report(e2e::OrdealReport report) {
  fmt::print("\n{:<12} {:>5} {:>10} {:>17} {:>17}\n", "", "", "longest", "first final, ms",
             "all caught up, ms");
  fmt::print("{:<12} {:>5} {:>10} {:>9} {:>7} {:>9} {:>7}\n", "perturbation", "times", "wait, ms",
             "p50", "max", "p50", "max");
  std::map<std::string_view, std::vector<Recovery>> by_kind;
  for (auto const& recovery : report.recoveries) by_kind[recovery.kind].push_back(recovery);
  for (auto const& [kind, recoveries] : by_kind) print_kind(kind, recoveries);
  print_kind("all", report.recoveries);
  std::erase_if(report.recoveries, [](auto const& recovery) { return !recovery.quorum_lost; });
  auto const first = spread_of(report.recoveries, &Recovery::final_ms);
  fmt::print(
      "\nquorum back  first final after p50 {}, max {} capped time-outs of {} ms; {} are "
      "allowed\n",
      in_timeouts(first.median), in_timeouts(first.most), e2e::capped_timeout_ms,
      e2e::recovery_timeouts_max);
  fmt::print("dead leader  {} time-outs paid, {} at most for one death, then {} turns at no cost\n",
             report.timeouts_paid, report.timeouts_paid_at_once_max, report.turns_skipped);
  fmt::print("transactions {} told to be final, {} with their receipts, none lost\n",
             report.transactions, report.receipts);
  fmt::print("chain        {}\n", report.agreement);
}

void say(std::string const& line) {
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

int perturb(std::filesystem::path const& folder, std::uint64_t seed, std::uint64_t minutes) {
  auto const start = std::chrono::steady_clock::now();
  e2e::OrdealOptions options;
  options.home = folder / "net";
  options.seed = seed;
  options.enough = [&](bool even) {
    auto const elapsed = std::chrono::steady_clock::now() - start;
    return interrupted != 0 || (even && elapsed >= std::chrono::minutes{minutes});
  };
  options.say = say;
  say(fmt::format("SEED={}", seed));
  auto const report = e2e::run_ordeal(options);
  if (!report) {
    fmt::print("violation: {}\nSEED={}\n", report.error(), seed);
    return exit_violation;
  }
  print_report(*report);
  fmt::print("SEED={} holds\n", seed);
  return exit_holds;
}

void print_pace(std::string_view when, e2e::Pace const& pace, e2e::Pace const& before) {
  fmt::print("{:<22} {:>7.1f} {:>9.1f} {:>13.1f} {:>7.2f}\n", when, pace.seconds,
             pace.blocks_per_second, pace.transactions_per_second,
             pace.transactions_per_second / before.transactions_per_second);
}

int lag(std::filesystem::path const& folder, std::uint64_t blocks) {
  auto const report = e2e::run_laggard({.home = folder / "net", .blocks = blocks, .say = say});
  if (!report) {
    fmt::print("violation: {}\n", report.error());
    return exit_violation;
  }
  fmt::print("\n{:<22} {:>7} {:>9} {:>13} {:>7}\n", "", "seconds", "blocks/s", "transfers/s",
             "ratio");
  print_pace("without it", report->before, report->before);
  print_pace("while it catches up", report->meanwhile, report->before);
  print_pace("with it", report->after, report->before);
  fmt::print("\n{} blocks behind, caught up at {:.0f} blocks/s\nchain  {}\n", report->behind,
             static_cast<double>(report->behind) / report->meanwhile.seconds, report->agreement);
  return exit_holds;
}

int parse_and_run(int argc, char** argv) {
  CLI::App app{"Perturbs a network of real validators under load, by the seed."};
  std::uint64_t seed = 1;
  std::uint64_t minutes = 0;
  app.add_option("--seed", seed, "What is done, to whom, and when follows from it");
  app.add_option("--minutes", minutes, "Go on for so long; every kind once if 0");
  std::uint64_t blocks = 0;
  app.add_option("--laggard", blocks, "Measure how a validator so many blocks behind catches up")
      ->check(CLI::Range(100, 1'000'000));
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return app.exit(error) == 0 ? exit_holds : exit_usage;
  }
  auto folder = (std::filesystem::temp_directory_path() / "labor-perturb-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) {
    fmt::print(stderr, "cannot make {}\n", folder);
    return exit_usage;
  }
  std::signal(SIGINT, [](int) { interrupted = 1; });
  std::signal(SIGTERM, [](int) { interrupted = 1; });
  auto const code = blocks > 0 ? lag(folder, blocks) : perturb(folder, seed, minutes);
  if (code == exit_holds) {
    std::filesystem::remove_all(folder);
  } else {
    fmt::print("logs and data are in {}\n", folder);
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (std::exception const& error) {
    std::fprintf(stderr, "perturb: unexpected error: %s\n", error.what());
    return exit_usage;
  }
}
