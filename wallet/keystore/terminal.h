// The person at the terminal: /dev/tty, whatever stdin, stdout and stderr are connected to.

#pragma once

#include <string>
#include <string_view>

#include "wallet/keystore/secret.h"
#include "wallet/problem.h"

namespace wallet {

// Longer lines are refused.
inline constexpr std::size_t typed_bytes_max = 1024;

bool terminal_present();

// Shown on the terminal alone: stdout and stderr may be going to a file.
Result<void> show_on_terminal(std::string_view text);
// One line, shown while it is typed.
Result<std::string> ask_on_terminal(std::string_view prompt);
// One line, not shown while it is typed. The terminal is as it was afterwards.
Result<Secret> ask_secret_on_terminal(std::string_view prompt);

}  // namespace wallet
