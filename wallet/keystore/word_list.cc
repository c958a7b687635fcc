#include "wallet/keystore/word_list.h"

#include <algorithm>
#include <array>

#include "protocol/base/check.h"

namespace wallet {

namespace {

using List = std::array<std::string_view, words_in_list>;

List split() {
  List list;
  auto rest = word_list_text;
  for (auto& word : list) {
    auto const end = rest.find('\n');
    CHECK(end != std::string_view::npos);
    word = rest.substr(0, end);
    rest.remove_prefix(end + 1);
  }
  CHECK(rest.empty());
  CHECK(std::ranges::is_sorted(list));
  return list;
}

List const& list() {
  static List const words = split();
  return words;
}

}  // namespace

std::string_view word_at(std::size_t index) {
  CHECK(index < words_in_list);
  return list()[index];
}

std::optional<std::size_t> index_of_word(std::string_view word) {
  auto const found = std::ranges::lower_bound(list(), word);
  if (found == list().end() || *found != word) return std::nullopt;
  return static_cast<std::size_t>(found - list().begin());
}

}  // namespace wallet
