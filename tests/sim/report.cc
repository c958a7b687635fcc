#include "tests/sim/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "tests/sim/shrink.h"

namespace sim {
namespace {

constexpr std::size_t shrink_runs_max = 60;

SeedOptions options_of(CampaignOptions const& options, std::uint64_t seed) {
  return {.seed = seed,
          .validators = options.validators[seed % options.validators.size()],
          .mutant = options.mutant,
          .left_out = options.left_out};
}

// For who runs a campaign: how much of the time of a chain was tried in how much of theirs.
void print_speed(std::uint64_t simulated_us, double seconds) {
  auto const simulated_s = static_cast<double>(simulated_us) / 1'000'000;
  auto const ratio = simulated_s / seconds;
  fmt::print("simulated time   {:.0f} s: {:.2f} hours a minute, {:.0f} times real time\n",
             simulated_s, ratio / 60, ratio);
}

std::uint64_t spared_of(Shrunk const& shrunk) {
  auto const& spared = shrunk.options.left_out.misfortunes;
  auto const last = spared.upper_bound(shrunk.report.misfortunes);
  return static_cast<std::uint64_t>(std::distance(spared.begin(), last));
}

}  // namespace

void print_totals(CampaignReport const& report, double seconds) {
  auto const& total = report.total;
  auto const wall_s = std::max(seconds, 0.001);
  fmt::print("seeds            {} ({:.1f} per second)\n", report.seeds,
             static_cast<double>(report.seeds) / wall_s);
  fmt::print("final blocks     {}\n", total.final_blocks);
  fmt::print("commits          {}\n", total.commits);
  fmt::print("transactions     {}\n", total.transactions);
  fmt::print("nullified views  {}\n", total.nullified_views);
  fmt::print("crashes          {}, of which {} stops for a failed disk\n", total.crashes,
             total.stops);
  print_speed(total.simulated_us, wall_s);
  fmt::print("faults injected\n");
  for (std::size_t i = 0; i < fault_kinds; ++i) {
    auto const fault = static_cast<Fault>(i);
    fmt::print("  {:<30} {:>10}\n", name_of(fault), total.faults.of(fault));
  }
  fmt::print("changes of the set of validators\n");
  for (std::size_t i = 0; i < set_change_kinds; ++i) {
    auto const change = static_cast<SetChange>(i);
    fmt::print("  {:<30} {:>10}\n", name_of(change), total.set_changes.of(change));
  }
  fmt::print("  {:<30} {:>10}\n", "missed, all of them, by one", total.absences);
  fmt::print("rules at work\n");
  for (std::size_t i = 0; i < rule_kinds; ++i) {
    auto const rule = static_cast<Rule>(i);
    fmt::print("  {:<30} {:>10}  {}\n", name_of(rule), total.rules.of(rule), explain(rule));
  }
  fmt::print("trace hash       {:016x}\n", total.trace_hash);
}

std::vector<std::string> never_seen(CampaignReport const& report) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < fault_kinds && report.seeds >= seeds_for_every_fault; ++i) {
    auto const fault = static_cast<Fault>(i);
    if (report.total.faults.of(fault) > 0) continue;
    out.push_back(fmt::format("{} never occurred in {} seeds", name_of(fault), report.seeds));
  }
  for (std::size_t i = 0; i < set_change_kinds && report.seeds >= seeds_for_every_fault; ++i) {
    auto const change = static_cast<SetChange>(i);
    if (report.total.set_changes.of(change) > 0) continue;
    out.push_back(fmt::format("no set changed so in {} seeds: {}", report.seeds, name_of(change)));
  }
  for (std::size_t i = 0; i < rule_kinds && report.seeds >= seeds_for_every_rule; ++i) {
    auto const rule = static_cast<Rule>(i);
    if (report.total.rules.of(rule) > 0) continue;
    out.push_back(fmt::format("{} was never put to work in {} seeds: {}", name_of(rule),
                              report.seeds, explain(rule)));
  }
  return out;
}

void print_failure(CampaignOptions const& options, SeedReport const& failed) {
  auto const shrunk = shrink(options_of(options, failed.seed), failed, shrink_runs_max);
  auto const& report = shrunk.report;
  if (options.mutant.empty()) {
    for (auto const& line : report.last_events) fmt::print("{}\n", line);
  }
  for (auto const& row : report.last_picture) fmt::print("{}\n", row);
  fmt::print("SEED={}\n", failed.seed);
  fmt::print("violation: {}\n", *failed.violation);
  auto const happened = report.misfortunes - spared_of(shrunk);
  fmt::print("shrunk in {} runs to {} of {} misfortunes and {:.3f} s: {}\n", shrunk.runs, happened,
             failed.misfortunes, static_cast<double>(report.simulated_us) / 1'000'000,
             *report.violation);
  fmt::print("again: labor-sim {} --trace\n", command_line(shrunk.options));
}

}  // namespace sim
