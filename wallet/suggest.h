// "Did you mean": the nearest of the names that exist to a name that does not.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wallet {

// Nothing if none is near enough (a third of the longer name's letters) to be a slip of the hand.
std::optional<std::string> nearest(std::string_view wrong, std::span<std::string const> names);

// "Did you mean `show`?", or empty.
std::string did_you_mean(std::string_view wrong, std::span<std::string const> names);

}  // namespace wallet
