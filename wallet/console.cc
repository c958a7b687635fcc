#include "wallet/console.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "wallet/keystore/terminal.h"

namespace wallet {

namespace {

sig_atomic_t volatile stop_asked = 0;

void on_interrupt(int) {
  stop_asked = 1;
}

bool colour_allowed(int fd) {
  auto const* const no_color = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe)
  auto const* const term = std::getenv("TERM");          // NOLINT(concurrency-mt-unsafe)
  bool const refused = no_color != nullptr && *no_color != '\0';
  bool const dumb = term == nullptr || std::string_view{term} == "dumb";
  return !refused && !dumb && ::isatty(fd) == 1;
}

void write_line(std::FILE* stream, std::string_view line) {
  auto const text = fmt::format("{}\n", line);
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

}  // namespace

std::string in_colour(std::string_view text, Colour colour, bool enabled) {
  if (!enabled) return std::string{text};
  auto const code = [&] {
    switch (colour) {
      case Colour::green:
        return 32;
      case Colour::red:
        return 31;
      case Colour::yellow:
        return 33;
      case Colour::bold:
        return 1;
    }
    return 0;
  }();
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

ProcessConsole::ProcessConsole() {
  // The first SIGINT ends what is under way with a definite word; a second one kills.
  struct sigaction action{};
  action.sa_handler = on_interrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGINT, &action, nullptr);
  // A reader that went away is a failed write, not a death.
  ::signal(SIGPIPE, SIG_IGN);
}

void ProcessConsole::data(std::string_view line) {
  write_line(stdout, line);
}
void ProcessConsole::message(std::string_view line) {
  write_line(stderr, line);
}
bool ProcessConsole::can_ask() {
  return terminal_present();
}
Result<std::string> ProcessConsole::ask(std::string_view prompt) {
  return ask_on_terminal(prompt);
}
Result<Secret> ProcessConsole::ask_secret(std::string_view prompt) {
  return ask_secret_on_terminal(prompt);
}
Result<void> ProcessConsole::show_secret(std::string_view text) {
  return show_on_terminal(text);
}

Result<std::string> ProcessConsole::input() {
  std::string text;
  char buffer[4096];
  for (;;) {
    auto const got = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (got < 0) return problem(Exit::interrupted, "INTERRUPTED", "Interrupted: nothing was done.");
    if (got == 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
    if (text.size() > input_bytes_max) {
      return usage("INPUT_TOO_LARGE", "There is more than 1 MiB on the standard input.");
    }
  }
}

bool ProcessConsole::colour_data() const {
  return colour_allowed(STDOUT_FILENO);
}
bool ProcessConsole::colour_messages() const {
  return colour_allowed(STDERR_FILENO);
}

std::uint64_t ProcessConsole::now_ms() const {
  auto const since = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

void ProcessConsole::pause(std::uint64_t duration_ms) {
  std::this_thread::sleep_for(std::chrono::milliseconds{duration_ms});
}

bool ProcessConsole::interrupted() const {
  return stop_asked != 0;
}

}  // namespace wallet
