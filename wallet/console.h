// Where a command speaks and asks. Data goes to stdout and nothing else does, so that a pipe or a
// script always gets what it asked for; words for people go to stderr; questions go to the
// terminal, whatever the streams are connected to.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wallet/keystore/secret.h"
#include "wallet/problem.h"

namespace wallet {

// More than this on stdin is refused.
inline constexpr std::size_t input_bytes_max = 1u << 20;

class Console {
 public:
  virtual ~Console() = default;

  // A line on stdout, written out at once.
  virtual void data(std::string_view line) = 0;
  // A line on stderr.
  virtual void message(std::string_view line) = 0;

  // Whether there is a terminal to ask on.
  virtual bool can_ask() = 0;
  virtual Result<std::string> ask(std::string_view prompt) = 0;
  virtual Result<Secret> ask_secret(std::string_view prompt) = 0;
  // On the terminal alone.
  virtual Result<void> show_secret(std::string_view text) = 0;

  // All of stdin.
  virtual Result<std::string> input() = 0;

  // Whether stdout, or stderr, may be coloured: a terminal, and NO_COLOR not set.
  virtual bool colour_data() const = 0;
  virtual bool colour_messages() const = 0;

  // Milliseconds since 1970 by this machine's clock.
  virtual std::uint64_t now_ms() const = 0;
  // Lets that much time go by.
  virtual void pause(std::uint64_t duration_ms) = 0;
  // Whether the person asked to stop (SIGINT).
  virtual bool interrupted() const = 0;
};

enum class Colour { green, red, yellow, bold };
// `text` in the colour, if `enabled`.
std::string in_colour(std::string_view text, Colour colour, bool enabled);

// The process's own streams, terminal, clock and SIGINT. One a process.
class ProcessConsole final : public Console {
 public:
  ProcessConsole();

  void data(std::string_view line) override;
  void message(std::string_view line) override;
  bool can_ask() override;
  Result<std::string> ask(std::string_view prompt) override;
  Result<Secret> ask_secret(std::string_view prompt) override;
  Result<void> show_secret(std::string_view text) override;
  Result<std::string> input() override;
  bool colour_data() const override;
  bool colour_messages() const override;
  std::uint64_t now_ms() const override;
  void pause(std::uint64_t duration_ms) override;
  bool interrupted() const override;
};

}  // namespace wallet
