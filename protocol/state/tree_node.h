// One stored node of a tree: four binary levels, sixteen children. The encoding and the tree it
// is part of: state/tree.h.
//
// Threads: plain data and pure functions.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/types.h"

namespace state {

// What stands at a place of the binary tree.
struct Slot {
  enum class Kind { empty, leaf, node } kind = Kind::empty;
  protocol::Hash subtree;  // Of a node: its hash.
  std::uint8_t keys = 0;   // Of a node that is a child: how many it holds, or keys_many.
  protocol::Hash path;     // Of a leaf.
  protocol::Hash value;    // Of a leaf: the value's hash.

  static Slot leaf(protocol::Hash const& path, protocol::Hash const& value);
  static Slot node(protocol::Hash const& subtree, std::uint8_t keys = 0);

  // EMPTY for nothing. A leaf's is computed here: most are never asked for.
  protocol::Hash hash() const;
};

// So many keys, or more.
inline constexpr std::uint8_t keys_many = 255;

inline constexpr unsigned nibbles_max = 2 * protocol::Hash::size;
inline constexpr unsigned bits_max = 8 * protocol::Hash::size;

// From the first: 0 to 63, 0 to 255.
unsigned nibble_of(protocol::Hash const& path, unsigned index);
unsigned bit_of(protocol::Hash const& path, unsigned index);

// Where a node with `depth` nibbles above it is stored.
std::string prefix_of(protocol::Hash const& path, unsigned depth);

protocol::Hash leaf_hash(protocol::Hash const& path, protocol::Hash const& value);
protocol::Hash node_hash(protocol::Hash const& left, protocol::Hash const& right);

// The four levels as a heap: place 1 is the top, 2i and 2i + 1 stand below i, 16 to 31 are the
// children. What is known of the hashes between is kept: a change of one child costs four.
class TreeNode {
 public:
  static constexpr std::size_t children = 16;

  TreeNode() = default;

  // Takes both forms that state/tree.h describes. The bytes are encode()'s: the store answers
  // for what the disk returns.
  static TreeNode decode(std::string_view bytes);
  // With the hashes between. Not while one is stale: call settle() first.
  std::string encode() const;

  Slot const& child(unsigned nibble) const { return slots_[children + nibble]; }
  void set_child(unsigned nibble, Slot const& slot);

  // Computes what set_child() made stale.
  void settle();
  // What stands at a place, 1 to 31. Settled only.
  Slot const& at(std::size_t place) const { return slots_[place]; }

  // How many it holds, children of children too; at most keys_many.
  std::uint8_t keys() const;

 private:
  std::array<Slot, 2 * children> slots_;
  std::uint32_t stale_ = 0;  // One bit for each place.
};

// An encoded node without the hashes between, as it is stored.
std::string_view without_inner(std::string_view node);

// As TreeNode::keys(), of an encoded node.
std::uint8_t keys_of(std::string_view node);

}  // namespace state
