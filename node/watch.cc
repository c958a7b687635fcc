#include "node/watch.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <thread>

namespace node {
namespace {

constexpr auto every = std::chrono::seconds{1};
constexpr auto home_and_clear = "\x1b[H\x1b[J";

}  // namespace

OrExit<void> watch(std::function<OrExit<std::string>()> const& look) {
  auto const in_terminal = ::isatty(STDOUT_FILENO) == 1;
  for (;;) {
    auto seen = look();
    auto text = seen ? *std::move(seen) : "labord: " + seen.error().message + "\n";
    if (in_terminal) text.insert(0, home_and_clear);
    if (std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0) {
      return exit_with(ExitCode::disk, "cannot write to standard output");
    }
    std::this_thread::sleep_for(every);
  }
}

}  // namespace node
