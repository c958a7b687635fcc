// Reads a trace (trace.h) back, one line at a time.
//
// Whoever wrote the trace had verified what it says and left the signatures out, so what is read
// here is for a replay alone: nothing of it may be sent, signed or kept.
//
// Untrusted: any text is either read or refused with a reason. What is read satisfies all that
// step() and recover() take for granted, and describes itself as the same line.

#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <variant>

#include "consensus/shell/trace.h"

namespace consensus {

enum class TraceRefusal : std::uint8_t {
  unknown_kind,
  misspelt,
  before_start,
  impossible_start,
  impossible_claim,
  unknown_peer,
  not_the_cores,
};
std::string_view explain(TraceRefusal refusal);

// Of a step before it, as described.
struct TracedOutput {
  std::string line;
};
using TraceLine = std::variant<Start, Input, TracedOutput>;

// `config` is that of the last Start; null before there was one.
std::expected<TraceLine, TraceRefusal> read_trace(std::string_view line, Config const* config);

}  // namespace consensus
