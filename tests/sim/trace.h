// What happened, in order: a hash over all of it, which a second run of the same seed must repeat
// bit for bit, and the last events in words for the report of a violation.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "protocol/types.h"

namespace sim {

enum class Happening : std::uint8_t {
  started,
  crashed,
  delivered,
  timer_fired,
  notarize,
  nullify,
  finalize,
  proposed,
  committed,
  equivocated,
  partitioned,
  mended,
  phase,
};

struct TraceEvent {
  std::uint64_t time_us = 0;
  std::size_t node = 0;
  Happening what{};
  std::uint64_t number = 0;  // View, height, phase: what the happening is about.
  std::uint64_t detail = 0;  // The first bytes of a block hash or of a message's hash.
};

std::string to_string(TraceEvent const& event);

// The first eight bytes, enough to tell hashes apart in a trace.
std::uint64_t short_of(base::ByteView bytes);

class Trace {
 public:
  void add(TraceEvent const& event);

  std::uint64_t hash() const { return hash_; }
  // The last events, oldest first, one line each.
  std::vector<std::string> last() const;

 private:
  static constexpr std::size_t kept_max = 200;

  std::uint64_t hash_ = 0;
  std::size_t added_ = 0;
  std::vector<TraceEvent> kept_;
};

}  // namespace sim
