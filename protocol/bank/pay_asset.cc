#include "protocol/bank/pay_asset.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/state/keys.h"

namespace bank {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Asset;
using labor::v1::AssetChange;
using labor::v1::PayAsset;

namespace {

Done must_be_pay_asset(Asset asset) {
  return asset == labor::v1::ASSET_USD ? Done{} : fail(labor::v1::TX_STATUS_INVALID_ASSET);
}

bool is_closed(state::Reader const& state, Asset asset) {
  auto const known = execution::find_record<PayAsset>(state, state::keys::pay_asset(asset));
  return known && known->closed();
}

}  // namespace

Done must_take_funding(state::Reader const& state, Asset asset) {
  TRY_VOID(must_be_pay_asset(asset));
  return is_closed(state, asset) ? fail(labor::v1::TX_STATUS_ASSET_CLOSED) : Done{};
}

Done may_make(Context const& context, AssetChanges const& changes) {
  return execution::must_each_be(
      changes, labor::v1::TX_STATUS_ACTION_TWICE,
      [](AssetChange const& change) { return std::to_string(change.asset()); },
      [&](AssetChange const& change) -> Done {
        TRY_VOID(must_be_pay_asset(change.asset()));
        auto const changes_it = is_closed(context.state(), change.asset()) != change.close();
        return changes_it ? Done{} : fail(labor::v1::TX_STATUS_NOTHING_TO_CHANGE);
      });
}

void make(Context& context, AssetChanges const& changes) {
  for (auto const& change : changes) {
    PayAsset asset;
    asset.set_asset(change.asset());
    asset.set_closed(change.close());
    context.put(asset, "ballot.execute");
  }
}

}  // namespace bank
