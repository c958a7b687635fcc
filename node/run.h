// `labord run`: the composition root. Everything that runs is made here, in the order in which it
// needs each other, and stopped in reverse.

#pragma once

#include <filesystem>

#include "node/exit_code.h"

namespace node {

// Runs until SIGTERM or SIGINT, then stops cleanly; a second signal ends the process at once.
// Prints one line to standard output when it is ready.
OrExit<void> run(std::filesystem::path const& home);

}  // namespace node
