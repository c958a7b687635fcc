// A panel: who sits on a case, what its verdict is, and what its jurors are paid. Disputes,
// vettings and reports have panels alike; the last one of a case is the one that sits.
//
//   median    of what has been revealed; for an even number the floor of the mean of the middle two
//   believed  a claim or a report whose median is at least limits::believed_min
//   coherent  a verdict that was revealed within limits::coherent_within of what was decided
//
// A case waits for a round of randomness, and for the next one where too few are free, until
// limits::panel_wait_ms are over.

#pragma once

#include <labor/v1/justice.pb.h>

#include <algorithm>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string_view>

#include "protocol/execution/context.h"
#include "protocol/justice/sitting.h"
#include "protocol/limits.h"
#include "protocol/types.h"
#include "protocol/validators/randomness.h"

namespace justice {

// Nothing if nobody has revealed.
std::optional<std::uint32_t> median_award(labor::v1::Panel const& panel);
bool is_believed(std::uint32_t award);
// Of two awards.
std::uint32_t distance(std::uint32_t one, std::uint32_t other);
bool is_coherent(labor::v1::JurorSeat const& seat, std::uint32_t decided);

// Of the panel that sits; null if the account has none.
template <class Case>
labor::v1::JurorSeat const* seat_of(Case const& about, std::string_view juror) {
  if (about.panels().empty()) return nullptr;
  auto const& seats = about.panels().rbegin()->seats();
  auto const found = std::ranges::find(seats, juror, &labor::v1::JurorSeat::juror);
  return found == seats.end() ? nullptr : &*found;
}

// ---- for effects ----

template <class Case>
labor::v1::Panel& last_panel(Case& about) {
  return *about.mutable_panels()->rbegin();
}

template <class Case>
execution::Done wait_for_round(execution::Context& context, Case& about) {
  auto const joined = validators::join_round(context);
  about.set_round(joined.round);
  about.set_until_ms(joined.until.value());
  return {};
}

template <class Case>
execution::Done ask_for_panel(execution::Context& context, Case& about) {
  about.set_draw_until_ms(context.time().value() + protocol::limits::panel_wait_ms);
  return wait_for_round(context, about);
}

// Of the panel that sits, of whom at least one has revealed: keeps the median as its award. Whoever
// has not revealed has lost the stake.
execution::Done close_panel(execution::Context& context, Sitting const& sitting,
                            labor::v1::Panel& panel);

// Where the fees of a panel are held, and what each who earns it is paid.
struct Payroll {
  labor::v1::Holder from;
  labor::v1::Asset asset{};
  std::uint64_t fee = 0;
  std::string_view cause;
};

// Frees every stake of the panel and pays those for whom `earns` holds. All that it paid, which the
// panel holds no more.
std::expected<std::uint64_t, execution::Failure> pay_panel(
    execution::Context& context, Payroll const& payroll, labor::v1::Panel& panel,
    std::function<bool(labor::v1::JurorSeat const&)> const& earns);

// Those whose verdict is coherent with what the panel itself has found.
std::expected<std::uint64_t, execution::Failure> pay_coherent(execution::Context& context,
                                                              Payroll const& payroll,
                                                              labor::v1::Panel& panel);

}  // namespace justice
