// Contributions: what a person's work and hiring have brought the network, in fees.
//
//   counted  the fee of every payout under a contract between attested persons whom nothing
//            connects (mandates::connected), for both sides; of a team's, each member and the
//            client with the part that is the member's
//
// Invariant: lost <= fees.

#pragma once

#include <labor/v1/work.pb.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/types.h"
#include "protocol/work/payout.h"

namespace work {

// The account's record, or a fresh one with nothing in it.
labor::v1::Contribution contribution_of(state::Reader const& state,
                                        protocol::Address const& account);

// Whoever works under the contract and counts: attested as the client is, and a stranger to it.
std::vector<Worker> strangers_under(state::Reader const& state,
                                    labor::v1::Contract const& contract);

// Of a fee that was earned. AMOUNT_OVERFLOW.
execution::Done count_fee(execution::Context& context, labor::v1::Contract const& contract,
                          std::vector<Worker> const& strangers, std::uint64_t fee,
                          std::string_view cause);

}  // namespace work
