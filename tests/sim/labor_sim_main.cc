// labor-sim: whole clusters under faults, by the seed.
//
//   labor-sim --seeds 1..1000 --validators 4     exit 0 when everything holds, 1 on a violation
//   labor-sim --seeds 1..1000 --validators 4,7   clusters of both sizes, in turn by the seed
//   labor-sim --seed 42 --trace                  every event of one seed
//   labor-sim --seed 42 --without loss,lies --spare 1,2,5 --storm-ms 4000
//                                                less of one seed: how a failure was shrunk
//   labor-sim --mutant NAME                      exit 0 when the mutant is caught, 1 when not
//   labor-sim --mutant NAME --seed 3 --trace     how it is caught, in one seed
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
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "tests/sim/campaign.h"
#include "tests/sim/mutants/mutant_hunt.h"
#include "tests/sim/mutants/mutants.h"
#include "tests/sim/report.h"
#include "tests/sim/twins/twins.h"

namespace {

constexpr int exit_holds = 0;
constexpr int exit_violation = 1;
constexpr int exit_usage = 2;

constexpr std::uint64_t seeds_by_default = 100;

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

int judge_mutant(sim::CampaignOptions const& options, sim::CampaignReport const& report) {
  if (!report.failed) {
    fmt::print("{} was not caught in {} seeds\n", options.mutant, report.seeds);
    return exit_violation;
  }
  sim::print_failure(options, *report.failed);
  fmt::print("caught\n");
  return exit_holds;
}

int judge(sim::CampaignOptions const& options, sim::CampaignReport const& report) {
  if (report.failed) {
    sim::print_failure(options, *report.failed);
    return exit_violation;
  }
  auto const unseen = sim::never_seen(report);
  for (auto const& what : unseen) fmt::print("violation: {}\n", what);
  if (!unseen.empty()) return exit_violation;
  fmt::print("holds\n");
  return exit_holds;
}

// What a failure prints to be run again with less around it.
void offer_to_leave_out(CLI::App& app, CLI::Option* seed, sim::LeftOut& left_out) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < sim::troubles; ++i) {
    names.emplace(sim::name_of(static_cast<sim::Trouble>(i)));
  }
  auto const insert = [&left_out](std::vector<std::string> const& chosen) {
    for (auto const& name : chosen) left_out.trouble.insert(*sim::trouble_named(name));
  };
  app.add_option_function<std::vector<std::string>>("--without", insert,
                                                    "Kinds of trouble to leave out of one seed")
      ->delimiter(',')
      ->needs(seed)
      ->check(CLI::IsMember(names));
  app.add_option("--spare", left_out.misfortunes, "Misfortunes to leave out of one seed, by number")
      ->delimiter(',')
      ->needs(seed);
  auto const end = [&left_out](std::uint64_t ms) { left_out.storm_us_max = ms * 1000; };
  app.add_option_function<std::uint64_t>("--storm-ms", end,
                                         "End the storm of one seed after so long")
      ->needs(seed);
}

// What was asked for.
struct Request {
  std::string seeds;       // Empty: as many as there is time for, or the first hundred.
  std::uint64_t seed = 0;  // 0: a range of seeds.
  std::uint64_t minutes = 0;
  std::vector<std::string> mutants;
  bool all_mutants = false;
  bool twins = false;
  std::size_t twins_views = sim::twins_views;
  sim::CampaignOptions campaign;
};

