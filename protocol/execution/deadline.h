// From a deadline to the function that fires it: the only place that knows every record with a
// clock.

#pragma once

#include <optional>
#include <string_view>

#include "protocol/execution/context.h"

namespace execution {

// Fires the clock of the record under `record`. Where none is due nothing happens: such an entry of
// the queue is one that was put off, whose record has since moved on.
Done fire(Context& context, state::Key const& record);

// An entry of the deadline queue, taken apart (state/keys.h).
struct Deadline {
  protocol::TimeMs time{};
  state::Key record;
};
Deadline parse_deadline(std::string_view logical);

// The earliest clock that runs on the record under `record`; nothing if there is no such record.
std::optional<protocol::TimeMs> clock_of(state::Reader const& state, state::Key const& record);

}  // namespace execution
