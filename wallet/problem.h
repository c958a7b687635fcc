// Why a command did not end well: what the shell, a script and a person each need to go on.
//
// Every function of the wallet that can fail returns Result<T>; the one place that prints
// (run.cc) turns a Problem into the exit code, the JSON error and the sentence on the screen.

#pragma once

#include <expected>
#include <map>
#include <string>
#include <utility>

#include "protocol/base/try.h"
#include "wallet/exit.h"

namespace wallet {

struct Problem {
  Exit exit = Exit::unexpected;
  // SCREAMING_SNAKE, stable: what a script matches. A refused or failed transaction's TxStatus.
  std::string reason;
  // One sentence.
  std::string message;
  // What to do next, often a command. May be empty.
  std::string hint;
  // Numbers and names the message speaks of.
  std::map<std::string, std::string> metadata;
};

template <class T>
using Result = std::expected<T, Problem>;

inline std::unexpected<Problem> problem(Exit exit, std::string reason, std::string message,
                                        std::string hint = {}) {
  return std::unexpected{Problem{exit, std::move(reason), std::move(message), std::move(hint), {}}};
}

inline std::unexpected<Problem> usage(std::string reason, std::string message,
                                      std::string hint = {}) {
  return problem(Exit::usage, std::move(reason), std::move(message), std::move(hint));
}

}  // namespace wallet
