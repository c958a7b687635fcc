#include "protocol/state/overlay.h"

#include <utility>

#include "protocol/base/check.h"

namespace state {

std::optional<std::string> Overlay::get(Key const& key) const {
  auto const own = changes_.find(key);
  return own != changes_.end() ? own->second : parent_->get(key);
}

// Walks own changes and the parent side by side; an own erasure hides the parent's entry.
std::optional<std::string> Overlay::next(Module module, std::string_view from) const {
  CHECK(ordered(module));
  auto own = changes_.lower_bound(Key{module, std::string{from}});
  auto below = parent_->next(module, from);
  while (true) {
    auto const ours = own != changes_.end() && own->first.module == module;
    if (!ours || (below && *below < own->first.logical)) return below;
    if (own->second) return own->first.logical;
    if (below && *below == own->first.logical) {
      below = parent_->next(module, *below + '\0');
    }
    ++own;
  }
}

std::optional<std::string> Overlay::node(Module module, std::string_view prefix) const {
  if (nodes_ == nullptr) return parent_->node(module, prefix);
  auto const own = nodes_->find(std::pair{module, std::string{prefix}});
  return own != nodes_->end() ? own->second.node : parent_->node(module, prefix);
}

void Overlay::put(Key key, std::string value) {
  changes_.insert_or_assign(std::move(key), std::move(value));
}

void Overlay::erase(Key key) {
  changes_.insert_or_assign(std::move(key), std::nullopt);
}

void Overlay::put_node(Module module, std::string prefix, NodeVersion node) {
  if (nodes_ == nullptr) nodes_ = std::make_shared<Nodes>();
  nodes_->insert_or_assign(std::pair{module, std::move(prefix)}, std::move(node));
}

// Costs as much as the child is large: a block absorbs thousands of small ones.
void Overlay::absorb(Overlay&& child) {
  for (auto& [key, value] : child.changes_) changes_.insert_or_assign(key, std::move(value));
  child.changes_.clear();
  if (child.nodes_ == nullptr) return;
  for (auto const& [place, node] : *child.nodes_) put_node(place.first, place.second, node);
  child.nodes_.reset();
}

}  // namespace state
