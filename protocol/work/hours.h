// Contracts that are paid by the hour: how their weeks are funded. contract_machine.h has the rows.
//
//   fund_week    the client locks a week from now until Monday
//   set_top_up   from Monday on weeks lock by themselves, until the limit that the client has
//   signed
//                is used up, or a week ends in which nothing was logged; what else a week returns
//                counts again
//   week_starts  Monday 00:00: locks if limit and balance suffice and nothing is disputed;
//   otherwise
//                there is no week to log hours in, and the next Monday tries again; while the
//                contract is paused no week locks
//
// Funded hours are guaranteed hours: nothing can be logged that is not locked.

#pragma once

#include <labor/v1/hours.pb.h>

#include "protocol/execution/context.h"
#include "protocol/work/contract_machine.h"

namespace work {

// CONTRACT_NOT_FOUND, NOT_YOUR_CONTRACT, DEADLINE_PASSED {until_ms}, CONTRACT_NOT_ACTIVE,
// CONTRACT_PAUSED; NOT_HOURLY, WEEK_ALREADY_FUNDED {until_ms}, HOURS_DISPUTED {have};
// INSUFFICIENT_BALANCE {have, need}.
execution::Done apply(execution::Context& context, labor::v1::FundWeek const& message);
// The same but for what follows NOT_HOURLY.
execution::Done apply(execution::Context& context, labor::v1::SetTopUp const& message);

// INVALID_WEEKLY_LIMIT {got, most}, AMOUNT_TOO_SMALL {got, least}: the hour, or the pay of a week;
// AMOUNT_OVERFLOW: a week's pay with its fee.
execution::Done check_hourly_terms(execution::Context const& context,
                                   labor::v1::HourlyTerms const& terms,
                                   std::uint32_t client_fee_bps);

// What a week of these terms locks, fee included.
std::uint64_t week_lock(labor::v1::HourlyTerms const& terms, std::uint32_t client_fee_bps);

// ---- guards and effects of the contract's table ----

execution::Done is_hourly(ContractAct const& act);
execution::Done may_fund_week(ContractAct const& act);
execution::Done monday_has_come(ContractAct const& act);

execution::Done fund_week(ContractAct& act);
execution::Done set_top_up(ContractAct& act);
execution::Done start_week(ContractAct& act);
// While the contract is paused.
execution::Done skip_week(ContractAct& act);
// No weeks any more: those open are reviewed at once.
execution::Done stop_hours(ContractAct& act);

}  // namespace work
