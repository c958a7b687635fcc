#include "tests/sim/shrink.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace sim {
namespace {

class Shrinker {
 public:
  Shrinker(SeedOptions const& options, SeedReport const& failed, std::size_t runs_max,
           std::function<SeedReport(SeedOptions const&)> const& run)
      : best_{.options = options, .report = failed, .runs = 0},
        kind_{kind_of_violation(*failed.violation)},
        runs_max_{runs_max},
        run_{run} {}

  Shrunk shrink() && {
    spare(1, best_.report.misfortunes);
    for (std::size_t i = 0; i < troubles; ++i) {
      auto options = best_.options;
      options.left_out.trouble.insert(static_cast<Trouble>(i));
      try_instead(options);
    }
    cut_storm();
    spare_by_halves();
    return std::move(best_);
  }

 private:
  // True if it fails in the same way: then it is the best so far.
  bool try_instead(SeedOptions const& options) {
    if (best_.runs >= runs_max_) return false;
    ++best_.runs;
    auto report = run_(options);
    if (!report.violation || kind_of_violation(*report.violation) != kind_) return false;
    best_.options = options;
    best_.report = std::move(report);
    return true;
  }

  bool spare(std::uint64_t first, std::uint64_t last) {
    auto options = best_.options;
    for (auto number = first; number <= last; ++number) options.left_out.misfortunes.insert(number);
    return options.left_out.misfortunes != best_.options.left_out.misfortunes &&
           try_instead(options);
  }

  // Whatever comes after the violation has not been needed, so the end goes first.
  void spare_by_halves() {
    for (auto step = (best_.report.misfortunes + 1) / 2; step > 0; step /= 2) {
      for (auto last = best_.report.misfortunes; last > 0; last -= std::min(last, step)) {
        spare(last - std::min(last, step) + 1, last);
      }
      if (best_.runs >= runs_max_) return;
    }
  }

  void cut_storm() {
    for (auto storm_us = best_.report.simulated_us / 2; storm_us > 0; storm_us /= 4) {
      auto options = best_.options;
      options.left_out.storm_us_max = storm_us / 1000 * 1000;
      if (!try_instead(options)) return;
    }
  }

  Shrunk best_;
  std::string kind_;
  std::size_t runs_max_;
  std::function<SeedReport(SeedOptions const&)> const& run_;
};

}  // namespace

Shrunk shrink(SeedOptions const& options, SeedReport const& failed, std::size_t runs_max,
              std::function<SeedReport(SeedOptions const&)> const& run) {
  return Shrinker{options, failed, runs_max, run}.shrink();
}

std::string kind_of_violation(std::string const& violation) {
  auto const kind = violation.substr(0, violation.find('('));
  std::string out;
  std::string word;
  for (auto const c : kind + ' ') {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      word += c;
      continue;
    }
    auto const number = std::ranges::any_of(word, [](char d) { return d >= '0' && d <= '9'; });
    out += (number ? "#" : word) + c;
    word.clear();
  }
  return out;
}

std::string command_line(SeedOptions const& options) {
  auto line = fmt::format("--seed {} --validators {}", options.seed, options.validators);
  if (!options.mutant.empty()) line += " --mutant " + options.mutant;
  auto const& [trouble, misfortunes, storm_us_max] = options.left_out;
  std::vector<std::string_view> names;
  for (auto const kind : trouble) names.push_back(name_of(kind));
  if (!names.empty()) line += fmt::format(" --without {}", fmt::join(names, ","));
  if (storm_us_max) line += fmt::format(" --storm-ms {}", *storm_us_max / 1000);
  if (!misfortunes.empty()) line += fmt::format(" --spare {}", fmt::join(misfortunes, ","));
  return line;
}

}  // namespace sim
