// Weeks: the money of hourly work. week_machine.h has the rows, calendar.h says when they begin.
//
//   open      locks A, the pay of the weekly limit, and F = floor(A * bps / 10000)
//   logged    pay = floor(rate * minutes / 60) of the sum of a week's entries, never more than A
//   an end    pays that with its fee and returns the rest
//   disputed  what the entries named add to the pay stays locked; all else is paid or returned
//
// Invariant: hours that could be logged were funded before; a week pays no later than the Saturday
// after it, unless the client disputes, and the block itself does it.

#pragma once

#include <labor/v1/hours.pb.h>
#include <labor/v1/justice.pb.h>
#include <labor/v1/work.pb.h>

#include "protocol/execution/context.h"
#include "protocol/work/contract_machine.h"

namespace work {

// Refused in this order: INVALID_HASH, TEXT_TOO_LONG, TEXT_MISSING; CONTRACT_NOT_FOUND,
// WEEK_NOT_FOUND; NOT_YOUR_CONTRACT; DEADLINE_PASSED {until_ms}; WRONG_STATE; ENTRY_NOT_FOUND
// {entry}, TOO_MANY_ENTRIES {have, most}, HOURS_OUTSIDE_WEEK {got, most},
// CONTRACT_PAUSED {until_ms}, HOURS_OVER_LIMIT {got, most} minutes.
execution::Done apply(execution::Context& context, labor::v1::LogHours const& message);
execution::Done apply(execution::Context& context, labor::v1::ApproveWeek const& message);

// The clock of the week has run out.
execution::Done fire(execution::Context& context, labor::v1::Week const& week);

// ---- for disputes ----

// The week's side of it: refused as any act is, ENTRY_NOT_FOUND {entry}.
execution::Done dispute_hours(execution::Context& context, labor::v1::DisputeHours const& message,
                              std::uint64_t dispute);
// Pays `to_talent` of what is locked and returns the rest.
execution::Done end_dispute(execution::Context& context, labor::v1::Week const& week,
                            std::uint64_t to_talent);

// ---- for contracts ----

// From now until Monday; `topped_up` by what the client has signed for weeks to come.
// INSUFFICIENT_BALANCE {have, need}.
execution::Done open_week(ContractAct& act, bool topped_up);
// The contract ends: what is open is reviewed at once.
execution::Done stop_weeks(ContractAct& act);

}  // namespace work
