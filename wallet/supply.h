// What a supply is made of: each place that holds an asset, by name.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace wallet {

// All of them, in the order in which they are shown.
std::vector<std::pair<std::string_view, std::uint64_t>> holders_of(labor::v1::SupplyRow const& row);

// Of all holders: the supply, or somebody has money that there is not.
std::uint64_t held(labor::v1::SupplyRow const& row);

}  // namespace wallet