void describe(CLI::App& app, Request& request) {
  auto* const seeds = app.add_option("--seeds", request.seeds, "Seeds A..B, from 1; else 1..100");
  auto* const seed = app.add_option("--seed", request.seed, "One seed")
                         ->check(CLI::PositiveNumber)
                         ->excludes(seeds);
  app.add_option("--validators", request.campaign.validators,
                 "Validators in the cluster; of several, as in 4,7, seeds take turns")
      ->delimiter(',')
      ->check(CLI::Range(4, 16));
  app.add_option("--minutes", request.minutes, "Stop after so long and print the seeds done")
      ->check(CLI::PositiveNumber);
  app.add_option("--jobs", request.campaign.jobs, "Seeds at a time; all cores by default")
      ->check(CLI::Range(1, 1024));
  app.add_flag("--trace", request.campaign.trace, "Print every event; with --seed")->needs(seed);

  offer_to_leave_out(app, seed, request.campaign.left_out);

  auto* const mutant =
      app.add_option(
             "--mutant", request.mutants,
             "Deliberate faults that must be caught, by name; with --seed one, in that seed")
          ->delimiter(',')
          ->check(CLI::IsMember(sim::all_mutant_names()).description("NAME"));
  app.add_flag("--mutants", request.all_mutants,
               "Every deliberate fault must be caught; prints what caught it")
      ->excludes(mutant)
      ->excludes(seed);

  auto* const twins =
      app.add_flag("--twins", request.twins,
                   "Four validators, of which one runs twice, divided in all ways in each of "
                   "their first views: all must be safe, and with two such validators not all");
  app.add_option("--twins-views", request.twins_views,
                 "How many views are divided: 5, in a quarter of an hour; 4 take a minute")
      ->check(CLI::Range(1, 8))
      ->needs(twins);
}

int run_seeds(Request const& request, Range range) {
  auto options = request.campaign;
  options.first_seed = range.first;
  options.last_seed = range.second;
  auto const start = std::chrono::steady_clock::now();
  auto const elapsed = [start] { return std::chrono::steady_clock::now() - start; };
  if (request.minutes > 0) {
    options.enough = [&] { return elapsed() >= std::chrono::minutes{request.minutes}; };
  }
  auto const report = sim::run_campaign(options);
  sim::print_totals(report, std::chrono::duration<double>(elapsed()).count());
  return options.mutant.empty() ? judge(options, report) : judge_mutant(options, report);
}

// One seed of one mutant, for those who want to see how it is caught.
int run_mutant(Request request) {
  auto const wrapped = sim::wrapped_mutants();
  auto const is_asked = [&](sim::WrappedMutant const& mutant) {
    return mutant.name == request.mutants.front();
  };
  if (request.mutants.size() != 1 || std::ranges::none_of(wrapped, is_asked)) {
    fmt::print(stderr, "--seed goes with one mutant that is no patch:");
    for (auto const& mutant : wrapped) fmt::print(stderr, " {}", mutant.name);
    fmt::print(stderr, "\n");
    return exit_usage;
  }
  request.campaign.mutant = request.mutants.front();
  return run_seeds(request, {request.seed, request.seed});
}

int parse_and_run(int argc, char** argv) {
  CLI::App app{"Simulates whole clusters of validators under faults, by the seed."};
  Request request;
  request.campaign.jobs = std::max(1u, std::thread::hardware_concurrency());
  describe(app, request);
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return app.exit(error) == 0 ? exit_holds : exit_usage;
  }

  std::signal(SIGABRT, say_seed);
  auto const exit_for = [](bool good) { return good ? exit_holds : exit_violation; };
  auto const jobs = request.campaign.jobs;
  if (request.twins) return exit_for(sim::print_twins(request.twins_views, jobs));
  if (request.seed > 0 && !request.mutants.empty()) return run_mutant(std::move(request));
  if (request.all_mutants || !request.mutants.empty()) {
    return exit_for(sim::hunt_mutants(request.mutants, jobs));
  }
  if (request.seed > 0) return run_seeds(request, {request.seed, request.seed});
  if (request.seeds.empty()) {
    auto const last = request.minutes > 0 ? ~std::uint64_t{0} - 1 : seeds_by_default;
    return run_seeds(request, {1, last});
  }
  auto const range = parse_range(request.seeds);
  if (range) return run_seeds(request, *range);
  fmt::print(stderr, "--seeds: {} is not a range like 1..1000\n", request.seeds);
  return exit_usage;
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
