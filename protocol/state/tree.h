// The state commitment: one sparse Merkle tree per module, and the root over all of them.
//
//   path  = B2b[LBRkey1](module (2, big-endian) || logical key)        256 bits, first bit first
//   leaf  = B2b[LBRleaf1](path || B2b[LBRval1](value))
//   node  = B2b[LBRnode1](left || right)
//   EMPTY = 32 zero bytes; a subtree with one key hashes as that key's leaf, at any depth
//   root  = B2b[LBRroot1](version (4) || count (2) || (module (2), module root (32))*)   ascending
//
// A binary tree packed 16-ary: a stored node stands for four levels and knows its 16 children.
// Nodes are stored under their place, so there is one live version of each.
//
//   prefix = depth (1, in nibbles) || the path's first nibbles, two a byte, zero padded
//   node   = present (2) || leaves (2) || count* || child* [inner*]   bit i = nibble i
//   count  = keys below (1), 255 = so many or more          of each child that is a node
//   child  = path (32) || value hash (32)                   where the leaves bit is set
//          | hash (32)                                      of the node stored below
//   inner  = hash (32) of a place between, where it is one of a node: from the last above the
//            children to the top. All or none: memory keeps them, so that one changed child
//            costs four hashes, and a disk need not.
//
// A large node holds more than small_keys_max keys, or stands at depth 0: those a disk keeps. What
// lies below is made again from the values (subtree()), which lie side by side where they are kept
// by path. Most nodes are small, and each change of a key changes one or two of them.
//
// Invariant: a node holds at least two keys, the one at depth 0 at least one; so deletion
// collapses what it leaves alone, and a tree depends on its contents only, never on their history.
//
// Threads: pure functions over a Reader.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/crypto/hash.h"
#include "protocol/state/overlay.h"
#include "protocol/state/reader.h"

namespace state {

inline constexpr std::uint32_t root_version = 1;
inline constexpr protocol::Hash empty_hash{};

protocol::Hash path_of(Key const& key);
protocol::Hash value_hash(std::string_view value);

struct LeafChange {
  protocol::Hash path;
  // Nothing: the key is erased; erasing what is not there changes nothing.
  std::optional<protocol::Hash> value;
};

struct TreeUpdate {
  protocol::Hash root;
  // By prefix.
  std::vector<std::pair<std::string, NodeVersion>> nodes;
};

// About the keys that a few blocks of a disk hold.
inline constexpr std::uint8_t small_keys_max = 64;
bool is_large(std::string_view prefix, std::string_view node);

// The nodes that `leaves` make at `prefix` and below, that at `prefix` last, whatever it holds.
// Leaves are all that there are below it, ascending by path.
std::vector<std::pair<std::string, std::string>> subtree(std::string_view prefix,
                                                         std::span<LeafChange const> leaves);

// The tree of `module` in `reader` after `changes`, which ascend by path, no path twice.
TreeUpdate update(Reader const& reader, Module module, std::span<LeafChange const> changes);

// The root of one module's tree as its nodes in `reader` say.
protocol::Hash module_root(Reader const& reader, Module module);

using ModuleRoots = std::vector<std::pair<Module, protocol::Hash>>;

// Of all modules, ascending.
ModuleRoots module_roots(Reader const& reader);
protocol::StateRoot state_root(ModuleRoots const& roots);

// Brings the tree nodes in `overlay` up to its changes and returns the root of the whole state.
// Once, after the last change of a block.
protocol::StateRoot update_tree(Overlay& overlay);

}  // namespace state
