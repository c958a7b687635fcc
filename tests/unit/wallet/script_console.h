// A console that answers from a script and remembers what was said. Its clock moves only when
// the wallet waits.

#pragma once

#include <deque>
#include <string>
#include <vector>

#include "wallet/console.h"

namespace wallet {

class ScriptConsole final : public Console {
 public:
  void data(std::string_view line) override { out += std::string{line} + "\n"; }
  void message(std::string_view line) override { err += std::string{line} + "\n"; }
  bool can_ask() override { return terminal; }
  Result<std::string> ask(std::string_view prompt) override {
    asked.emplace_back(prompt);
    if (answers.empty()) return problem(Exit::cancelled, "CANCELLED", "Nobody answers.");
    auto answer = answers.front();
    answers.pop_front();
    return answer;
  }
  Result<Secret> ask_secret(std::string_view prompt) override {
    TRY(answer, ask(prompt));
    return Secret::copy_of(std::string_view{answer});
  }
  Result<void> show_secret(std::string_view text) override {
    shown += text;
    return {};
  }
  Result<std::string> input() override { return in; }
  bool colour_data() const override { return false; }
  bool colour_messages() const override { return false; }
  std::uint64_t now_ms() const override { return clock_ms; }
  void pause(std::uint64_t duration_ms) override { clock_ms += duration_ms; }
  bool interrupted() const override { return stop; }

  std::string in;
  std::deque<std::string> answers;
  bool terminal = false;
  bool stop = false;
  std::uint64_t clock_ms = 1'767'571'200'000;

  std::string out;
  std::string err;
  std::string shown;
  std::vector<std::string> asked;
};

}  // namespace wallet
