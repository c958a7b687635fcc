// What happened, in order: a hash over all of it, which a second run of the same seed must repeat
// bit for bit, and the last events in words for the report of a violation.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/types.h"

namespace sim {

enum class Happening : std::uint8_t {
  started,
  crashed,
  timer_fired,
  notarize,
  nullify,
  finalize,
  notarization,
  nullification,
  finalization,
  proposed,
  committed,
  epoch_began,
  partitioned,
  mended,
  phase,
  stopped,
  paused,
  key_spent,
};

struct TraceEvent {
  std::uint64_t time_us = 0;
  std::size_t node = 0;
  Happening what{};
  std::uint64_t number = 0;  // View, height, phase: what the happening is about.
  std::uint64_t detail = 0;  // The first bytes of a block hash, or the sides of a partition.
  std::uint64_t to = 0;      // Of what is said: a bit for each node that it is on its way to.
};

std::string to_string(TraceEvent const& event);

// The first eight bytes, enough to tell hashes apart in a trace.
std::uint64_t short_of(base::ByteView bytes);

class Trace {
 public:
  // `print`: every event goes to standard output as it happens.
  explicit Trace(bool print) : print_{print} {}

  void add(TraceEvent const& event);
  // What a runner says of one turn.
  void line(std::uint64_t time_us, std::size_t node, std::string_view text);

  std::uint64_t hash() const { return hash_; }
  // The last events, oldest first, one line each.
  std::vector<std::string> last() const;
  // The same without the lines of runners and without timers, and further back.
  std::vector<TraceEvent> const& last_events() const { return events_; }

 private:
  struct Kept {
    TraceEvent event;
    std::string text;  // Empty: the event speaks for itself.
  };
  static constexpr std::size_t kept_max = 400;
  static constexpr std::size_t events_max = 60;

  static std::string to_line(Kept const& kept);
  void keep(Kept kept);

  bool print_;
  std::uint64_t hash_ = 0;
  std::size_t added_ = 0;
  std::vector<Kept> kept_;
  std::vector<TraceEvent> events_;
};

}  // namespace sim
