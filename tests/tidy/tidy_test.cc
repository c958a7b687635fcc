// Checks the shape of the source itself: who may include whom, what a deterministic folder may
// not mention, and how long a line or file may grow. When a rule here is wrong, change the table
// in the same commit as the code.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/source/root.h"

namespace {

namespace fs = std::filesystem;

struct Folder {
  std::string_view path;                   // Longest prefix wins.
  std::vector<std::string_view> includes;  // Allowed prefixes of #include targets.
  bool deterministic;
};

// clang-format off
// The include table of ARCHITECTURE.md. "google/protobuf/" comes with generated messages.
Folder const folders[] = {
  {"protocol/base",         {"protocol/base/", "fmt/"}, true},
  {"protocol/crypto",       {"protocol/base/", "protocol/crypto/", "protocol/types.h",
                             "protocol/limits.h", "sodium.h"}, true},
  {"protocol",              {"protocol/", "labor/v1/", "google/protobuf/"}, true},
  {"consensus/certificate", {"consensus/certificate/", "protocol/base/", "protocol/types.h",
                             "protocol/limits.h", "protocol/crypto/"}, true},
  {"consensus/core",        {"consensus/core/", "consensus/certificate/", "protocol/base/",
                             "protocol/types.h", "protocol/limits.h"}, true},
  {"consensus/shell",       {"consensus/", "protocol/", "labor/v1/block.pb.h"}, true},
  {"node/store",            {"node/store/", "consensus/", "protocol/", "labor/v1/",
                             "google/protobuf/", "leveldb/", "fmt/", "boost/intrusive",
                             "boost/unordered", "fcntl.h", "unistd.h", "sys/"}, false},
  {"node/mempool",          {"node/mempool/", "protocol/", "labor/v1/", "boost/"}, false},
  {"node/engine",           {"node/engine/", "node/mempool/", "node/store/", "consensus/",
                             "protocol/", "labor/v1/", "boost/asio", "boost/system",
                             "spdlog/", "fmt/", "pthread.h", "time.h", "sys/", "unistd.h"}, false},
  {"node/documents",        {"node/documents/", "node/engine/", "node/store/", "protocol/",
                             "labor/v1/", "google/protobuf/", "spdlog/", "fmt/"}, false},
  {"node/signer",           {"node/signer/", "node/store/", "consensus/", "protocol/", "labor/v1/",
                             "boost/", "spdlog/", "fmt/", "fcntl.h", "poll.h", "unistd.h",
                             "sys/"}, false},
  {"node/peer",             {"node/peer/", "node/engine/", "node/signer/", "consensus/",
                             "protocol/", "labor/v1/", "grpc", "google/", "openssl/", "spdlog/",
                             "fmt/"}, false},
  {"node/api",              {"node/api/", "node/documents/", "node/engine/", "node/mempool/",
                             "node/store/", "consensus/", "protocol/", "labor/v1/", "google/",
                             "grpc", "spdlog/", "fmt/", "unistd.h"}, false},
  {"node/web",              {"node/web/", "node/api/", "labor/v1/", "boost/asio", "boost/beast",
                             "prometheus/"}, false},
  {"node",                  {"node/", "consensus/", "protocol/", "labor/v1/", "google/protobuf/",
                             "grpc", "boost/", "openssl/", "spdlog/", "fmt/", "toml++/", "CLI/",
                             "sodium.h", "fcntl.h", "malloc.h", "unistd.h", "signal.h",
                             "sys/"}, false},
  {"wallet/keystore",       {"wallet/", "protocol/", "sodium.h", "openssl/", "fmt/", "boost/json",
                             "fcntl.h", "unistd.h", "termios.h", "sys/"}, false},
  {"wallet",                {"wallet/", "protocol/", "consensus/certificate/", "labor/v1/",
                             "google/", "grpc", "CLI/", "fmt/", "boost/json", "fcntl.h",
                             "unistd.h", "signal.h", "sys/"}, false},
  {"devnet",                {"devnet/", "wallet/", "protocol/", "labor/v1/", "google/", "grpc",
                             "CLI/", "fmt/", "boost/", "fcntl.h", "unistd.h", "signal.h",
                             "sys/"}, false},
};

struct Banned { std::string_view token; std::string_view reason; };
Banned const banned_when_deterministic[] = {
  {"unordered_",     "iteration order differs between builds"},
  {"std::hash",      "value differs between libraries"},
  {"double ",        "floats round differently"},
  {"float ",         "floats round differently"},
  {"<chrono>",       "time arrives as an input"},
  {"<thread>",       "it runs to completion on the caller's thread"},
  {"<mutex>",        "it runs to completion on the caller's thread"},
  {"<random>",       "distributions differ between libraries"},
  {"<iostream>",     "what is deterministic does not print"},
  {"spdlog",         "what is deterministic does not log"},
  {"_clock",         "time arrives as an input"},
};
Banned const banned_in_tests[] = {
  {"sleep",           "wait for the event, under one stated deadline"},
  {"random_device",   "entropy comes from a printed seed"},
  {"system_clock",    "a test does not know what day it is"},
  {"DISABLED_",       "a skipped test is a defect"},
};
// clang-format on

constexpr std::size_t line_columns_max = 100;
constexpr std::size_t file_lines_max = 400;

bool is_source(fs::path const& path) {
  return path.extension() == ".h" || path.extension() == ".cc";
}

std::vector<std::string> lines_of(fs::path const& path) {
  std::ifstream in{path};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<fs::path> sources_below(fs::path const& folder) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (auto entry = fs::recursive_directory_iterator{folder}; entry != fs::end(entry); ++entry) {
    if (entry->path().filename() == "node_modules") entry.disable_recursion_pending();
    if (is_source(entry->path())) files.push_back(entry->path());
  }
  return files;
}

Folder const* folder_of(std::string const& file) {
  Folder const* best = nullptr;
  for (auto const& folder : folders) {
    if (!file.starts_with(std::string{folder.path} + "/")) continue;
    if (best == nullptr || folder.path.size() > best->path.size()) best = &folder;
  }
  return best;
}

bool is_standard(std::string_view target) {
  return target.find('/') == std::string_view::npos && !target.ends_with(".h");
}

void check_include(Folder const& folder, std::string const& line) {
  auto const open = line.find_first_of("<\"");
  ASSERT_NE(open, std::string::npos);
  auto const target = line.substr(open + 1, line.find_first_of(">\"", open + 1) - open - 1);
  if (is_standard(target)) return;
  for (auto const allowed : folder.includes) {
    if (target.starts_with(allowed)) return;
  }
  ADD_FAILURE() << folder.path << " must not include " << target;
}

std::string code_of(std::string const& line) {
  return line.substr(0, line.find("//"));
}

void check_banned(std::string const& line, std::span<Banned const> tokens) {
  auto const code = code_of(line);
  for (auto const& banned : tokens) {
    EXPECT_EQ(code.find(banned.token), std::string::npos) << banned.token << ": " << banned.reason;
  }
}

auto const root = testing_support::source_root();

TEST(Tidy, EveryFileKeepsTheRulesOfItsFolder) {
  std::size_t files = 0;
  for (auto const* top : {"protocol", "consensus", "node", "wallet", "devnet"}) {
    for (auto const& path : sources_below(root / top)) {
      auto const name = fs::relative(path, root).generic_string();
      auto const* folder = folder_of(name);
      ASSERT_NE(folder, nullptr) << name << " is in no folder of the table";
      std::size_t number = 0;
      for (auto const& line : lines_of(path)) {
        SCOPED_TRACE(name + ":" + std::to_string(++number));
        if (line.starts_with("#include")) check_include(*folder, line);
        if (folder->deterministic) check_banned(line, banned_when_deterministic);
      }
      ++files;
    }
  }
  EXPECT_GT(files, 0u);
}

TEST(Tidy, NoFileOrLineHasOutgrownOneSitting) {
  for (auto const* top : {"protocol", "consensus", "node", "wallet", "devnet", "tests"}) {
    for (auto const& path : sources_below(root / top)) {
      auto const name = fs::relative(path, root).generic_string();
      auto const lines = lines_of(path);
      EXPECT_LE(lines.size(), file_lines_max) << name << ": which noun is missing?";
      for (std::size_t i = 0; i < lines.size(); ++i) {
        EXPECT_LE(lines[i].size(), line_columns_max) << name << ":" << i + 1;
      }
    }
  }
}

TEST(Tidy, TestsUseNoSleepEntropyOrWallClock) {
  for (auto const& path : sources_below(root / "tests")) {
    auto const name = fs::relative(path, root).generic_string();
    if (name.starts_with("tests/tidy/") || name.starts_with("tests/bench/")) continue;
    std::size_t number = 0;
    for (auto const& line : lines_of(path)) {
      SCOPED_TRACE(name + ":" + std::to_string(++number));
      check_banned(line, banned_in_tests);
    }
  }
}

TEST(Tidy, EveryHeaderIsGuardedAndSaysWhatItIs) {
  for (auto const* top : {"protocol", "consensus", "node", "wallet", "devnet", "tests"}) {
    for (auto const& path : sources_below(root / top)) {
      if (path.extension() != ".h") continue;
      auto const name = fs::relative(path, root).generic_string();
      auto const lines = lines_of(path);
      ASSERT_FALSE(lines.empty()) << name;
      EXPECT_TRUE(lines.front().starts_with("// ")) << name << " must begin with its contract";
      EXPECT_NE(std::ranges::find(lines, "#pragma once"), lines.end()) << name;
    }
  }
}

}  // namespace
