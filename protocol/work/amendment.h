// Amendments: how the terms of a contract change, once both sides have signed the same change.
//
//   planned    anything, or dropped
//   funded     more money, which the client locks with its fee as it is agreed; more days
//   new        planned, after the last
//   hourly     another rate or limit, from the next week on
//
//   amendment hash = BLAKE2b-256[LBRamend1](contract id (8) || amendments agreed before (4) ||
//                    OfferAmendment in the canonical encoding)
//
// Integers big-endian. The parameters that the contract froze stay. What was possible when it was
// offered is asked again when it is agreed: meanwhile a milestone may have been delivered.

#pragma once

#include <labor/v1/work.pb.h>

#include "protocol/execution/context.h"
#include "protocol/types.h"
#include "protocol/work/contract_machine.h"

namespace work {

// INVALID_TERMS (none, not ascending, or of another kind than the contract is), TEXT_TOO_LONG,
// TEXT_MISSING, AMOUNT_TOO_SMALL {got, least}, INVALID_DUE_DAYS {got, most}; the contract;
// MILESTONE_NOT_FOUND: beyond the next one; who, clock, state; TOO_MANY_MILESTONES,
// AMOUNT_OVERFLOW, MILESTONE_NOT_AMENDABLE {milestone}.
execution::Done apply(execution::Context& context, labor::v1::OfferAmendment const& message);
// AMENDMENT_NOT_OFFERED.
execution::Done apply(execution::Context& context, labor::v1::WithdrawAmendment const& message);
// NOT_YOUR_TURN: it is your own. AMENDMENT_NOT_OFFERED, AMENDMENT_CHANGED, and as when offered;
// INSUFFICIENT_BALANCE {have, need} of the client.
execution::Done apply(execution::Context& context, labor::v1::AgreeAmendment const& message);

// Of what this contract would become by these changes.
protocol::Hash amendment_hash(labor::v1::Contract const& contract,
                              labor::v1::OfferAmendment const& changes);

// What is offered to this contract, as it was said and is hashed.
labor::v1::OfferAmendment offered_amendment(labor::v1::Contract const& contract);

// ---- effects of the contract's table ----

execution::Done note_amendment(ContractAct& act);
execution::Done make_amendment(ContractAct& act);

}  // namespace work
