#include "protocol/work/escrow.h"

#include <algorithm>

#include "protocol/bank/account.h"
#include "protocol/bank/holders.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"

namespace work {

using execution::Done;
using execution::must_hold;
using labor::v1::Contract;
using labor::v1::Milestone;
using protocol::Amount;

namespace {

labor::v1::Holder escrow_of(Contract const& contract) {
  return bank::escrow_holder(contract.id());
}
labor::v1::Holder client_of(Contract const& contract) {
  return bank::account_holder(execution::address_in(contract.client()));
}
labor::v1::Holder talent_of(Contract const& contract) {
  return bank::account_holder(execution::address_in(contract.talent()));
}

// Both sides have worked with somebody who pays: they stand on their own from now on. The price of
// that is the fee on the smallest milestone there can be: if one unit were enough, one person
// could make members, each with an allowance, without end.
Done welcome(MilestoneAct& act) {
  auto const smallest = act.context->parameter(labor::v1::PARAMETER_MILESTONE_MIN_USD);
  if (act.contract.released() < std::min(smallest, act.milestone.funded())) return {};
  TRY_VOID(bank::become_member(*act.context, execution::address_in(act.contract.client())));
  return bank::become_member(*act.context, execution::address_in(act.contract.talent()));
}

// Nothing is locked in the milestone any more.
Done unlock(MilestoneAct& act) {
  auto& contract = act.contract;
  TRY_VOID(must_hold(contract.milestones_locked() > 0));
  contract.set_milestones_locked(contract.milestones_locked() - 1);
  auto const idle =
      contract.milestones_locked() == 0 && contract.state() == labor::v1::CONTRACT_STATE_ACTIVE;
  if (idle) contract.set_idle_until_ms(act.now.value() + contract.frozen().contract_idle_ms());
  return {};
}

// The milestone holds what its own numbers say, and its contract's escrow at least as much.
Done must_hold_money(MilestoneAct const& act) {
  auto const& milestone = act.milestone;
  auto const gone = base::sum(milestone.released(), milestone.refunded());
  auto const fee_gone = base::sum(milestone.fee_taken(), milestone.fee_returned());
  TRY_VOID(must_hold(gone && *gone < milestone.funded()));
  TRY_VOID(must_hold(fee_gone && *fee_gone <= milestone.fee()));
  auto const held = base::sum(locked_amount(milestone), unearned_fee(milestone));
  return must_hold(held && *held <= act.contract.escrow());
}

}  // namespace

std::uint64_t fee_on(std::uint64_t amount, std::uint32_t client_fee_bps) {
  return base::share(amount, client_fee_bps, protocol::limits::bps_of_all);
}

std::uint64_t locked_amount(Milestone const& milestone) {
  return milestone.funded() - milestone.released() - milestone.refunded();
}

std::uint64_t unearned_fee(Milestone const& milestone) {
  return milestone.fee() - milestone.fee_taken() - milestone.fee_returned();
}

Done lock(MilestoneAct& act) {
  auto& contract = act.contract;
  auto& milestone = act.milestone;
  auto const amount = milestone.amount();
  auto const fee = fee_on(amount, contract.frozen().client_fee_bps());
  auto const total = amount + fee;  // check_terms() has seen to it that the sum fits.
  TRY_VOID(act.context->move(client_of(contract), escrow_of(contract), contract.asset(),
                             Amount{total}, act.cause));
  milestone.set_funded(amount);
  milestone.set_fee(fee);
  contract.set_escrow(contract.escrow() + total);
  contract.set_milestones_locked(contract.milestones_locked() + 1);
  contract.set_idle_until_ms(0);
  return {};
}

Done lock_more(MilestoneAct& act, std::uint64_t more) {
  auto& contract = act.contract;
  auto& milestone = act.milestone;
  auto const amount = milestone.funded() + more;
  auto const fee = fee_on(amount, contract.frozen().client_fee_bps());
  auto const total = more + (fee - milestone.fee());  // check_sum() has seen to it that it fits.
  TRY_VOID(act.context->move(client_of(contract), escrow_of(contract), contract.asset(),
                             Amount{total}, act.cause));
  milestone.set_funded(amount);
  milestone.set_fee(fee);
  contract.set_escrow(contract.escrow() + total);
  return {};
}

Done release(MilestoneAct& act, std::uint64_t amount) {
  auto& contract = act.contract;
  auto& milestone = act.milestone;
  TRY_VOID(must_hold_money(act));
  TRY_VOID(must_hold(amount <= locked_amount(milestone)));
  auto const released = milestone.released() + amount;
  auto const earned = base::share(milestone.fee(), released, milestone.funded());
  auto const fee_taken = std::max(earned, milestone.fee_taken());
  auto const fee = fee_taken - milestone.fee_taken();
  TRY_VOID(act.context->move(escrow_of(contract), talent_of(contract), contract.asset(),
                             Amount{amount}, act.cause));
  TRY_VOID(act.context->move(escrow_of(contract), bank::treasury_holder(), contract.asset(),
                             Amount{fee}, act.cause));
  milestone.set_released(released);
  milestone.set_fee_taken(fee_taken);
  contract.set_escrow(contract.escrow() - amount - fee);
  contract.set_released(contract.released() + amount);
  contract.set_fee_earned(contract.fee_earned() + fee);
  TRY_VOID(welcome(act));
  return locked_amount(milestone) == 0 ? unlock(act) : Done{};
}

Done refund(MilestoneAct& act) {
  auto& contract = act.contract;
  auto& milestone = act.milestone;
  TRY_VOID(must_hold_money(act));
  auto const amount = locked_amount(milestone);
  auto const fee = unearned_fee(milestone);
  TRY_VOID(act.context->move(escrow_of(contract), client_of(contract), contract.asset(),
                             Amount{amount + fee}, act.cause));
  milestone.set_refunded(milestone.refunded() + amount);
  milestone.set_fee_returned(milestone.fee_returned() + fee);
  contract.set_escrow(contract.escrow() - amount - fee);
  return unlock(act);
}

}  // namespace work
