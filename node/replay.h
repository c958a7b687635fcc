// `labord replay`: plays the consensus of a log again, on no network and without a key.
//
// The log is a labord's own, at level trace (log.level in labord.toml); what else is in it is
// passed over. It is untrusted: it is read line by line, and a line is bounded.

#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <optional>
#include <string>

#include "node/exit_code.h"

namespace node {

struct ReplayOptions {
  std::string log;
  // Each time that what the node waits for changes: what it is.
  bool explain = false;
  // "EPOCH/VIEW": what `labord consensus` would have said when the node last was in it.
  std::string at;
};

// A line of trace is at most this long: the journal of a long partition, at a node's start.
inline constexpr std::size_t replay_line_bytes_max = 4u << 20;

using Print = std::function<OrExit<void>(std::string const&)>;

// Refuses where the log cannot be read, where it has no trace, or where what step() gives is not
// what the log says: with the line, and both.
OrExit<void> replay(ReplayOptions const& options, Print const& print);
// The same, of a log that is open.
OrExit<void> replay(ReplayOptions const& options, std::istream& log, Print const& print);

}  // namespace node
