#include "protocol/state/tree_node.h"

#include <algorithm>

#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/crypto/hash.h"

namespace state {

Slot Slot::leaf(protocol::Hash const& path, protocol::Hash const& value) {
  return {.kind = Kind::leaf, .hash = leaf_hash(path, value), .path = path, .value = value};
}

Slot Slot::node(protocol::Hash const& hash) {
  return {.kind = Kind::node, .hash = hash, .path = {}, .value = {}};
}

unsigned nibble_of(protocol::Hash const& path, unsigned index) {
  CHECK(index < nibbles_max);
  unsigned const byte = path.data[index / 2];
  return index % 2 == 0 ? byte >> 4 : byte & 15;
}

unsigned bit_of(protocol::Hash const& path, unsigned index) {
  CHECK(index < bits_max);
  return path.data[index / 8] >> (7 - index % 8) & 1u;
}

std::string prefix_of(protocol::Hash const& path, unsigned depth) {
  CHECK(depth < nibbles_max);
  std::string prefix(1 + (depth + 1) / 2, '\0');
  prefix[0] = static_cast<char>(depth);
  std::ranges::copy(path.chars().substr(0, (depth + 1) / 2), prefix.begin() + 1);
  if (depth % 2 != 0) prefix.back() = static_cast<char>(prefix.back() & 0xf0);
  return prefix;
}

protocol::Hash leaf_hash(protocol::Hash const& path, protocol::Hash const& value) {
  return crypto::hash(crypto::domains::leaf, {path.view(), value.view()});
}

protocol::Hash node_hash(protocol::Hash const& left, protocol::Hash const& right) {
  return crypto::hash(crypto::domains::node, {left.view(), right.view()});
}

std::string encode(Children const& children) {
  std::uint16_t present = 0;
  std::uint16_t leaves = 0;
  std::string body;
  body.reserve(children.size() * 2 * protocol::Hash::size);
  for (unsigned i = 0; i < children.size(); ++i) {
    auto const& child = children[i];
    if (child.kind == Slot::Kind::empty) continue;
    present = static_cast<std::uint16_t>(present | 1u << i);
    if (child.kind == Slot::Kind::leaf) {
      leaves = static_cast<std::uint16_t>(leaves | 1u << i);
      body += child.path.chars();
      body += child.value.chars();
    } else {
      body += child.hash.chars();
    }
  }
  return base::big_endian(present) + base::big_endian(leaves) + body;
}

Children decode(std::string_view bytes) {
  auto const present = base::read_big_endian<std::uint16_t>(bytes);
  auto const leaves = base::read_big_endian<std::uint16_t>(bytes.substr(2));
  bytes.remove_prefix(4);
  auto const take = [&bytes] {
    auto const hash = protocol::Hash::from(bytes.substr(0, protocol::Hash::size));
    CHECK(hash.has_value());
    bytes.remove_prefix(protocol::Hash::size);
    return *hash;
  };
  Children children;
  for (unsigned i = 0; i < children.size(); ++i) {
    if ((present >> i & 1) == 0) continue;
    auto const first = take();
    children[i] = (leaves >> i & 1) != 0 ? Slot::leaf(first, take()) : Slot::node(first);
  }
  CHECK(bytes.empty());
  return children;
}

Levels fold(Children const& children) {
  Levels levels;
  std::ranges::copy(children, levels.begin() + 16);
  for (std::size_t i = 15; i > 0; --i) {
    auto const& left = levels[2 * i];
    auto const& right = levels[2 * i + 1];
    if (left.kind == Slot::Kind::empty && right.kind != Slot::Kind::node) {
      levels[i] = right;
    } else if (right.kind == Slot::Kind::empty && left.kind != Slot::Kind::node) {
      levels[i] = left;
    } else {
      levels[i] = Slot::node(node_hash(left.hash, right.hash));
    }
  }
  return levels;
}

}  // namespace state
