#include "protocol/work/week.h"

#include <expected>

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/work/calendar.h"
#include "protocol/work/contract.h"
#include "protocol/work/week_machine.h"

namespace work {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Contract;
using labor::v1::Week;

namespace limits = protocol::limits;

namespace {

// Of the block, or of what follows from another record's transition, unless an account is set.
WeekAct act_on(Context& context, Contract const& contract, Week week) {
  WeekAct act;
  act.context = &context;
  act.now = context.time();
  act.contract = contract;
  act.week = std::move(week);
  return act;
}

std::expected<WeekAct, execution::Failure> act_of_sender(Context& context, std::uint64_t contract,
                                                         std::uint32_t index) {
  auto const signed_contract = context.find<Contract>(state::keys::contract(contract));
  if (!signed_contract) return fail(labor::v1::TX_STATUS_CONTRACT_NOT_FOUND);
  auto week = context.find<Week>(state::keys::week(contract, index));
  if (!week) return fail(labor::v1::TX_STATUS_WEEK_NOT_FOUND);
  auto act = act_on(context, *signed_contract, *std::move(week));
  act.account = context.sender();
  return act;
}

Done step(WeekAct& act, std::string_view name) {
  auto const before = act.contract;
  TRY_VOID(execution::transition(*act.context, week_machine(), name, act, act.week));
  return keep_changed(*act.context, act.contract, before, act.cause);
}

// It outlives its weeks.
std::expected<WeekAct, execution::Failure> act_of_block(Context& context, Week const& week) {
  auto const contract = context.find<Contract>(state::keys::contract(week.contract()));
  if (!contract) return fail(labor::v1::TX_STATUS_INTERNAL);
  return act_on(context, *contract, week);
}

}  // namespace

Done apply(Context& context, labor::v1::LogHours const& message) {
  TRY_VOID(execution::must_be_hash_or_empty(message.evidence_hash()));
  TRY_VOID(execution::must_fit(message.memo(), limits::title_bytes_max));
  if (message.minutes() > 0) TRY_VOID(execution::must_not_be_empty(message.memo()));
  TRY(act, act_of_sender(context, message.contract(), message.week()));
  act.entry = message.entry();
  act.logged.set_ended_at_ms(message.ended_at_ms());
  act.logged.set_minutes(message.minutes());
  act.logged.set_memo(message.memo());
  act.logged.set_evidence_hash(message.evidence_hash());
  return step(act, "log");
}

Done apply(Context& context, labor::v1::ApproveWeek const& message) {
  TRY(act, act_of_sender(context, message.contract(), message.week()));
  return step(act, "approve");
}

Done fire(Context& context, Week const& week) {
  TRY(act, act_of_block(context, week));
  auto const before = act.contract;
  TRY_VOID(execution::transition_when_due(context, week_machine(), act, act.week));
  return keep_changed(context, act.contract, before, act.cause);
}

Done dispute_hours(Context& context, labor::v1::DisputeHours const& message,
                   std::uint64_t dispute) {
  TRY(act, act_of_sender(context, message.contract(), message.week()));
  act.disputed = {message.entries().begin(), message.entries().end()};
  act.dispute = dispute;
  return step(act, "dispute");
}

Done end_dispute(Context& context, Week const& week, std::uint64_t to_talent) {
  TRY(act, act_of_block(context, week));
  act.amount = to_talent;
  return step(act, "award");
}

Done open_week(ContractAct& act, bool topped_up) {
  auto& hours = *act.contract.mutable_hours();
  auto const ends_at = next_monday(*act.context);
  Week week;
  week.set_contract(act.contract.id());
  week.set_index(hours.weeks());
  *week.mutable_terms() = hours.terms();
  week.set_starts_at_ms(act.now.value());
  week.set_ends_at_ms(ends_at.value());
  week.set_topped_up(topped_up);
  hours.set_weeks(hours.weeks() + 1);
  hours.set_week_ends_at_ms(ends_at.value());
  auto opening = act_on(*act.context, act.contract, std::move(week));
  TRY_VOID(execution::transition(*act.context, week_machine(), "open", opening, opening.week));
  act.contract = std::move(opening.contract);
  return {};
}

Done stop_weeks(ContractAct& act) {
  // The one that runs, and the one before, whose entries may still be put right.
  constexpr std::uint32_t open_at_once = 2;
  auto const weeks = act.contract.hours().weeks();
  for (auto index = weeks - std::min(weeks, open_at_once); index < weeks; ++index) {
    auto week = act.context->find<Week>(state::keys::week(act.contract.id(), index));
    if (!week) return execution::must_hold(false);
    auto stopping = act_on(*act.context, act.contract, *std::move(week));
    auto const& machine = week_machine();
    if (!machine.find("stop", stopping.week.state(), stopping)) continue;
    TRY_VOID(execution::transition(*act.context, machine, "stop", stopping, stopping.week));
    act.contract = std::move(stopping.contract);
  }
  return {};
}

}  // namespace work
