// "Did you mean": the nearest of the names that exist.

#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace node {

// Insertions, deletions and substitutions that turn one into the other.
inline std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      auto const substituted = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row[b.size()];
}

// Nothing if none is near: a third of the letters may differ.
inline std::optional<std::string_view> nearest(std::string_view name,
                                               std::span<std::string_view const> candidates) {
  std::optional<std::string_view> best;
  auto best_edits = std::max<std::size_t>(name.size() / 3, 2) + 1;
  for (auto const candidate : candidates) {
    auto const edits = edits_between(name, candidate);
    if (edits >= best_edits) continue;
    best = candidate;
    best_edits = edits;
  }
  return best;
}

}  // namespace node
