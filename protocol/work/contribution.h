// Contributions: what a person's work and hiring have brought the network, in fees.
//
//   counted  the fee of every payout under a contract between attested persons whom nothing
//            connects (mandates::connected), for both sides; of a team's, each member and the
//            client with the part that is the member's
//
// Of the last year it keeps the fees by periods of 30 days, and the last two persons they came
// from: what the members' house asks for (governance/enrolment.h).
//
// Invariant: lost <= fees; at most 14 periods, ascending; at most counterparties_min
// counterparties, all different.

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

// Fees of the last 365 days, the oldest period counted whole.
std::uint64_t fees_of_last_year(labor::v1::Contribution const& contribution, protocol::TimeMs now);

// Different persons they came from, as far as they are counted: limits::counterparties_min.
std::uint64_t counterparties_of_last_year(labor::v1::Contribution const& contribution,
                                          protocol::TimeMs now);

// Whoever works under the contract and counts: attested as the client is, and a stranger to it.
std::vector<Worker> strangers_under(state::Reader const& state,
                                    labor::v1::Contract const& contract);

// Of a fee that was earned. AMOUNT_OVERFLOW.
execution::Done count_fee(execution::Context& context, labor::v1::Contract const& contract,
                          std::vector<Worker> const& strangers, std::uint64_t fee,
                          std::string_view cause);

}  // namespace work
