// A bonus: money on top of all that was agreed, from the client's balance to the talent.
//
//   free      share of what the contract has released (limits.h): thanks, at no fee
//   fee       floor(c * bps / 10000) in all, of all c that was paid beyond it, at the frozen rate
//
// It counts for no reward, score or membership: nothing but the contract's own numbers changes.
// Paid in parts it costs the same as at once. What was charged stays charged where later releases
// make the free share larger.

#pragma once

#include "protocol/execution/failure.h"
#include "protocol/work/contract_machine.h"

namespace work {

// AMOUNT_OVERFLOW, INSUFFICIENT_BALANCE {have, need}.
execution::Done pay_bonus(ContractAct& act);

}  // namespace work
