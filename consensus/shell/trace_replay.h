// A node's consensus, played again from its trace (trace.h): each input goes through step() anew,
// and its output must be the one in the trace. step() is one function of state and input, so where
// they differ the trace has a gap, is another version's, or a rule reads what it must not.
//
// Untrusted lines: each is taken or refused with a reason, never a crash. After a refusal nothing
// but a new start makes sense.

#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "consensus/core/state.h"
#include "consensus/shell/trace_reader.h"

namespace consensus {

class TraceReplay {
 public:
  // What step() gives and what the trace has; an empty one for no output.
  struct Difference {
    std::string computed;
    std::string traced;
  };
  using Refusal = std::variant<TraceRefusal, Difference>;

  // Up to the end of a line that begins with start, in or out.
  std::expected<void, Refusal> take(std::string_view line);

  // The node since its last start.
  struct Life {
    Config config;
    State state;
  };
  // Null before the first start.
  Life const* life() const { return life_ ? &*life_ : nullptr; }
  std::uint64_t starts() const { return starts_; }
  std::uint64_t inputs() const { return inputs_; }

 private:
  std::expected<void, Refusal> expect(std::string_view traced);
  std::expected<void, Refusal> take(TraceLine const& line);

  std::optional<Life> life_;
  std::string expected_;  // The output of the last input.
  std::uint64_t starts_ = 0;
  std::uint64_t inputs_ = 0;
};

}  // namespace consensus
