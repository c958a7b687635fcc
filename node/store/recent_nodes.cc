#include "node/store/recent_nodes.h"

#include <algorithm>
#include <functional>
#include <ranges>

namespace node {
namespace {

// Some 20 MB of memory, and a tenth of a second of the execution thread to write them where all of
// them are different nodes.
constexpr std::size_t nodes_max = 1u << 15;

}  // namespace

std::size_t RecentNodes::Hash::operator()(NodePlace const* place) const {
  constexpr std::size_t modules_apart = 0x9e3779b97f4a7c15;
  return std::hash<std::string_view>{}(place->second) +
         static_cast<std::size_t>(place->first) * modules_apart;
}

void RecentNodes::add(std::shared_ptr<state::Overlay::Nodes const> nodes) {
  ++blocks_;
  if (nodes == nullptr) return;
  for (auto const& [place, node] : *nodes) newest_.insert_or_assign(&place, &node);
  nodes_ += nodes->size();
  layers_.push_back(std::move(nodes));
}

RecentNodes::Node const* RecentNodes::find(NodePlace const& place) const {
  auto const found = newest_.find(&place);
  return found != newest_.end() ? found->second : nullptr;
}

bool RecentNodes::full() const {
  return blocks_ >= blocks_max_ || nodes_ >= nodes_max;
}

std::vector<std::pair<NodePlace const*, RecentNodes::Node const*>> RecentNodes::newest() const {
  std::vector<std::pair<NodePlace const*, Node const*>> all{newest_.begin(), newest_.end()};
  std::ranges::sort(all, {}, [](auto const& entry) -> NodePlace const& { return *entry.first; });
  return all;
}

void RecentNodes::clear() {
  newest_.clear();
  layers_.clear();
  blocks_ = 0;
  nodes_ = 0;
}

RecentNodes::Node const* find_in(NodeLayers const& layers, NodePlace const& place) {
  for (auto const& layer : layers | std::views::reverse) {
    auto const found = layer->find(place);
    if (found != layer->end()) return &found->second;
  }
  return nullptr;
}

}  // namespace node
