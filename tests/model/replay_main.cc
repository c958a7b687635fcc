// labor-replay: traces of the model, action by action, against the product's core.
//
//   labor-replay --epoch-blocks 2 trace.itf.json ...     exit 0 if all are alike, 1 if one differs

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <map>
#include <string>
#include <vector>

#include "tests/model/validator_replay.h"

namespace {

constexpr int exit_alike = 0;
constexpr int exit_different = 1;
constexpr int exit_usage = 2;

// How often each action was replayed.
using Counts = std::map<std::string, std::uint64_t>;

// Whether the core does what the model does, from the first moment to the last.
bool replay(std::string const& path, std::uint64_t epoch_blocks, Counts& counts) {
  auto const trace = model::read_trace(path);
  std::map<std::size_t, model::ValidatorReplay> players;
  for (auto const& [who, validator] : trace.at(0).validators) {
    players.emplace(who, model::ValidatorReplay{who, epoch_blocks});
  }
  for (std::size_t at = 1; at < trace.size(); ++at) {
    auto const& [did, validators, headers] = trace[at];
    if (did.act == "lie") continue;  // No honest validator's.
    ++counts[did.act];
    auto const difference = players.at(did.who).does(did, headers, validators.at(did.who));
    if (!difference) continue;
    fmt::print("{}: step {}, {} of validator {}: {}\n", path, at, did.act, did.who, *difference);
    return false;
  }
  return true;
}

int parse_and_run(int argc, char** argv) {
  CLI::App app{"Replays traces of the consensus model against the core, action by action."};
  std::uint64_t epoch_blocks = 0;
  std::vector<std::string> paths;
  app.add_option("--epoch-blocks", epoch_blocks, "Blocks in an epoch of the model")
      ->required()
      ->check(CLI::PositiveNumber);
  app.add_option("traces", paths, "Files that quint run --out-itf wrote")->required();
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return app.exit(error) == 0 ? exit_alike : exit_usage;
  }
  Counts counts;
  std::uint64_t alike = 0;
  for (auto const& path : paths) {
    if (replay(path, epoch_blocks, counts)) ++alike;
  }
  fmt::print("actions of the model given to the core as inputs:\n");
  for (auto const& [act, count] : counts) fmt::print("  {:<12} {}\n", act, count);
  fmt::print("{} of {} traces of the model replayed alike\n", alike, paths.size());
  return alike == paths.size() ? exit_alike : exit_different;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (std::exception const& error) {
    std::fprintf(stderr, "labor-replay: %s\n", error.what());
    return exit_usage;
  }
}
