#include "protocol/governance/spending.h"

#include <algorithm>
#include <map>

#include "protocol/bank/account.h"
#include "protocol/bank/holders.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"

namespace governance {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Asset;
using labor::v1::Spending;

namespace {

constexpr auto cause = "ballot.spend";

std::uint64_t treasury_has(Context const& context, Asset asset) {
  return bank::balance_of(context.state(), bank::treasury_address(), asset).value();
}

// Of the quarter in which `when` lies: a fresh one if nothing was spent in it.
Spending spending_at(Context const& context, Asset asset, protocol::TimeMs when) {
  auto const quarter = when.value() / limits::quarter_ms;
  auto const found = context.find<Spending>(state::keys::spending(asset));
  if (found && found->quarter() == quarter) return *found;
  Spending fresh;
  fresh.set_asset(asset);
  fresh.set_quarter(quarter);
  fresh.set_had(treasury_has(context, asset));
  return fresh;
}

std::expected<std::map<Asset, std::uint64_t>, execution::Failure> sums_of(Spends const& spends) {
  std::map<Asset, std::uint64_t> sums;
  for (auto const& one : spends) {
    if (!protocol::Address::from(one.to())) return fail(labor::v1::TX_STATUS_INVALID_ADDRESS);
    if (one.asset() == labor::v1::ASSET_UNSPECIFIED) {
      return fail(labor::v1::TX_STATUS_INVALID_ASSET);
    }
    if (one.amount() == 0) return fail(labor::v1::TX_STATUS_INVALID_AMOUNT);
    auto const sum = base::sum(sums[one.asset()], one.amount());
    if (!sum) return fail(labor::v1::TX_STATUS_AMOUNT_OVERFLOW);
    sums[one.asset()] = *sum;
  }
  return sums;
}

Done within_quarter(Context const& context, Asset asset, std::uint64_t sum, protocol::TimeMs when) {
  auto const treasury = treasury_has(context, asset);
  if (sum > treasury) {
    return fail(labor::v1::TX_STATUS_INSUFFICIENT_BALANCE, {{"have", treasury}, {"need", sum}});
  }
  auto const spending = spending_at(context, asset, when);
  auto const bps = context.parameter(labor::v1::PARAMETER_SPENDING_BPS);
  auto const most = base::share(spending.had(), bps, limits::bps_of_all);
  auto const left = most - std::min(most, spending.spent());
  if (sum <= left) return {};
  return fail(
      labor::v1::TX_STATUS_QUARTER_SPENT,
      {{"have", left}, {"need", sum}, {"until_ms", (spending.quarter() + 1) * limits::quarter_ms}});
}

}  // namespace

Done may_spend(Context const& context, Spends const& spends, protocol::TimeMs when) {
  TRY(sums, sums_of(spends));
  for (auto const& [asset, sum] : sums) {
    TRY_VOID(within_quarter(context, asset, sum, when));
  }
  return {};
}

Done spend(Context& context, Spends const& spends) {
  for (auto const& one : spends) {
    auto spending = spending_at(context, one.asset(), context.time());
    spending.set_spent(spending.spent() + one.amount());
    context.put(spending, cause);
    TRY_VOID(context.move(bank::treasury_holder(),
                          bank::account_holder(execution::address_in(one.to())), one.asset(),
                          protocol::Amount{one.amount()}, cause));
  }
  return {};
}

}  // namespace governance
