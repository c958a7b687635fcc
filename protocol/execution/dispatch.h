// From a message to the function that applies it, and from a deadline to the one that fires it.
// The only place that knows every module.

#pragma once

#include <labor/v1/transaction.pb.h>

#include <optional>
#include <string_view>

#include "protocol/execution/context.h"

namespace execution {

// What the message's module says. `message` is set (check_body).
Done dispatch(Context& context, labor::v1::Message const& message);

// Fires the clock of the record under `record`, which has one that is due.
Done fire(Context& context, state::Key const& record);

// An entry of the deadline queue, taken apart (state/keys.h).
struct Deadline {
  protocol::TimeMs time{};
  state::Key record;
};
Deadline parse_deadline(std::string_view logical);

}  // namespace execution
