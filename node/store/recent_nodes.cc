#include "node/store/recent_nodes.h"

#include <algorithm>
#include <functional>
#include <ranges>

#include "protocol/state/tree.h"
#include "protocol/state/tree_node.h"

namespace node {
namespace {

// Some 40 MB of memory, and a tenth of a second of the execution thread to write them where all of
// them are different nodes.
constexpr std::size_t nodes_max = 1u << 16;

// What of a block's nodes is of interest here.
NodeLayer large_ones(state::Overlay::Nodes const& nodes) {
  NodeLayer layer;
  for (auto const& [place, version] : nodes) {
    auto const& node = version.node;
    if (node && state::is_large(place.second, *node)) {
      layer.emplace_back(place, state::without_inner(*node));
    } else if (version.was_large) {
      layer.emplace_back(place, std::nullopt);
    }
  }
  return layer;
}

}  // namespace

std::size_t RecentNodes::Hash::operator()(NodePlace const* place) const {
  constexpr std::size_t modules_apart = 0x9e3779b97f4a7c15;
  return std::hash<std::string_view>{}(place->second) +
         static_cast<std::size_t>(place->first) * modules_apart;
}

void RecentNodes::add(state::Overlay::Nodes const* nodes) {
  ++blocks_;
  if (nodes == nullptr) return;
  auto layer = std::make_shared<NodeLayer const>(large_ones(*nodes));
  for (auto const& [place, node] : *layer) newest_.insert_or_assign(&place, &node);
  nodes_ += layer->size();
  layers_.push_back(std::move(layer));
}

LargeNode const* RecentNodes::find(NodePlace const& place) const {
  auto const found = newest_.find(&place);
  return found != newest_.end() ? found->second : nullptr;
}

bool RecentNodes::full() const {
  return blocks_ >= blocks_max_ || nodes_ >= nodes_max;
}

std::vector<std::pair<NodePlace const*, LargeNode const*>> RecentNodes::newest() const {
  std::vector<std::pair<NodePlace const*, LargeNode const*>> all{newest_.begin(), newest_.end()};
  std::ranges::sort(all, {}, [](auto const& entry) -> NodePlace const& { return *entry.first; });
  return all;
}

void RecentNodes::clear() {
  newest_.clear();
  layers_.clear();
  blocks_ = 0;
  nodes_ = 0;
}

LargeNode const* find_in(NodeLayers const& layers, NodePlace const& place) {
  for (auto const& layer : layers | std::views::reverse) {
    auto const found = std::ranges::lower_bound(*layer, place, {}, &NodeLayer::value_type::first);
    if (found != layer->end() && found->first == place) return &found->second;
  }
  return nullptr;
}

}  // namespace node
