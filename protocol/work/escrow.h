// The money of a milestone, and nothing else of it.
//
//   lock       A + F from client to escrow                F = floor(A * bps / 10000)
//   lock more  x, and what F of the larger A is more
//   release x  x from escrow to talent, and to the treasury what the fee taken grows by;
//              after R of A in all, fee taken = floor(F * R / A), or as much as was taken before
//              A grew, where that is more (by a unit, of rounding)
//   refund     what is left of A and F from escrow to client
//
// Each updates milestone and contract by what it moves; INTERNAL where the two do not hold it. The
// treasury never gains from rounding before the last unit is released, and at R = A the fee taken
// is F exactly.

#pragma once

#include <labor/v1/work.pb.h>

#include <cstdint>

#include "protocol/execution/failure.h"
#include "protocol/work/milestone_machine.h"

namespace work {

std::uint64_t fee_on(std::uint64_t amount, std::uint32_t client_fee_bps);

// Of a milestone: funded and neither released nor refunded yet; the fee on it.
std::uint64_t locked_amount(labor::v1::Milestone const& milestone);
std::uint64_t unearned_fee(labor::v1::Milestone const& milestone);

// INSUFFICIENT_BALANCE {have, need}.
execution::Done lock(MilestoneAct& act);
// So much on top of what was funded, with what the fee on the whole is more.
execution::Done lock_more(MilestoneAct& act, std::uint64_t more);
// `amount` is at most what is locked.
execution::Done release(MilestoneAct& act, std::uint64_t amount);
execution::Done refund(MilestoneAct& act);

}  // namespace work
