#include "protocol/work/calendar.h"

#include "protocol/execution/block.h"
#include "protocol/limits.h"

namespace work {

namespace limits = protocol::limits;

protocol::TimeMs next_monday(execution::Context const& context) {
  auto const outages_ms = execution::outages_ms(context.state());
  auto const on_headers = context.time().value() + outages_ms;
  auto const into_week = (on_headers + limits::week_ms - limits::first_monday_ms) % limits::week_ms;
  return protocol::TimeMs{on_headers - into_week + limits::week_ms - outages_ms};
}

}  // namespace work
