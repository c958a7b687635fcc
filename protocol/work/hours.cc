#include "protocol/work/hours.h"

#include <limits>

#include "protocol/bank/account.h"
#include "protocol/bank/pay_asset.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/limits.h"
#include "protocol/work/calendar.h"
#include "protocol/work/contract.h"
#include "protocol/work/escrow.h"
#include "protocol/work/week.h"
#include "protocol/work/week_machine.h"

namespace work {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::HourlyTerms;

namespace limits = protocol::limits;

namespace {

std::uint64_t lock_of(ContractAct const& act) {
  return week_lock(act.contract.hours().terms(), act.contract.frozen().client_fee_bps());
}

bool tops_up(ContractAct const& act) {
  auto const need = lock_of(act);
  auto const client = execution::address_in(act.contract.client());
  auto const asset = act.contract.asset();
  auto const have = bank::balance_of(act.context->state(), client, asset);
  return may_fund_week(act) && bank::must_take_funding(act.context->state(), asset) &&
         act.contract.hours().top_up() >= need && have.value() >= need;
}

}  // namespace

Done apply(Context& context, labor::v1::FundWeek const& message) {
  TRY(act, act_on_contract(context, message.contract()));
  return execution::transition(context, contract_machine(), "fund_week", act, act.contract);
}

Done apply(Context& context, labor::v1::SetTopUp const& message) {
  TRY(act, act_on_contract(context, message.contract()));
  act.amount = message.limit();
  return execution::transition(context, contract_machine(), "set_top_up", act, act.contract);
}

Done check_hourly_terms(Context const& context, HourlyTerms const& terms,
                        std::uint32_t client_fee_bps) {
  constexpr std::uint64_t minutes_max = std::uint64_t{limits::hours_per_week_max} * 60;
  auto const minutes = terms.minutes_per_week();
  if (minutes == 0 || minutes > minutes_max) {
    return fail(labor::v1::TX_STATUS_INVALID_WEEKLY_LIMIT,
                {{"got", minutes}, {"most", minutes_max}});
  }
  if (terms.rate() < limits::hourly_rate_min) {
    return fail(labor::v1::TX_STATUS_AMOUNT_TOO_SMALL,
                {{"got", terms.rate()}, {"least", limits::hourly_rate_min}});
  }
  if (terms.rate() > std::numeric_limits<std::uint64_t>::max() / minutes) {
    return fail(labor::v1::TX_STATUS_AMOUNT_OVERFLOW);
  }
  auto const pay = pay_of(terms, minutes);
  if (!base::sum(pay, fee_on(pay, client_fee_bps))) {
    return fail(labor::v1::TX_STATUS_AMOUNT_OVERFLOW);
  }
  auto const least = context.parameter(labor::v1::PARAMETER_MILESTONE_MIN_USD);
  if (pay >= least) return {};
  return fail(labor::v1::TX_STATUS_AMOUNT_TOO_SMALL, {{"got", pay}, {"least", least}});
}

std::uint64_t week_lock(HourlyTerms const& terms, std::uint32_t client_fee_bps) {
  auto const pay = pay_of(terms, terms.minutes_per_week());
  return pay + fee_on(pay, client_fee_bps);
}

Done is_hourly(ContractAct const& act) {
  return act.contract.has_hours() ? Done{} : fail(labor::v1::TX_STATUS_NOT_HOURLY);
}

Done may_fund_week(ContractAct const& act) {
  TRY_VOID(is_hourly(act));
  auto const& hours = act.contract.hours();
  if (hours.week_ends_at_ms() > act.now.value()) {
    return fail(labor::v1::TX_STATUS_WEEK_ALREADY_FUNDED, {{"until_ms", hours.week_ends_at_ms()}});
  }
  if (hours.disputed() == 0) return {};
  return fail(labor::v1::TX_STATUS_HOURS_DISPUTED, {{"have", hours.disputed()}});
}

Done monday_has_come(ContractAct const& act) {
  return execution::must_have_run_out(act.contract.hours().next_week_ms(), act.now);
}

Done fund_week(ContractAct& act) {
  return open_week(act, false);
}

Done set_top_up(ContractAct& act) {
  auto& hours = *act.contract.mutable_hours();
  hours.set_top_up(act.amount);
  hours.set_next_week_ms(act.amount == 0 ? 0 : next_monday(*act.context).value());
  return {};
}

Done start_week(ContractAct& act) {
  act.contract.mutable_hours()->set_next_week_ms(next_monday(*act.context).value());
  if (!tops_up(act)) return {};
  act.contract.mutable_hours()->set_top_up(act.contract.hours().top_up() - lock_of(act));
  return open_week(act, true);
}

Done skip_week(ContractAct& act) {
  act.contract.mutable_hours()->set_next_week_ms(next_monday(*act.context).value());
  return {};
}

Done stop_hours(ContractAct& act) {
  if (!act.contract.has_hours()) return {};
  act.contract.mutable_hours()->set_top_up(0);
  act.contract.mutable_hours()->set_next_week_ms(0);
  return stop_weeks(act);
}

}  // namespace work
