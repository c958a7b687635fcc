// Reads the lines of consensus/shell/trace.h, which say what a runner was given and what it did.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sim {

// The items of one group of an output line: "kind=[item; item]" gives both for "kind".
std::vector<std::string_view> items_of(std::string_view line, std::string_view group);

// The number of the first field of this name: 7 for "v" in "vote e=0 v=7".
std::optional<std::uint64_t> number_in(std::string_view words, std::string_view name);

}  // namespace sim
