// Looking again and again, for a person in front of a terminal.

#pragma once

#include <functional>
#include <string>

#include "node/exit_code.h"

namespace node {

// Prints what `look` says every second, until a signal ends the process: over the last text in a
// terminal, below it elsewhere. A node that does not answer is said so and asked again.
OrExit<void> watch(std::function<OrExit<std::string>()> const& look);

}  // namespace node
