// Features: changes of the rules that a ballot turns on from a height (governance/upgrade.h). Code
// asks holds(); a node that lacks one that will hold stops before its height, for it would execute
// that block wrongly.
//
// A number is given once and means the same for good: blocks of all times are executed by it.

#pragma once

#include <labor/v1/governance.pb.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "protocol/state/reader.h"
#include "protocol/types.h"

namespace execution {

enum class Feature : std::uint32_t {
  votes_leave = 1,
};

struct FeatureRow {
  Feature feature{};
  std::string_view name;
  std::string_view what;
};

// Of this software, ascending.
std::span<FeatureRow const> known_features();

// Whether it holds for the block at `height`.
bool holds(state::Reader const& state, Feature feature, protocol::Height height);

// The first that will hold for the block at `height` or holds already and is none of `known`.
std::optional<labor::v1::Feature> lacking(state::Reader const& state, protocol::Height height,
                                          std::span<FeatureRow const> known);

// What is missing, from where on, and what to do: a sentence for operators.
std::string explain_lack(labor::v1::Feature const& feature);

}  // namespace execution
