// Ownership that was granted and is not claimed yet.
//
//   The community pool is LBR set aside at genesis for those who work and hire (work/reward.h says
//   how much for what). A grant leaves it for the account's Vesting, and vests evenly over two
//   years from the end of the period of 30 days in which it was granted:
//
//     vested(t) = floor(granted * min(t - begins, 2 years) / 2 years)
//
//   Grants of one period are one entry, and those that have vested in full are one, so a Vesting
//   has at most 27, however often somebody is paid and however seldom it is claimed. What has
//   vested is claimed into the free balance; until then it cannot be locked, and so has no vote.
//
// Invariant: claimed <= vested <= granted of each entry; the Vesting holds granted - claimed;
// grants of all accounts together are at most the pool.

#pragma once

#include <labor/v1/bank.pb.h>

#include <cstdint>
#include <string_view>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace bank {

// What the pool had at genesis.
inline constexpr std::string_view pool_counter = "ownership.pool";

// `amount` is in the pool: INSUFFICIENT_BALANCE if it is not.
execution::Done grant(execution::Context& context, protocol::Address const& account,
                      protocol::Amount amount, std::string_view cause);

std::uint64_t vested(labor::v1::VestingGrant const& grant, protocol::TimeMs now);
// Of all of it, vested and not claimed.
std::uint64_t claimable(labor::v1::Vesting const& vesting, protocol::TimeMs now);

// NOTHING_VESTED.
execution::Done apply(execution::Context& context, labor::v1::ClaimOwnership const& message);

}  // namespace bank
