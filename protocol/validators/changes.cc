#include "protocol/validators/changes.h"

#include <algorithm>
#include <utility>

#include "protocol/base/check.h"
#include "protocol/execution/transition.h"
#include "protocol/limits.h"
#include "protocol/validators/seat_machine.h"
#include "protocol/validators/seats.h"

namespace validators {

namespace limits = protocol::limits;
using labor::v1::Seat;

namespace {

// The act of a boundary on a seat that waits for its turn.
std::string_view act_on(Seat const& seat) {
  switch (seat.state()) {
    case labor::v1::SEAT_STATE_READY:
      return "seat";
    case labor::v1::SEAT_STATE_TURNING:
      return "turn";
    case labor::v1::SEAT_STATE_LEAVING:
    case labor::v1::SEAT_STATE_OFFENDED:
      return "go";
    default:
      UNREACHABLE();  // Only these have a turn.
  }
}

std::pair<bool, std::uint64_t> place_in_line(Seat const& seat) {
  return {seat.state() != labor::v1::SEAT_STATE_OFFENDED, seat.turn()};
}

}  // namespace

std::vector<Seat> next_changes(std::vector<Seat> seats) {
  auto size = static_cast<std::size_t>(
      std::ranges::count_if(seats, [](Seat const& seat) { return holds_place(seat.state()); }));
  auto const least = std::min(size, limits::validators_min);
  auto const most = std::max<std::size_t>(1, (size - 1) / 3);

  std::erase_if(seats, [](Seat const& seat) { return seat.turn() == 0; });
  std::ranges::sort(seats, {}, place_in_line);
  std::vector<Seat> chosen;
  for (auto& seat : seats) {
    if (chosen.size() == most) break;
    auto const act = act_on(seat);
    if (act == "go" && size == least) continue;
    if (act == "go") --size;
    if (act == "seat") ++size;
    chosen.push_back(std::move(seat));
  }
  return chosen;
}

void make_changes(execution::Context& context, std::vector<Seat> changes) {
  for (auto& seat : changes) {
    auto act = SeatAct{.context = context, .seat = seat};
    auto const done = execution::transition(context, seat_machine(), act_on(seat), act, seat);
    CHECK(done.has_value());  // Rows of a boundary have no guard, and their effects refuse nothing.
  }
  auto const present = seats(context.state());
  auto const waits = [](Seat const& seat) { return seat.turn() != 0; };
  context.set_counter(waiting_counter, std::ranges::any_of(present, waits) ? 1 : 0);
}

}  // namespace validators
