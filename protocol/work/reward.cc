#include "protocol/work/reward.h"

#include <algorithm>

#include "protocol/bank/account.h"
#include "protocol/bank/holders.h"
#include "protocol/bank/vesting.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"

namespace work {

using execution::Context;
using execution::Done;
using protocol::Amount;

namespace limits = protocol::limits;

namespace {

__extension__ using u128 = unsigned __int128;

constexpr std::uint64_t whole_lbr = 1'000'000;  // Minor units.

// For what is worth so much, minor units of LBR, of a pool that has so much left: less than half.
std::uint64_t in_lbr(Context const& context, std::uint64_t worth, std::uint64_t left) {
  auto const rate = context.parameter(labor::v1::PARAMETER_LBR_RATE_USD);
  auto const full = std::min(u128{worth} * whole_lbr / rate, u128{left / 2});
  auto const at_genesis = context.counter(bank::pool_counter);
  // Anybody may give to the pool: no more than in full.
  return base::share(static_cast<std::uint64_t>(full), std::min(left, at_genesis), at_genesis);
}

}  // namespace

Done reward(Context& context, labor::v1::Contract const& contract,
            std::vector<Worker> const& strangers, std::uint64_t fee, std::string_view cause) {
  auto const worth = base::share(fee, contract.frozen().ownership_bps(), limits::bps_of_all);
  if (worth == 0 || strangers.empty()) return {};
  auto const left = bank::pool_balance(context.state()).value();
  if (left == 0 || context.counter(bank::pool_counter) == 0) return {};
  auto const client = execution::address_in(contract.client());
  auto const each = in_lbr(context, worth / 2, left);
  for (auto const& worker : strangers) {
    auto const part = Amount{base::share(each, worker.bps, limits::bps_of_all)};
    if (part.value() == 0) continue;
    TRY_VOID(bank::grant(context, client, part, cause));
    TRY_VOID(bank::grant(context, worker.account, part, cause));
  }
  return {};
}

}  // namespace work
