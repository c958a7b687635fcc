#include "protocol/governance/upgrade.h"

#include <algorithm>

#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/talent/handle.h"

namespace governance {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Feature;
using labor::v1::Features;
using labor::v1::Upgrade;

namespace {

Features features_of(Context const& context) {
  return context.find<Features>(state::keys::features()).value_or(Features{});
}

bool well_formed(Upgrade const& upgrade) {
  auto const& version = upgrade.version();
  auto const printable = std::ranges::all_of(version, [](char c) { return c > ' ' && c <= '~'; });
  return upgrade.feature() >= 1 && upgrade.feature() <= limits::features_max &&
         talent::is_handle(upgrade.name()) && !version.empty() && printable &&
         version.size() <= limits::version_bytes_max &&
         upgrade.blocks() >= limits::upgrade_blocks_min &&
         upgrade.blocks() <= limits::upgrade_blocks_max;
}

}  // namespace

Done may_schedule(Context const& context, Upgrades const& upgrades) {
  if (upgrades.empty()) return {};
  auto const known = features_of(context);
  return execution::must_each_be(
      upgrades, labor::v1::TX_STATUS_ACTION_TWICE,
      [](Upgrade const& upgrade) { return std::to_string(upgrade.feature()); },
      [&](Upgrade const& upgrade) -> Done {
        if (!well_formed(upgrade)) return fail(labor::v1::TX_STATUS_INVALID_UPGRADE);
        auto const exists = std::ranges::find(known.features(), upgrade.feature(),
                                              &Feature::number) != known.features().end();
        return exists ? fail(labor::v1::TX_STATUS_UPGRADE_EXISTS) : Done{};
      });
}

void schedule(Context& context, Upgrades const& upgrades, std::uint64_t ballot) {
  if (upgrades.empty()) return;
  auto features = features_of(context);
  for (auto const& upgrade : upgrades) {
    auto& feature = *features.add_features();
    feature.set_number(upgrade.feature());
    feature.set_name(upgrade.name());
    feature.set_version(upgrade.version());
    feature.set_height(context.height().value() + upgrade.blocks());
    feature.set_ballot(ballot);
  }
  std::ranges::sort(*features.mutable_features(), {}, &Feature::number);
  context.put(features, "ballot.execute");
}

}  // namespace governance
