#include "tests/support/memory_state.h"

#include "protocol/base/check.h"

namespace testing_support {
namespace {

template <class Map, class Key>
std::optional<std::string> find(Map const& map, Key const& key) {
  auto const found = map.find(key);
  return found != map.end() ? std::optional{found->second} : std::nullopt;
}

template <class Map, class Key>
void apply_to(Map& map, Key const& key, std::optional<std::string> const& value) {
  if (value) {
    map.insert_or_assign(key, *value);
  } else {
    map.erase(key);
  }
}

}  // namespace

std::optional<std::string> MemoryState::get(state::Key const& key) const {
  return find(values_, key);
}

std::optional<std::string> MemoryState::next(state::Module module, std::string_view from) const {
  CHECK(state::ordered(module));
  auto const found = values_.lower_bound(state::Key{module, std::string{from}});
  if (found == values_.end() || found->first.module != module) return std::nullopt;
  return found->first.logical;
}

std::optional<std::string> MemoryState::node(state::Module module, std::string_view prefix) const {
  return find(nodes_, std::pair{module, std::string{prefix}});
}

void MemoryState::apply(state::Overlay const& overlay) {
  for (auto const& [key, value] : overlay.changes()) apply_to(values_, key, value);
  if (overlay.nodes() == nullptr) return;
  for (auto const& [place, version] : *overlay.nodes()) apply_to(nodes_, place, version.node);
}

}  // namespace testing_support
