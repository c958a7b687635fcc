#include "protocol/work/calendar.h"

#include "protocol/execution/block.h"
#include "protocol/limits.h"

namespace work {

namespace limits = protocol::limits;

std::uint64_t since_monday_ms(std::uint64_t time_ms) {
  return (time_ms + limits::week_ms - limits::first_monday_ms) % limits::week_ms;
}

protocol::TimeMs next_monday(execution::Context const& context) {
  auto const outages_ms = execution::outages_ms(context.state());
  auto const on_headers = context.time().value() + outages_ms;
  return protocol::TimeMs{on_headers - since_monday_ms(on_headers) + limits::week_ms - outages_ms};
}

}  // namespace work
