// Every command that README.md tells people to type is typed here, in its order, on a terminal, in
// a folder that looks like a clone which has been built. Each must end with exit code 0.
//
// Some are not typed as they stand, for they install and build, which whoever runs this has done:
// of ./devnet/up only the last line is (it starts the network that the others speak of);
// ./tests/run is what runs this test, and what is a check of its own there is not run again here.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>

#include "devnet/files.h"
#include "devnet/network.h"
#include "devnet/waiting.h"
#include "tests/e2e/e2e_network.h"
#include "tests/e2e/terminal.h"
#include "tests/source/root.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;

// The measurement and the simulator take the longest.
constexpr int command_deadline_ms = 300'000;

struct Line {
  int number = 0;
  std::string command;
};
// Commands typed one after another; a fence of its own each.
using Block = std::vector<Line>;

std::string trimmed(std::string text) {
  text.erase(text.find_last_not_of(" \t") + 1);
  return text;
}

// What stands between "```sh" and "```", without comments. Other fences would go untried, so there
// must be none.
std::vector<Block> blocks_of(fs::path const& readme) {
  std::vector<Block> blocks;
  std::ifstream in{readme};
  bool inside = false;
  int number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    if (text.starts_with("```")) {
      EXPECT_EQ(text, inside ? "```" : "```sh") << "README.md:" << number;
      inside = !inside;
      if (inside) blocks.emplace_back();
      continue;
    }
    if (!inside) continue;
    auto const comment = text.starts_with('#') ? 0 : text.find(" #");
    auto const command = trimmed(text.substr(0, comment));
    if (!command.empty()) blocks.back().push_back({.number = number, .command = command});
  }
  EXPECT_FALSE(inside) << "README.md ends inside a fence";
  return blocks;
}

class Readme : public NetworkTest {
 protected:
  void SetUp() override {
    NetworkTest::SetUp();
    auto const source = testing_support::source_root();
    fs::create_directory(home_ / "devnet");
    fs::create_directory_symlink(devnet::program("labor").parent_path().parent_path(),
                                 home_ / "build");
    fs::create_directory_symlink(source / "tests", home_ / "tests");
    fs::create_directory_symlink(source / "proto", home_ / "proto");
  }
  void TearDown() override {
    staying_.reset();
    if (auto network = devnet::Network::open(home_ / "devnet" / "run")) {
      EXPECT_TRUE(network->stop_all());
    }
    NetworkTest::TearDown();
  }

  // Everything that `devnet/up` does after it has installed and built.
  static std::string start_of_devnet() {
    auto const script = devnet::read_file(testing_support::source_root() / "devnet" / "up");
    auto const last = script ? script->rfind("\nexec ") : std::string::npos;
    EXPECT_NE(last, std::string::npos) << "devnet/up does not end with exec";
    return "set -- --detach --port-base 0" + script->substr(last);
  }

  static bool is_run_by_tests_run(std::string const& command) {
    auto const script = devnet::read_file(testing_support::source_root() / "tests" / "run");
    EXPECT_TRUE(script) << "tests/run was not read";
    return command == "./tests/run" || (script && script->contains("\" " + command + "\n"));
  }

  std::unique_ptr<OnTerminal> typed(std::string const& command) const {
    return std::make_unique<OnTerminal>(
        aliases_ + command, home_,
        std::vector<Reply>{{"[y/N] ", "y\n"}, {"`: ", "devnet\n"}});  // "Password of `client`: "
  }

  void type(Line const& line) {
    SCOPED_TRACE(fmt::format("README.md:{}: {}", line.number, line.command));
    if (is_run_by_tests_run(line.command)) return;
    if (line.command.starts_with("alias ")) {
      aliases_ += line.command + "\n";
      return;
    }
    if (line.command.contains("labord run ")) {
      staying_ = typed(line.command);
      return;
    }
    auto const command = line.command == "./devnet/up" ? start_of_devnet() : line.command;
    std::string said;
    std::optional<int> code;
    // What a person types in another terminal is typed again until the node there has started.
    auto const well = [&] {
      auto const here = typed(command);
      code = here->wait(command_deadline_ms);
      if (code) said = here->said();
      return code == 0;
    };
    bool const done = staying_ ? devnet::wait_until(deadline_ms, well) : well();
    EXPECT_TRUE(done) << (code ? fmt::format("exit {}", *code) : "it did not end") << "\n" << said;
  }

  void end_what_stayed() {
    if (!staying_) return;
    staying_->terminate();
    EXPECT_EQ(staying_->wait(deadline_ms), 0);
    staying_.reset();
  }

  std::string aliases_;
  std::unique_ptr<OnTerminal> staying_;
};

TEST_F(Readme, HasNoCommandThatDoesNotWork) {
  auto const blocks = blocks_of(testing_support::source_root() / "README.md");
  std::size_t commands = 0;
  for (auto const& block : blocks) commands += block.size();
  EXPECT_GE(commands, 20u) << "README.md was not read";
  for (auto const& block : blocks) {
    for (auto const& line : block) type(line);
    end_what_stayed();
    if (HasFailure()) break;  // What follows counts on it.
  }
}

}  // namespace
}  // namespace e2e
