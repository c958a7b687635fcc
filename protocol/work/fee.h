// Where an earned fee goes.
//
//   Whoever introduced a side of a contract has a share of the fee for as long as the introduction
//   is young, up to a cap for each account introduced; who vouched for the skill of the talent that
//   was vetted last shares another, while that is young and was not found false; the app that the
//   work comes from has the share that it asked for when it registered; the treasury has the rest.
//   A terms version freezes the shares of the block in which it was made. Of each fee that is
//   earned
//
//     share    floor(fee * bps / 10000), or what the cap leaves, while until_ms (if any) is to come
//     treasury the rest, what has ended with it
//
//   and for what the treasury had, both sides are granted ownership (reward.h).
//
// Invariant: shares, ownership and the treasury's part are together less than the fee, whatever is
// voted: the hard bounds of the parameters see to it (governance/parameters.cc).

#pragma once

#include <labor/v1/work.pb.h>

#include <cstdint>
#include <string_view>

#include "protocol/execution/context.h"

namespace work {

// Who has a share of the fees of a contract between these two, as things are in this block.
void freeze_shares(execution::Context const& context, labor::v1::Offer& offer);

// Out of the escrow of the contract, whose record the caller updates.
execution::Done route_fee(execution::Context& context, labor::v1::Contract const& contract,
                          std::uint64_t fee, std::string_view cause);

}  // namespace work
