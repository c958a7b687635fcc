// Prints a machine as a Markdown table, for protocol/README.md.

#pragma once

#include <google/protobuf/generated_enum_reflection.h>

#include <string>

#include "protocol/execution/machine.h"

namespace execution {

// "JOB_STATE_OPEN" -> "open"; the unspecified value, "no record", -> "-".
std::string state_name(google::protobuf::EnumDescriptor const& states, int number);

// A heading and a table header; then one line.
std::string markdown_head(std::string_view machine);
std::string markdown_line(std::string_view from, std::string_view act, std::string_view by,
                          std::string_view guard, std::string_view effect, std::string_view to);

template <class Subject, class State>
std::string markdown(Machine<Subject, State> const& machine) {
  auto const& states = *google::protobuf::GetEnumDescriptor<State>();
  auto text = markdown_head(machine.name);
  for (auto const& row : machine.rows) {
    auto const anyone = row.trigger == Trigger::message && row.who.words.empty();
    auto const by = row.trigger == Trigger::clock ? "the block" : row.who.words;
    text += markdown_line(state_name(states, row.from), row.act, anyone ? "anyone" : by,
                          row.guard.words, row.effect.words, state_name(states, row.to));
  }
  return text;
}

}  // namespace execution
