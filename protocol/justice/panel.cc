#include "protocol/justice/panel.h"

#include <vector>

#include "protocol/bank/holders.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/justice/jurors.h"
#include "protocol/justice/verdict.h"

namespace justice {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using labor::v1::JurorSeat;
using labor::v1::Panel;

std::optional<std::uint32_t> median_award(Panel const& panel) {
  std::vector<std::uint32_t> awards;
  for (auto const& seat : panel.seats()) {
    if (seat.state() == labor::v1::JUROR_SEAT_STATE_REVEALED) awards.push_back(seat.award());
  }
  if (awards.empty()) return std::nullopt;
  std::ranges::sort(awards);
  auto const middle = awards.size() / 2;
  if (awards.size() % 2 == 1) return awards[middle];
  return (awards[middle - 1] + awards[middle]) / 2;
}

bool is_believed(std::uint32_t award) {
  return award >= limits::believed_min;
}

std::uint32_t distance(std::uint32_t one, std::uint32_t other) {
  return one > other ? one - other : other - one;
}

bool is_coherent(JurorSeat const& seat, std::uint32_t decided) {
  return seat.state() == labor::v1::JUROR_SEAT_STATE_REVEALED &&
         distance(seat.award(), decided) <= limits::coherent_within;
}

Done close_panel(Context& context, Sitting const& sitting, Panel& panel) {
  auto const median = median_award(panel);
  if (!median) return execution::must_hold(false);  // The guard's.
  panel.set_award(*median);
  return note_absent(context, sitting, panel);
}

std::expected<std::uint64_t, execution::Failure> pay_panel(
    Context& context, Payroll const& payroll, Panel& panel,
    std::function<bool(JurorSeat const&)> const& earns) {
  std::uint64_t paid = 0;
  for (auto& seat : *panel.mutable_seats()) {
    TRY_VOID(free_stake(context, seat, payroll.cause));
    if (!earns(seat)) continue;
    TRY_VOID(context.move(payroll.from, bank::account_holder(execution::address_in(seat.juror())),
                          payroll.asset, protocol::Amount{payroll.fee}, payroll.cause));
    paid += payroll.fee;
  }
  TRY_VOID(execution::must_hold(paid <= panel.held()));
  panel.set_held(panel.held() - paid);
  return paid;
}

std::expected<std::uint64_t, execution::Failure> pay_coherent(Context& context,
                                                              Payroll const& payroll,
                                                              Panel& panel) {
  return pay_panel(context, payroll, panel,
                   [&](JurorSeat const& seat) { return is_coherent(seat, panel.award()); });
}

}  // namespace justice
