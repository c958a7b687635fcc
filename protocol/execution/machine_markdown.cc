#include "protocol/execution/machine_markdown.h"

#include <google/protobuf/descriptor.h>

namespace execution {

std::string state_name(google::protobuf::EnumDescriptor const& states, int number) {
  static constexpr std::string_view unspecified = "UNSPECIFIED";
  if (number == 0) return "-";
  auto const prefix = states.FindValueByNumber(0)->name().size() - unspecified.size();
  auto name = states.FindValueByNumber(number)->name().substr(prefix);
  for (auto& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return name;
}

std::string markdown_head(std::string_view machine) {
  return "### " + std::string{machine} +
         "\n\n| from | act | by | if | does | to |\n|---|---|---|---|---|---|\n";
}

std::string markdown_line(std::string_view from, std::string_view act, std::string_view by,
                          std::string_view guard, std::string_view effect, std::string_view to) {
  std::string line = "|";
  for (auto const cell : {from, act, by, guard, effect, to}) {
    line += " " + std::string{cell} + " |";
  }
  return line + "\n";
}

}  // namespace execution
