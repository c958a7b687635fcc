#include "protocol/work/bonus.h"

#include <algorithm>

#include "protocol/bank/account.h"
#include "protocol/bank/holders.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/work/escrow.h"
#include "protocol/work/payout.h"

namespace work {

using execution::Done;
using execution::fail;
using protocol::Amount;

namespace limits = protocol::limits;

namespace {

// Of `amount`, paid now: how much is beyond the free share, and the fee on it.
struct BonusPrice {
  std::uint64_t charged = 0;
  std::uint64_t fee = 0;
};

BonusPrice bonus_price(labor::v1::Contract const& contract, std::uint64_t amount) {
  auto const free = base::share(contract.released(), limits::bonus_free_bps, limits::bps_of_all);
  auto const used = contract.bonus() - contract.bonus_charged();
  auto const left = free - std::min(free, used);
  auto const charged = amount - std::min(amount, left);
  auto const fee = fee_on(contract.bonus_charged() + charged, contract.frozen().client_fee_bps());
  return {.charged = charged, .fee = fee - contract.bonus_fee()};
}

}  // namespace

Done pay_bonus(ContractAct& act) {
  auto& contract = act.contract;
  auto const paid = base::sum(contract.bonus(), act.amount);
  if (!paid) return fail(labor::v1::TX_STATUS_AMOUNT_OVERFLOW);
  auto const price = bonus_price(contract, act.amount);
  auto const need = base::sum(act.amount, price.fee);
  if (!need) return fail(labor::v1::TX_STATUS_AMOUNT_OVERFLOW);
  auto const client = execution::address_in(contract.client());
  auto const have = bank::balance_of(act.context->state(), client, contract.asset()).value();
  if (have < *need) {
    return fail(labor::v1::TX_STATUS_INSUFFICIENT_BALANCE, {{"have", have}, {"need", *need}});
  }
  auto const from = bank::account_holder(client);
  TRY_VOID(pay_talent(*act.context, contract, from, act.amount, act.cause));
  TRY_VOID(act.context->move(from, bank::treasury_holder(), contract.asset(), Amount{price.fee},
                             act.cause));
  contract.set_bonus(*paid);
  contract.set_bonus_charged(contract.bonus_charged() + price.charged);
  contract.set_bonus_fee(contract.bonus_fee() + price.fee);
  return {};
}

}  // namespace work
