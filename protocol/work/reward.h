// Ownership for work: each fee that reached the treasury grants LBR from the community pool to both
// sides of the contract it was earned under, one half to each:
//
//   worth    floor(fee * ownership_bps / 10000)                in the contract's asset; at most
//   half LBR      floor(worth / 2 * 10^6 / reference rate)          of each side granted  floor(LBR
//   * what is left in the pool / what it had at genesis); never half the pool
//
// Of a team each member has the part that is the member's, and the client as much with each.
//
// Only attested persons are granted anything, and only where nothing connects them: those whose
// contribution counts (contribution.h). Whoever trades with oneself loses more than half
// of the fee, and the rest is paid out over two years.

#pragma once

#include <labor/v1/work.pb.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/work/payout.h"

namespace work {

execution::Done reward(execution::Context& context, labor::v1::Contract const& contract,
                       std::vector<Worker> const& strangers, std::uint64_t fee,
                       std::string_view cause);

}  // namespace work
