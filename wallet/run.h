// The wallet as a function: the command line in, one exit code out. labor_main.cc is a call of
// this; tests call it with a console of their own.

#pragma once

#include <string>
#include <vector>

#include "wallet/console.h"

namespace wallet {

// `arguments` without the program's name.
int run(std::vector<std::string> arguments, Console& console);

}  // namespace wallet
