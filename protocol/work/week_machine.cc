#include "protocol/work/week_machine.h"

#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/work/escrow.h"

namespace work {

using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::WeekState;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<WeekAct, WeekState>;
using Who = execution::Who<WeekAct>;
using Guard = execution::Guard<WeekAct>;
using Effect = execution::Effect<WeekAct>;

constexpr auto none = labor::v1::WEEK_STATE_UNSPECIFIED;
constexpr auto open = labor::v1::WEEK_STATE_OPEN;
constexpr auto review = labor::v1::WEEK_STATE_REVIEW;
constexpr auto paid = labor::v1::WEEK_STATE_PAID;
constexpr auto disputed = labor::v1::WEEK_STATE_DISPUTED;
constexpr auto settled = labor::v1::WEEK_STATE_SETTLED;

// ---- who ----

Done must_be(bool right) {
  return right ? Done{} : fail(labor::v1::TX_STATUS_NOT_YOUR_CONTRACT);
}
Done is_client(WeekAct const& act) {
  return must_be(act.account.chars() == act.contract.client());
}
Done is_talent(WeekAct const& act) {
  return must_be(act.account.chars() == act.contract.talent());
}

// ---- time and guards ----

Done in_time(WeekAct const& act) {
  return execution::must_be_before(act.week.until_ms(), act.now);
}

Done clock_is_over(WeekAct const& act) {
  return execution::must_have_run_out(act.week.until_ms(), act.now);
}

// Which row of two follows: a week without hours needs no review.
Done has_hours(WeekAct const& act) {
  return act.week.minutes() > 0 ? Done{} : fail(labor::v1::TX_STATUS_WRONG_STATE);
}
Done has_no_hours(WeekAct const& act) {
  return act.week.minutes() == 0 ? Done{} : fail(labor::v1::TX_STATUS_WRONG_STATE);
}
Done closes_with_hours(WeekAct const& act) {
  TRY_VOID(clock_is_over(act));
  return has_hours(act);
}
Done closes_empty(WeekAct const& act) {
  TRY_VOID(clock_is_over(act));
  return has_no_hours(act);
}

// The work began and ended while its pay was locked.
Done lies_within_the_week(WeekAct const& act) {
  auto const ended_ms = act.logged.ended_at_ms();
  auto const length_ms = act.logged.minutes() * limits::minute_ms;
  auto const& week = act.week;
  auto const most = std::min(act.now.value(), week.ends_at_ms());
  auto const begun = ended_ms >= length_ms && ended_ms - length_ms >= week.starts_at_ms();
  if (begun && ended_ms <= most) return {};
  return fail(labor::v1::TX_STATUS_HOURS_OUTSIDE_WEEK, {{"got", ended_ms}, {"most", most}});
}

bool is_new(WeekAct const& act) {
  return act.entry == static_cast<std::uint32_t>(act.week.entries_size());
}

std::uint64_t minutes_with(WeekAct const& act) {
  auto const& entries = act.week.entries();
  auto const replaced = is_new(act) ? 0 : entries[static_cast<int>(act.entry)].minutes();
  return std::uint64_t{act.week.minutes()} - replaced + act.logged.minutes();
}

// What was done before is logged also while the contract is paused.
Done was_not_paused(WeekAct const& act) {
  auto const& pausing = act.contract.pause();
  if (pausing.until_ms() == 0 || act.logged.ended_at_ms() <= pausing.since_ms()) return {};
  return fail(labor::v1::TX_STATUS_CONTRACT_PAUSED, {{"until_ms", pausing.until_ms()}});
}

Done may_log(WeekAct const& act) {
  auto const have = static_cast<std::uint64_t>(act.week.entries_size());
  if (act.entry > have) return fail(labor::v1::TX_STATUS_ENTRY_NOT_FOUND, {{"entry", act.entry}});
  if (is_new(act) && act.logged.minutes() == 0) {
    return fail(labor::v1::TX_STATUS_ENTRY_NOT_FOUND, {{"entry", act.entry}});
  }
  if (is_new(act) && have >= limits::work_entries_max) {
    return fail(labor::v1::TX_STATUS_TOO_MANY_ENTRIES,
                {{"have", have}, {"most", limits::work_entries_max}});
  }
  if (act.logged.minutes() > 0) {
    TRY_VOID(lies_within_the_week(act));
    TRY_VOID(was_not_paused(act));
  }
  auto const most = act.week.terms().minutes_per_week();
  if (minutes_with(act) <= most) return {};
  return fail(labor::v1::TX_STATUS_HOURS_OVER_LIMIT, {{"got", minutes_with(act)}, {"most", most}});
}

Done names_entries(WeekAct const& act) {
  auto const& entries = act.week.entries();
  for (auto const entry : act.disputed) {
    auto const known = entry < static_cast<std::uint32_t>(entries.size());
    if (known && entries[static_cast<int>(entry)].minutes() > 0) continue;
    return fail(labor::v1::TX_STATUS_ENTRY_NOT_FOUND, {{"entry", entry}});
  }
  return act.disputed.empty() ? fail(labor::v1::TX_STATUS_ENTRY_NOT_FOUND) : Done{};
}

// ---- effects ----

Purse<labor::v1::Week> purse_of(WeekAct& act) {
  return {.context = *act.context,
          .now = act.now,
          .contract = act.contract,
          .part = act.week,
          .cause = act.cause};
}

Done fund(WeekAct& act) {
  auto& week = act.week;
  week.set_until_ms(week.ends_at_ms() + limits::week_entries_open_ms);
  return lock(purse_of(act), pay_of(week.terms(), week.terms().minutes_per_week()));
}

Done note_entry(WeekAct& act) {
  auto& week = act.week;
  week.set_minutes(static_cast<std::uint32_t>(minutes_with(act)));
  if (is_new(act)) {
    *week.add_entries() = act.logged;
  } else {
    *week.mutable_entries(static_cast<int>(act.entry)) = act.logged;
  }
  return {};
}

Done start_review(WeekAct& act) {
  act.week.set_until_ms(act.week.ends_at_ms() + limits::week_review_ms);
  return {};
}

std::uint64_t returned(labor::v1::Week const& week) {
  return week.refunded() + week.fee_returned();
}

// What a week that locked by itself returns may lock again.
void count_again(WeekAct& act, std::uint64_t back) {
  auto& hours = *act.contract.mutable_hours();
  if (!act.week.topped_up() || hours.next_week_ms() == 0) return;
  hours.set_top_up(base::sum(hours.top_up(), back).value_or(hours.top_up()));
}

// Pays `pay` of what is locked and returns `back`.
Done pay_and_return(WeekAct& act, std::uint64_t pay, std::uint64_t back) {
  auto const before = returned(act.week);
  if (pay > 0) TRY_VOID(release(purse_of(act), pay));
  if (back > 0) TRY_VOID(refund(purse_of(act), back));
  count_again(act, returned(act.week) - before);
  return {};
}

Done pay_hours(WeekAct& act) {
  auto const pay = pay_of(act.week.terms(), act.week.minutes());
  act.week.set_until_ms(0);
  act.contract.set_delivered(act.contract.delivered() + pay);
  return pay_and_return(act, pay, act.week.funded() - pay);
}

// Nobody works: what locks by itself would do so for ever.
Done end_unworked(WeekAct& act) {
  act.contract.mutable_hours()->set_top_up(0);
  act.contract.mutable_hours()->set_next_week_ms(0);
  return pay_hours(act);
}

// Of the sum, what the entries named add to it stays locked.
Done pay_others(WeekAct& act) {
  auto& week = act.week;
  std::uint64_t undisputed = week.minutes();
  for (auto const entry : act.disputed) {
    auto& named = *week.mutable_entries(static_cast<int>(entry));
    named.set_disputed(true);
    undisputed -= named.minutes();
  }
  auto const all = pay_of(week.terms(), week.minutes());
  week.set_until_ms(0);
  week.set_dispute(act.dispute);
  act.contract.set_delivered(act.contract.delivered() + all);
  auto& hours = *act.contract.mutable_hours();
  hours.set_disputed(hours.disputed() + 1);
  return pay_and_return(act, pay_of(week.terms(), undisputed), week.funded() - all);
}

Done divide_disputed(WeekAct& act) {
  auto& hours = *act.contract.mutable_hours();
  TRY_VOID(execution::must_hold(hours.disputed() > 0));
  hours.set_disputed(hours.disputed() - 1);
  return pay_and_return(act, act.amount, locked_amount(act.week) - act.amount);
}

// ---- the table ----

constexpr Who client{"the client", is_client};
constexpr Who talent{"the talent", is_talent};
constexpr Who block{"the block"};
constexpr Who with_funding{"with contract.fund_week or contract.week_starts"};
constexpr Who with_end{"with the contract's end"};
constexpr Who with_award{"with the end of its dispute"};

constexpr Guard loggable{
    "work of this week before a pause, at most 42 entries, the sum within what is funded", may_log,
    true};
constexpr Guard some_named{"names entries with hours", names_entries, true};
constexpr Guard noon_with_hours{"Monday 12:00, hours are logged", closes_with_hours};
constexpr Guard noon_without{"Monday 12:00, no hours are logged", closes_empty};
constexpr Guard with_hours{"hours are logged", has_hours};
constexpr Guard without_hours{"no hours are logged", has_no_hours};
constexpr Guard reviewed{"Saturday 00:00", clock_is_over};

constexpr Effect locks{"locks the pay of the weekly limit and its fee", fund};
constexpr Effect notes{"takes the entry, in place of one of that number", note_entry};
constexpr Effect reviews{"starts the client's review, until Saturday 00:00", start_review};
constexpr Effect pays{"pays the sum of the hours and its fee, returns the rest", pay_hours};
constexpr Effect returns_all{"returns all of it, and no more weeks lock by themselves",
                             end_unworked};
constexpr Effect pays_rest{
    "pays the hours that are not disputed, returns what no hours were logged for", pay_others};
constexpr Effect divides{"pays the talent's part and its fee, returns the rest", divide_disputed};

// clang-format off
constexpr Row rows[] = {
  {"open",        follow,  none,     open,     with_funding, {},              locks},
  {"log",         message, open,     open,     talent,       loggable,        notes},
  {"close",       clock,   open,     review,   block,        noon_with_hours, reviews},
  {"close",       clock,   open,     paid,     block,        noon_without,    returns_all},
  {"stop",        follow,  open,     review,   with_end,     with_hours,      reviews},
  {"stop",        follow,  open,     paid,     with_end,     without_hours,   returns_all},
  {"approve",     message, review,   paid,     client,       {},              pays},
  {"dispute",     message, review,   disputed, client,       some_named,      pays_rest},
  {"review_over", clock,   review,   paid,     block,        reviewed,        pays},
  {"award",       follow,  disputed, settled,  with_award,   {},              divides},
};
// clang-format on

}  // namespace

WeekMachine const& week_machine() {
  static constexpr WeekMachine machine{.name = "week", .rows = rows, .in_time = in_time};
  return machine;
}

std::uint64_t pay_of(labor::v1::HourlyTerms const& terms, std::uint64_t minutes) {
  constexpr std::uint64_t minutes_of_hour = 60;
  auto const hours = minutes / minutes_of_hour;
  return terms.rate() * hours +
         base::share(terms.rate(), minutes % minutes_of_hour, minutes_of_hour);
}

}  // namespace work
