// How a command ends, as the shell sees it. Scripts branch on these numbers: they never change
// their meaning, and `labor help exit-codes` prints this table.

#pragma once

#include <span>
#include <string_view>

namespace wallet {

enum class Exit {
  succeeded = 0,
  unexpected = 1,
  usage = 2,
  cancelled = 3,
  key = 4,
  failed = 5,
  refused = 6,
  unknown = 7,
  expired = 8,
  unreachable = 9,
  unverified = 10,
  interrupted = 130,
};

struct ExitMeaning {
  Exit exit{};
  std::string_view name;
  std::string_view meaning;
};

// In ascending number.
std::span<ExitMeaning const> exit_meanings();

// "usage", "refused", ...: what `code` says in the JSON error.
std::string_view name_of(Exit exit);

}  // namespace wallet
