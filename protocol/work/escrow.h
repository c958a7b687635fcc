// The money of a part of a contract, a milestone or a week, and nothing else of it.
//
//   lock A     A + F from client to escrow                F = floor(A * bps / 10000)
//   lock more  x, and what F of the larger A is more
//   release x  x from escrow to the talent (payout.h), and where fees go (fee.h) what the fee taken
//   grows by;
//              after R of A in all, fee taken = floor(F * R / A), or as much as was taken before
//              A grew, where that is more (by a unit, of rounding)
//   refund x   x from escrow to client, and what the fee returned grows by; after B of A in all,
//              fee returned = floor(F * B / A)
//
// Whatever leaves nothing locked returns what is left of F, too. Each updates part and contract by
// what it moves; INTERNAL where the two do not hold it. The treasury never gains from rounding
// before the last unit is released, and at R = A the fee taken is F exactly.

#pragma once

#include <labor/v1/work.pb.h>

#include <cstdint>
#include <string_view>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace work {

std::uint64_t fee_on(std::uint64_t amount, std::uint32_t client_fee_bps);

// Of a milestone or week: funded and neither released nor refunded yet; the fee on it.
template <class Part>
std::uint64_t locked_amount(Part const& part) {
  return part.funded() - part.released() - part.refunded();
}
template <class Part>
std::uint64_t unearned_fee(Part const& part) {
  return part.fee() - part.fee_taken() - part.fee_returned();
}

// A part that acts, and the contract that counts it. References into the act.
template <class Part>
struct Purse {
  execution::Context& context;
  protocol::TimeMs now;
  labor::v1::Contract& contract;
  Part& part;
  std::string_view cause;
};

// These are there for milestones; lock, release and refund for weeks too.

// ASSET_CLOSED, INSUFFICIENT_BALANCE {have, need}.
template <class Part>
execution::Done lock(Purse<Part> purse, std::uint64_t amount);
// So much on top of what was funded, with what the fee on the whole is more.
template <class Part>
execution::Done lock_more(Purse<Part> purse, std::uint64_t more);
// `amount` is at most what is locked.
template <class Part>
execution::Done release(Purse<Part> purse, std::uint64_t amount);
template <class Part>
execution::Done refund(Purse<Part> purse, std::uint64_t amount);
// `to_talent` of what is locked, and the rest back.
template <class Part>
execution::Done divide(Purse<Part> purse, std::uint64_t to_talent);

}  // namespace work
