#include "protocol/bank/vesting.h"

#include <algorithm>

#include "protocol/bank/holders.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"

namespace bank {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using labor::v1::Vesting;
using labor::v1::VestingGrant;

namespace {

Vesting vesting_of(Context const& context, protocol::Address const& account) {
  if (auto found = context.find<Vesting>(state::keys::vesting(account))) return *std::move(found);
  Vesting fresh;
  fresh.set_account(account.str());
  return fresh;
}

// Periods end alike for everybody, whatever the day of the first grant.
std::uint64_t end_of_period(protocol::TimeMs now) {
  return (now.value() / limits::vesting_period_ms + 1) * limits::vesting_period_ms;
}

// What has vested in full is alike, whenever it was granted.
void merge_vested(Vesting& vesting, protocol::TimeMs now) {
  auto& grants = *vesting.mutable_grants();
  while (grants.size() > 1 && vested(grants[1], now) == grants[1].granted()) {
    grants[0].set_granted(grants[0].granted() + grants[1].granted());
    grants[0].set_claimed(grants[0].claimed() + grants[1].claimed());
    grants.erase(grants.begin() + 1);
  }
}

}  // namespace

std::uint64_t vested(VestingGrant const& grant, protocol::TimeMs now) {
  if (now.value() <= grant.begins_ms()) return 0;
  auto const since = std::min(now.value() - grant.begins_ms(), limits::vesting_ms);
  return base::share(grant.granted(), since, limits::vesting_ms);
}

std::uint64_t claimable(Vesting const& vesting, protocol::TimeMs now) {
  std::uint64_t sum = 0;
  for (auto const& grant : vesting.grants()) sum += vested(grant, now) - grant.claimed();
  return sum;
}

Done grant(Context& context, protocol::Address const& account, protocol::Amount amount,
           std::string_view cause) {
  if (amount.value() == 0) return {};
  TRY_VOID(
      context.move(pool_holder(), vesting_holder(account), labor::v1::ASSET_LBR, amount, cause));
  auto vesting = vesting_of(context, account);
  auto const begins = end_of_period(context.time());
  merge_vested(vesting, context.time());
  auto& grants = *vesting.mutable_grants();
  if (grants.empty() || grants.rbegin()->begins_ms() != begins) {
    grants.Add()->set_begins_ms(begins);
  }
  grants.rbegin()->set_granted(grants.rbegin()->granted() + amount.value());
  context.put(vesting, cause);
  return {};
}

Done apply(Context& context, labor::v1::ClaimOwnership const&) {
  auto vesting = vesting_of(context, context.sender());
  auto const amount = claimable(vesting, context.time());
  if (amount == 0) return execution::fail(labor::v1::TX_STATUS_NOTHING_VESTED);
  constexpr std::string_view cause = "ownership.claim";
  TRY_VOID(context.move(vesting_holder(context.sender()), account_holder(context.sender()),
                        labor::v1::ASSET_LBR, protocol::Amount{amount}, cause));
  auto& grants = *vesting.mutable_grants();
  for (auto& grant : grants) grant.set_claimed(vested(grant, context.time()));
  auto const spent = [](VestingGrant const& grant) { return grant.claimed() == grant.granted(); };
  grants.erase(std::remove_if(grants.begin(), grants.end(), spent), grants.end());
  if (grants.empty()) {
    context.remove(vesting, cause);
  } else {
    context.put(vesting, cause);
  }
  return {};
}

}  // namespace bank
