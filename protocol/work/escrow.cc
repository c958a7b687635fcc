#include "protocol/work/escrow.h"

#include <algorithm>

#include "protocol/bank/account.h"
#include "protocol/bank/holders.h"
#include "protocol/bank/pay_asset.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/work/fee.h"
#include "protocol/work/payout.h"

namespace work {

using execution::Done;
using execution::must_hold;
using labor::v1::Contract;
using protocol::Amount;

namespace {

labor::v1::Holder escrow_of(Contract const& contract) {
  return bank::escrow_holder(contract.id());
}
labor::v1::Holder client_of(Contract const& contract) {
  return bank::account_holder(execution::address_in(contract.client()));
}

// Both sides have worked with somebody who pays: they stand on their own from now on. The price of
// that is the fee on the smallest milestone there can be: if one unit were enough, one person
// could make members, each with an allowance, without end.
template <class Part>
Done welcome(Purse<Part> const& purse) {
  auto const smallest = purse.context.parameter(labor::v1::PARAMETER_MILESTONE_MIN_USD);
  if (purse.contract.released() < std::min(smallest, purse.part.funded())) return {};
  TRY_VOID(bank::become_member(purse.context, execution::address_in(purse.contract.client())));
  for (auto const& worker : workers(purse.contract)) {
    TRY_VOID(bank::become_member(purse.context, worker.account));
  }
  return {};
}

// Moves `amount` out of escrow.
template <class Part>
Done pay(Purse<Part> const& purse, labor::v1::Holder const& to, std::uint64_t amount) {
  purse.contract.set_escrow(purse.contract.escrow() - amount);
  return purse.context.move(escrow_of(purse.contract), to, purse.contract.asset(), Amount{amount},
                            purse.cause);
}

// Nothing is locked in the part any more, but perhaps some of its fee.
template <class Part>
Done unlock(Purse<Part> const& purse) {
  auto& contract = purse.contract;
  auto const fee = unearned_fee(purse.part);
  TRY_VOID(pay(purse, client_of(contract), fee));
  purse.part.set_fee_returned(purse.part.fee_returned() + fee);
  TRY_VOID(must_hold(contract.parts_locked() > 0));
  contract.set_parts_locked(contract.parts_locked() - 1);
  auto const goes_on = contract.state() == labor::v1::CONTRACT_STATE_ACTIVE ||
                       contract.state() == labor::v1::CONTRACT_STATE_PAUSED;
  auto const idle = contract.parts_locked() == 0 && goes_on;
  if (idle) contract.set_idle_until_ms(purse.now.value() + contract.frozen().contract_idle_ms());
  return {};
}

// The part holds what its own numbers say, `amount` at least, and its contract's escrow as much.
template <class Part>
Done must_hold_money(Purse<Part> const& purse, std::uint64_t amount) {
  auto const& part = purse.part;
  auto const gone = base::sum(part.released(), part.refunded());
  auto const fee_gone = base::sum(part.fee_taken(), part.fee_returned());
  TRY_VOID(must_hold(gone && *gone < part.funded() && amount <= part.funded() - *gone));
  TRY_VOID(must_hold(fee_gone && *fee_gone <= part.fee()));
  auto const held = base::sum(locked_amount(part), unearned_fee(part));
  return must_hold(held && *held <= purse.contract.escrow());
}

}  // namespace

std::uint64_t fee_on(std::uint64_t amount, std::uint32_t client_fee_bps) {
  return base::share(amount, client_fee_bps, protocol::limits::bps_of_all);
}

template <class Part>
Done lock(Purse<Part> purse, std::uint64_t amount) {
  auto& contract = purse.contract;
  TRY_VOID(bank::must_take_funding(purse.context.state(), contract.asset()));
  auto const fee = fee_on(amount, contract.frozen().client_fee_bps());
  auto const total = amount + fee;  // check_terms() has seen to it that the sum fits.
  TRY_VOID(purse.context.move(client_of(contract), escrow_of(contract), contract.asset(),
                              Amount{total}, purse.cause));
  purse.part.set_funded(amount);
  purse.part.set_fee(fee);
  contract.set_escrow(contract.escrow() + total);
  contract.set_parts_locked(contract.parts_locked() + 1);
  contract.set_idle_until_ms(0);
  return {};
}

template <class Part>
Done lock_more(Purse<Part> purse, std::uint64_t more) {
  auto& contract = purse.contract;
  TRY_VOID(bank::must_take_funding(purse.context.state(), contract.asset()));
  auto const amount = purse.part.funded() + more;
  auto const fee = fee_on(amount, contract.frozen().client_fee_bps());
  auto const total = more + (fee - purse.part.fee());  // check_sum() has seen to it that it fits.
  TRY_VOID(purse.context.move(client_of(contract), escrow_of(contract), contract.asset(),
                              Amount{total}, purse.cause));
  purse.part.set_funded(amount);
  purse.part.set_fee(fee);
  contract.set_escrow(contract.escrow() + total);
  return {};
}

template <class Part>
Done release(Purse<Part> purse, std::uint64_t amount) {
  auto& contract = purse.contract;
  auto& part = purse.part;
  TRY_VOID(must_hold_money(purse, amount));
  auto const released = part.released() + amount;
  auto const earned = base::share(part.fee(), released, part.funded());
  auto const fee_taken = std::max(earned, part.fee_taken());
  auto const fee = fee_taken - part.fee_taken();
  contract.set_escrow(contract.escrow() - amount - fee);
  TRY_VOID(pay_talent(purse.context, contract, escrow_of(contract), amount, purse.cause));
  TRY_VOID(route_fee(purse.context, contract, fee, purse.cause));
  part.set_released(released);
  part.set_fee_taken(fee_taken);
  contract.set_released(contract.released() + amount);
  contract.set_fee_earned(contract.fee_earned() + fee);
  TRY_VOID(welcome(purse));
  return locked_amount(part) == 0 ? unlock(purse) : Done{};
}

template <class Part>
Done refund(Purse<Part> purse, std::uint64_t amount) {
  auto& part = purse.part;
  TRY_VOID(must_hold_money(purse, amount));
  auto const refunded = part.refunded() + amount;
  auto const all = amount == locked_amount(part);
  auto const returned = base::share(part.fee(), refunded, part.funded());
  auto const fee = all ? unearned_fee(part) : returned - part.fee_returned();
  TRY_VOID(pay(purse, client_of(purse.contract), amount + fee));
  part.set_refunded(refunded);
  part.set_fee_returned(part.fee_returned() + fee);
  return all ? unlock(purse) : Done{};
}

template <class Part>
Done divide(Purse<Part> purse, std::uint64_t to_talent) {
  auto const back = locked_amount(purse.part) - to_talent;
  if (to_talent > 0) TRY_VOID(release(purse, to_talent));
  return back > 0 ? refund(purse, back) : Done{};
}

template Done lock(Purse<labor::v1::Milestone>, std::uint64_t);
template Done lock_more(Purse<labor::v1::Milestone>, std::uint64_t);
template Done release(Purse<labor::v1::Milestone>, std::uint64_t);
template Done refund(Purse<labor::v1::Milestone>, std::uint64_t);
template Done divide(Purse<labor::v1::Milestone>, std::uint64_t);

template Done lock(Purse<labor::v1::Week>, std::uint64_t);
template Done release(Purse<labor::v1::Week>, std::uint64_t);
template Done refund(Purse<labor::v1::Week>, std::uint64_t);

}  // namespace work
