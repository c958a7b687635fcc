#include "protocol/state/tree.h"

#include <algorithm>

#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/state/tree_node.h"

namespace state {
namespace {

using Changes = std::span<LeafChange const>;

Slot top_of(Reader const& reader, Module module) {
  auto const bytes = reader.node(module, prefix_of({}, 0));
  return bytes ? TreeNode::decode(*bytes).at(1) : Slot{};
}

bool same(std::optional<std::string> const& a, std::optional<std::string> const& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return without_inner(*a) == without_inner(*b);
}

// The contents of a place that held one leaf at most, after `changes`.
std::vector<LeafChange> contents(Slot const& before, Changes changes) {
  std::vector<LeafChange> after;
  auto pending = before.kind == Slot::Kind::leaf;
  for (auto const& change : changes) {
    if (pending && before.path < change.path) {
      after.push_back({before.path, before.value});
      pending = false;
    }
    if (pending && before.path == change.path) pending = false;
    if (change.value) after.push_back(change);
  }
  if (pending) after.push_back({before.path, before.value});
  return after;
}

unsigned depth_of(std::string_view prefix) {
  CHECK(!prefix.empty());
  return static_cast<unsigned char>(prefix.front());
}

bool large(unsigned depth, std::uint8_t keys) {
  return depth == 0 || keys > small_keys_max;
}

class Updater {
 public:
  Updater(Reader const& reader, Module module) : reader_{reader}, module_{module} {}

  TreeUpdate run(Changes changes) {
    auto const top = changes.empty() ? top_of(reader_, module_) : rewrite(0, true, changes);
    return {.root = top.hash(), .nodes = std::move(nodes_)};
  }

  // Nothing is there yet, and nothing is read.
  std::vector<std::pair<std::string, std::string>> make(unsigned depth, std::string_view prefix,
                                                        Changes leaves) {
    auto const top = changed({}, depth, leaves);
    std::vector<std::pair<std::string, std::string>> made;
    for (auto& [place, version] : nodes_) made.emplace_back(place, *std::move(version.node));
    made.emplace_back(prefix, top.encode());
    return made;
  }

 private:
  // What stands at the place of `changes`, `depth` nibbles down, once they are made.
  // NOLINTNEXTLINE(misc-no-recursion): at most 64 deep.
  Slot apply(unsigned depth, Slot const& before, Changes changes) {
    if (before.kind == Slot::Kind::node) return rewrite(depth, true, changes);
    auto const after = contents(before, changes);
    if (after.empty()) return {};
    auto const& first = after.front();
    CHECK(first.value.has_value());  // contents() keeps no erasures.
    if (after.size() == 1) return Slot::leaf(first.path, *first.value);
    return rewrite(depth, false, after);
  }

  // The node at that place: read if it is `stored`, its changed children replaced, and written,
  // or removed where it would hold one key only.
  // NOLINTNEXTLINE(misc-no-recursion)
  Slot rewrite(unsigned depth, bool stored, Changes changes) {
    auto const prefix = prefix_of(changes.front().path, depth);
    auto const bytes = stored ? reader_.node(module_, prefix) : std::nullopt;
    CHECK(bytes || !stored || depth == 0);  // A parent names it.
    auto const node = changed(bytes ? TreeNode::decode(*bytes) : TreeNode{}, depth, changes);
    auto top = node.at(1);
    top.keys = node.keys();
    auto const keep = depth == 0 ? top.kind != Slot::Kind::empty : top.kind == Slot::Kind::node;
    auto after = keep ? std::optional{node.encode()} : std::nullopt;
    if (same(after, bytes)) return top;
    auto const was_large = bytes && large(depth, keys_of(*bytes));
    nodes_.emplace_back(prefix, NodeVersion{.node = std::move(after), .was_large = was_large});
    return top;
  }

  // `node`, `depth` nibbles down, with the children that `changes` are about replaced.
  // NOLINTNEXTLINE(misc-no-recursion)
  TreeNode changed(TreeNode node, unsigned depth, Changes changes) {
    while (!changes.empty()) {
      auto const nibble = nibble_of(changes.front().path, depth);
      auto const end = std::ranges::find_if(changes, [&](LeafChange const& change) {
        return nibble_of(change.path, depth) != nibble;
      });
      auto const count = static_cast<std::size_t>(end - changes.begin());
      node.set_child(nibble, apply(depth + 1, node.child(nibble), changes.first(count)));
      changes = changes.subspan(count);
    }
    node.settle();
    return node;
  }

  Reader const& reader_;
  Module module_;
  std::vector<std::pair<std::string, NodeVersion>> nodes_;
};

}  // namespace

protocol::Hash path_of(Key const& key) {
  auto const module = base::big_endian(static_cast<std::uint16_t>(key.module));
  return crypto::hash(crypto::domains::key, {base::bytes_of(module), base::bytes_of(key.logical)});
}

protocol::Hash value_hash(std::string_view value) {
  return crypto::hash(crypto::domains::value, {base::bytes_of(value)});
}

TreeUpdate update(Reader const& reader, Module module, Changes changes) {
  auto const not_ascending = [](LeafChange const& a, LeafChange const& b) {
    return a.path >= b.path;
  };
  CHECK(std::ranges::adjacent_find(changes, not_ascending) == changes.end());
  return Updater{reader, module}.run(changes);
}

bool is_large(std::string_view prefix, std::string_view node) {
  return large(depth_of(prefix), keys_of(node));
}

std::vector<std::pair<std::string, std::string>> subtree(std::string_view prefix, Changes leaves) {
  NoState const nothing;
  return Updater{nothing, Module{}}.make(depth_of(prefix), prefix, leaves);
}

protocol::Hash module_root(Reader const& reader, Module module) {
  return top_of(reader, module).hash();
}

ModuleRoots module_roots(Reader const& reader) {
  ModuleRoots roots;
  for (auto const module : modules) roots.emplace_back(module, module_root(reader, module));
  return roots;
}

protocol::StateRoot state_root(ModuleRoots const& roots) {
  auto bytes = base::big_endian(root_version);
  base::append_big_endian(bytes, static_cast<std::uint16_t>(roots.size()));
  for (auto const& [module, root] : roots) {
    base::append_big_endian(bytes, static_cast<std::uint16_t>(module));
    bytes += root.chars();
  }
  return crypto::hash_as<protocol::StateRoot>(crypto::domains::root, {base::bytes_of(bytes)});
}

protocol::StateRoot update_tree(Overlay& overlay) {
  ModuleRoots roots;
  auto change = overlay.changes().begin();
  for (auto const module : modules) {
    std::vector<LeafChange> leaves;
    for (; change != overlay.changes().end() && change->first.module == module; ++change) {
      auto const& [key, value] = *change;
      leaves.push_back({path_of(key), value ? std::optional{value_hash(*value)} : std::nullopt});
    }
    std::ranges::sort(leaves, {}, &LeafChange::path);
    auto updated = update(overlay, module, leaves);
    for (auto& [prefix, node] : updated.nodes) {
      overlay.put_node(module, std::move(prefix), std::move(node));
    }
    roots.emplace_back(module, updated.root);
  }
  CHECK(change == overlay.changes().end());  // Every module is in `modules`, ascending.
  return state_root(roots);
}

}  // namespace state
