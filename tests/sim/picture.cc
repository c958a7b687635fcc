#include "tests/sim/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "protocol/base/check.h"

namespace sim {
namespace {

constexpr std::size_t column = 6;

std::string block_name(TraceEvent const& event) {
  return fmt::format("{:08x}", event.detail >> 32);
}

std::string sides(std::uint64_t bits, std::size_t nodes) {
  std::string one;
  std::string other;
  for (std::size_t i = 0; i < nodes; ++i) {
    (((bits >> i) & 1) != 0 ? one : other) += fmt::format(" {}", i);
  }
  return fmt::format("[{} ] [{} ]", one, other);
}

std::string label(TraceEvent const& event, std::size_t nodes) {
  switch (event.what) {
    case Happening::started:
      return fmt::format("starts at height {}", event.number);
    case Happening::crashed:
      return "crashes";
    case Happening::timer_fired:
      return fmt::format("timer of view {}", event.number);
    case Happening::notarize:
      return fmt::format("NOTARIZE {} {}", event.number, block_name(event));
    case Happening::nullify:
      return fmt::format("NULLIFY {}", event.number);
    case Happening::finalize:
      return fmt::format("FINALIZE {} {}", event.number, block_name(event));
    case Happening::notarization:
      return fmt::format("notarization {} {}", event.number, block_name(event));
    case Happening::nullification:
      return fmt::format("nullification {}", event.number);
    case Happening::finalization:
      return fmt::format("finalization {} {}", event.number, block_name(event));
    case Happening::proposed:
      return fmt::format("proposal {} {}", event.number, block_name(event));
    case Happening::committed:
      return fmt::format("commits height {} {}", event.number, block_name(event));
    case Happening::epoch_began:
      return fmt::format("begins epoch {}", event.number);
    case Happening::partitioned:
      return fmt::format("{} {}", event.number == 0 ? "links cut between" : "links cut from",
                         sides(event.detail, nodes));
    case Happening::mended:
      return "links mended";
    case Happening::phase:
      return event.number == 0   ? "the storm begins"
             : event.number == 1 ? "a quorum is healed"
                                 : "all are healed";
    case Happening::stopped:
      return "stops for its disk";
    case Happening::paused:
      return fmt::format("is frozen for {} ms", event.number);
    case Happening::key_spent:
      return event.number == 0 ? "its journal is damaged" : "its disk is wiped";
  }
  UNREACHABLE();
}

// What is drawn in the column of the node that it happens to.
char mark(Happening what) {
  switch (what) {
    case Happening::started:
      return '^';
    case Happening::crashed:
    case Happening::stopped:
    case Happening::key_spent:
      return 'X';
    case Happening::paused:
      return '=';
    case Happening::committed:
    case Happening::epoch_began:
      return '#';
    default:
      return 'o';
  }
}

bool of_all_nodes(Happening what) {
  return what == Happening::partitioned || what == Happening::mended || what == Happening::phase;
}

// Whether each node is up before the first event.
std::vector<bool> up_at_first(std::vector<TraceEvent> const& events, std::size_t nodes) {
  std::vector<bool> up(nodes, true);
  for (std::size_t i = events.size(); i > 0; --i) {
    auto const& event = events[i - 1];
    if (event.what == Happening::started) up[event.node] = false;
    if (event.what == Happening::crashed) up[event.node] = true;
  }
  return up;
}

std::string columns(TraceEvent const& event, std::vector<bool> const& up) {
  std::string row(up.size() * column, ' ');
  for (std::size_t i = 0; i < up.size(); ++i) row[i * column] = up[i] ? '|' : ':';
  if (of_all_nodes(event.what)) return row;
  auto first = event.node;
  auto last = event.node;
  for (std::size_t i = 0; i < up.size(); ++i) {
    if (((event.to >> i) & 1) == 0) continue;
    first = std::min(first, i);
    last = std::max(last, i);
  }
  for (auto at = first * column; at < last * column; ++at) {
    if (row[at] == ' ') row[at] = '-';
  }
  for (std::size_t i = 0; i < up.size(); ++i) {
    if (((event.to >> i) & 1) != 0) row[i * column] = i < event.node ? '<' : '>';
  }
  row[event.node * column] = mark(event.what);
  return row;
}

}  // namespace

std::vector<std::string> picture(std::vector<TraceEvent> const& events,
                                 std::vector<bool> const& honest) {
  auto up = up_at_first(events, honest.size());
  std::string names;
  for (std::size_t i = 0; i < honest.size(); ++i) {
    names += fmt::format("{:<{}}", fmt::format("{}{}", i, honest[i] ? "" : "*"), column);
  }
  std::vector<std::string> rows{fmt::format("{:>12}   {}* breaks the rules", "time/ms", names)};
  for (auto const& event : events) {
    if (event.what == Happening::crashed) up[event.node] = false;
    if (event.what == Happening::started) up[event.node] = true;
    rows.push_back(fmt::format("{:>12.3f}   {}{}", static_cast<double>(event.time_us) / 1000,
                               columns(event, up), label(event, honest.size())));
  }
  return rows;
}

}  // namespace sim
