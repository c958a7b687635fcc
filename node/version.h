// The version of this software, as peers, clients and people are told it.

#pragma once

#include <string_view>

namespace node {

inline constexpr std::string_view version = "0.1.0";

}  // namespace node
