// Who gets what a talent is paid: the talent, or the members of a team, as the terms froze it.
//
//   member   floor(amount * bps / 10000)
//   team     what rounding leaves: less than a unit a member
//
// Invariant: the sum is the amount.

#pragma once

#include <labor/v1/work.pb.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace work {

// From a holder of the contract's asset to whoever is paid under the contract. What members get has
// the cause "team.share": it is theirs, under a contract that is the team's.
execution::Done pay_talent(execution::Context& context, labor::v1::Contract const& contract,
                           labor::v1::Holder const& from, std::uint64_t amount,
                           std::string_view cause);

// Whoever works under it, and the part of what is paid that is theirs; the team's account, which
// has none, comes first.
struct Worker {
  protocol::Address account{};
  std::uint32_t bps = 0;
};
std::vector<Worker> workers(labor::v1::Contract const& contract);

}  // namespace work
