// From the validators that are known to those of later epochs, boundary block after boundary block:
//
//   known set of e -> finalization of the boundary block -> its header -> next_set_hash -> set of
//   e+1
//
// A node can hold changes back, and is found out when a proof of its own needs them. It can invent
// none: each is signed by q validators of the epoch that it ends.
//
// A failure is UNVERIFIED (exit 10) with the reason of the step that failed; what was proved before
// it stays known.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <cstdint>
#include <functional>

#include "protocol/types.h"
#include "wallet/light/trust.h"
#include "wallet/problem.h"

namespace wallet {

// A page of GetEpochs; more in an answer is refused.
inline constexpr std::uint32_t epoch_changes_per_page = 64;

// The end of `epoch`, whose validators are known; those of the next are then known too.
Result<void> take_change(Trust& trust, protocol::Epoch epoch, labor::v1::EpochChange const& change);

using AskEpochs =
    std::function<Result<labor::v1::GetEpochsResponse>(labor::v1::GetEpochsRequest const&)>;

// Asks until the validators of `wanted` are known. Every answer must bring a change, so this ends:
// there are no more than the chain has.
Result<void> follow_epochs(Trust& trust, protocol::Epoch wanted, AskEpochs const& ask);

}  // namespace wallet
