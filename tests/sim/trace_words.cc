#include "tests/sim/trace_words.h"

#include <charconv>
#include <string>

namespace sim {

std::vector<std::string_view> items_of(std::string_view line, std::string_view group) {
  std::vector<std::string_view> items;
  auto const title = " " + std::string{group} + "=[";
  auto const found = line.find(title);
  if (found == std::string_view::npos) return items;
  line.remove_prefix(found + title.size());
  int depth = 1;  // An item may hold brackets of its own.
  std::size_t first = 0;
  for (std::size_t i = 0; i < line.size() && depth > 0; ++i) {
    if (line[i] == '[') ++depth;
    if (line[i] == ']') --depth;
    if (depth > 0 && line[i] != ';') continue;
    items.push_back(line.substr(first, i - first));
    first = i + 2;
  }
  return items;
}

std::optional<std::uint64_t> number_in(std::string_view words, std::string_view name) {
  for (auto at = words.find(name); at != std::string_view::npos; at = words.find(name, at + 1)) {
    auto const value = at + name.size();
    auto const begins = at == 0 || words[at - 1] == ' ' || words[at - 1] == '[';
    if (!begins || value >= words.size() || words[value] != '=') continue;
    std::uint64_t number = 0;
    auto const* const end = words.data() + words.size();
    auto const read = std::from_chars(words.data() + value + 1, end, number);
    if (read.ec == std::errc{}) return number;
  }
  return std::nullopt;
}

}  // namespace sim
