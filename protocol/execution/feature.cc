#include "protocol/execution/feature.h"

#include <algorithm>

#include "protocol/execution/context.h"
#include "protocol/state/keys.h"

namespace execution {
namespace {

constexpr FeatureRow rows[] = {
    {Feature::votes_leave, "votes_leave",
     "votes leave the state 90 days after their ballot is over"},
};

labor::v1::Features decided(state::Reader const& state) {
  return find_record<labor::v1::Features>(state, state::keys::features())
      .value_or(labor::v1::Features{});
}

}  // namespace

std::span<FeatureRow const> known_features() {
  return rows;
}

bool holds(state::Reader const& state, Feature feature, protocol::Height height) {
  return std::ranges::any_of(decided(state).features(), [&](auto const& one) {
    return one.number() == static_cast<std::uint32_t>(feature) && one.height() <= height.value();
  });
}

std::optional<labor::v1::Feature> lacking(state::Reader const& state, protocol::Height height,
                                          std::span<FeatureRow const> known) {
  auto const all = decided(state);
  for (auto const& one : all.features()) {
    auto const is_known = std::ranges::any_of(known, [&](FeatureRow const& row) {
      return static_cast<std::uint32_t>(row.feature) == one.number();
    });
    if (!is_known && one.height() <= height.value()) return one;
  }
  return std::nullopt;
}

std::string explain_lack(labor::v1::Feature const& feature) {
  return "ballot " + std::to_string(feature.ballot()) + " has turned on feature " +
         std::to_string(feature.number()) + " (" + feature.name() + ") from block " +
         std::to_string(feature.height()) +
         " on, and this software does not have it: install version " + feature.version() +
         " or later and start again";
}

}  // namespace execution
