// One stored node of a tree: four binary levels, sixteen children. The encoding and the tree it
// is part of: state/tree.h.
//
// Threads: plain data and pure functions.

#pragma once

#include <array>
#include <string>
#include <string_view>

#include "protocol/types.h"

namespace state {

// What stands at a place of the binary tree.
struct Slot {
  enum class Kind { empty, leaf, node } kind = Kind::empty;
  protocol::Hash hash;   // Of the subtree; EMPTY for none.
  protocol::Hash path;   // Of a leaf.
  protocol::Hash value;  // Of a leaf: the value's hash.

  static Slot leaf(protocol::Hash const& path, protocol::Hash const& value);
  static Slot node(protocol::Hash const& hash);
};

inline constexpr unsigned nibbles_max = 2 * protocol::Hash::size;
inline constexpr unsigned bits_max = 8 * protocol::Hash::size;

// From the first: 0 to 63, 0 to 255.
unsigned nibble_of(protocol::Hash const& path, unsigned index);
unsigned bit_of(protocol::Hash const& path, unsigned index);

// Where a node with `depth` nibbles above it is stored.
std::string prefix_of(protocol::Hash const& path, unsigned depth);

protocol::Hash leaf_hash(protocol::Hash const& path, protocol::Hash const& value);
protocol::Hash node_hash(protocol::Hash const& left, protocol::Hash const& right);

using Children = std::array<Slot, 16>;

std::string encode(Children const& children);
// The bytes are encode()'s: the store answers for what the disk returns.
Children decode(std::string_view bytes);

// The four levels as a heap: [1] is the top, [2i] and [2i + 1] below [i], [16..31] the children.
using Levels = std::array<Slot, 32>;
Levels fold(Children const& children);

}  // namespace state
