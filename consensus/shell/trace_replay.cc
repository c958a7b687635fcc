#include "consensus/shell/trace_replay.h"

#include <utility>

#include "consensus/core/step.h"
#include "protocol/base/try.h"

namespace consensus {

std::expected<void, TraceReplay::Refusal> TraceReplay::take(std::string_view line) {
  auto const read = read_trace(line, life_ ? &life_->config : nullptr);
  if (!read) return std::unexpected{Refusal{read.error()}};
  if (auto const* const traced = std::get_if<TracedOutput>(&*read)) return expect(traced->line);
  // A start may follow on anything: the node was killed.
  if (std::holds_alternative<Start>(*read)) expected_.clear();
  TRY_VOID(expect({}));
  return take(*read);
}

std::expected<void, TraceReplay::Refusal> TraceReplay::expect(std::string_view traced) {
  auto computed = std::exchange(expected_, {});
  if (computed == traced) return {};
  return std::unexpected{
      Refusal{Difference{.computed = std::move(computed), .traced = std::string{traced}}}};
}

std::expected<void, TraceReplay::Refusal> TraceReplay::take(TraceLine const& line) {
  if (auto const* const start = std::get_if<Start>(&line)) {
    life_ = {.config = start->config, .state = recover(start->config, start->recovered)};
    ++starts_;
  } else if (auto const* const input = std::get_if<Input>(&line); input != nullptr && life_) {
    auto const output = step(life_->config, life_->state, *input);
    if (output != Output{}) expected_ = describe(output);
    ++inputs_;
  }
  return {};
}

}  // namespace consensus
