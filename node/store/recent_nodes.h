// Large tree nodes of the last blocks, in memory: what the database has of the tree is older.
//
// People at work change the same records block after block, and with each all nodes from there to
// the top. So nodes are written to the database as they are after several blocks, each once; until
// then the database says which keys those blocks changed (table C), and after a crash the nodes are
// computed again from that. Small nodes (state/tree.h) are not kept at all: values make them.
//
// Threads: the execution thread. Layers are immutable, and shared with snapshots.

#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/state/key.h"
#include "protocol/state/overlay.h"

namespace node {

using NodePlace = std::pair<state::Module, std::string>;
// As it is stored. Nothing: it was large and is not any more, so it is not stored.
using LargeNode = std::optional<std::string>;

// Of one block, ascending by place; the oldest block's first.
using NodeLayer = std::vector<std::pair<NodePlace, LargeNode>>;
using NodeLayers = std::vector<std::shared_ptr<NodeLayer const>>;

class RecentNodes {
 public:
  // Full after so many blocks at the latest.
  explicit RecentNodes(std::size_t blocks_max) : blocks_max_{blocks_max} {}

  // Of a block. Null: it changed no node.
  void add(state::Overlay::Nodes const* nodes);

  // Null: no block here changed it, or it was small all the time.
  LargeNode const* find(NodePlace const& place) const;

  // To be written out: more would take too long, or too much memory.
  bool full() const;
  // Each node's newest version, ascending by place.
  std::vector<std::pair<NodePlace const*, LargeNode const*>> newest() const;
  void clear();

  NodeLayers const& layers() const { return layers_; }

 private:
  struct Hash {
    std::size_t operator()(NodePlace const* place) const;
  };
  struct Same {
    bool operator()(NodePlace const* a, NodePlace const* b) const { return *a == *b; }
  };

  std::size_t blocks_max_;
  NodeLayers layers_;
  std::size_t blocks_ = 0;
  std::size_t nodes_ = 0;  // Of all layers, older versions too.
  boost::unordered_flat_map<NodePlace const*, LargeNode const*, Hash, Same> newest_;  // Into them.
};

// The newest version in any of `layers`; null: in none of them.
LargeNode const* find_in(NodeLayers const& layers, NodePlace const& place);

}  // namespace node
