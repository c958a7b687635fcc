#include "wallet/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace wallet {

namespace {

// Longer words are no slips of the hand, and the distance is quadratic.
constexpr std::size_t word_bytes_max = 64;

// Letters inserted, left out or changed, and neighbours swapped.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      auto const change = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, change});
      bool const swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view wrong, std::span<std::string const> names) {
  if (wrong.empty() || wrong.size() > word_bytes_max) return std::nullopt;
  std::optional<std::string> best;
  std::size_t least = word_bytes_max;
  for (auto const& name : names) {
    if (name.size() > word_bytes_max) continue;
    auto const far = distance(wrong, name);
    if (far > std::max<std::size_t>(1, std::max(wrong.size(), name.size()) / 3)) continue;
    if (far < least) {
      least = far;
      best = name;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view wrong, std::span<std::string const> names) {
  auto const name = nearest(wrong, names);
  return name ? fmt::format("Did you mean `{}`?", *name) : std::string{};
}

}  // namespace wallet
