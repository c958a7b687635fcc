#include "tests/sim/mutants/patched.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string_view>

namespace sim {
namespace {

// A fault that so many seeds do not show is one that the simulator does not see.
constexpr std::uint64_t seeds_max = 600;
constexpr int seconds_max = 300;

std::filesystem::path folder() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "mutants";
}

std::vector<PatchedMutant> read_table() {
  std::vector<PatchedMutant> out;
  std::ifstream table{folder() / "table"};
  for (std::string line; std::getline(table, line);) {
    PatchedMutant mutant;
    std::istringstream row{line};
    std::getline(row, mutant.name, '\t');
    std::getline(row, mutant.where, '\t');
    std::getline(row, mutant.program, '\t');
    row >> mutant.first_seed >> std::ws;
    std::getline(row, mutant.says);
    out.push_back(std::move(mutant));
  }
  return out;
}

struct Ended {
  int code = 0;  // As a shell says it: 128 + the signal, where it was one.
  std::vector<std::string> lines;
};

Ended run(std::string const& command) {
  Ended ended;
  auto* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return {.code = 127, .lines = {}};
  std::string text;
  std::array<char, 4096> buffer{};
  while (auto const got = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    text.append(buffer.data(), got);
  }
  auto const status = pclose(pipe);
  ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  std::istringstream all{text};
  for (std::string line; std::getline(all, line);) ended.lines.push_back(line);
  return ended;
}

// The rest of the last line that holds `mark`, after it.
std::optional<std::string> after(std::vector<std::string> const& lines, std::string_view mark) {
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    auto const at = line->find(mark);
    if (at != std::string::npos) return line->substr(at + mark.size());
  }
  return std::nullopt;
}

Sighting seen_by_simulator(Ended const& ended) {
  Sighting seen;
  if (auto const violation = after(ended.lines, "violation: ")) {
    seen.caught_by = *violation;
  } else if (auto const check = after(ended.lines, ": CHECK(")) {
    seen.caught_by = "CHECK(" + *check;
  } else if (auto const assertion = after(ended.lines, ": Assertion ")) {
    seen.caught_by = "Assertion " + *assertion;
  }
  if (auto const seed = after(ended.lines, "SEED=")) {
    std::uint64_t number = 0;
    std::from_chars(seed->data(), seed->data() + seed->size(), number);
    seen.seed = number;
  }
  return seen;
}

Sighting seen_by_tests(Ended const& ended, std::string const& suite) {
  Sighting seen;
  // A test that aborts is named only by the line that said it began.
  auto test = after(ended.lines, "[  FAILED  ] ");
  if (!test) test = after(ended.lines, "[ RUN      ] ");
  if (test)
    seen.caught_by = fmt::format("{} {}", suite, test->substr(0, test->find_first_of(" ,")));
  return seen;
}

}  // namespace

std::vector<PatchedMutant> const& patched_mutants() {
  static auto const table = read_table();
  return table;
}

Sighting catch_patched(PatchedMutant const& mutant) {
  auto const program = folder() / mutant.name;
  if (!std::filesystem::exists(program)) return {};
  auto const simulates = mutant.program == "labor-sim";
  auto const first = mutant.first_seed;
  auto const arguments = simulates ? fmt::format("--seeds {}..{} --validators 4 --jobs 1", first,
                                                 first + seeds_max - 1)
                                   : std::string{"--gtest_fail_fast"};
  auto const start = std::chrono::steady_clock::now();
  auto const ended =
      run(fmt::format("timeout {} '{}' {} 2>&1", seconds_max, program.string(), arguments));
  constexpr int timed_out = 124;
  Sighting seen;
  if (ended.code != 0 && ended.code != timed_out) {
    seen = simulates ? seen_by_simulator(ended) : seen_by_tests(ended, mutant.program);
  }
  seen.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return seen;
}

}  // namespace sim
