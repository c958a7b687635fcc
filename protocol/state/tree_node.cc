#include "protocol/state/tree_node.h"

#include <algorithm>
#include <bit>

#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/crypto/hash.h"

namespace state {

Slot Slot::leaf(protocol::Hash const& path, protocol::Hash const& value) {
  return {.kind = Kind::leaf, .subtree = {}, .keys = 0, .path = path, .value = value};
}

Slot Slot::node(protocol::Hash const& subtree, std::uint8_t keys) {
  return {.kind = Kind::node, .subtree = subtree, .keys = keys, .path = {}, .value = {}};
}

protocol::Hash Slot::hash() const {
  return kind == Kind::leaf ? leaf_hash(path, value) : subtree;
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

namespace {

constexpr std::size_t header_bytes = 2 * sizeof(std::uint16_t);

// Which children there are, and which of them are leaves: bit i = nibble i.
struct Header {
  std::uint16_t present = 0;
  std::uint16_t leaves = 0;
};

Header header_of(std::string_view bytes) {
  return {.present = base::read_big_endian<std::uint16_t>(bytes),
          .leaves = base::read_big_endian<std::uint16_t>(bytes.substr(2))};
}

unsigned count_of(std::uint16_t bits) {
  return static_cast<unsigned>(std::popcount(bits));
}

// The counts of the children that are nodes, a byte each.
std::string_view counts_in(std::string_view bytes, Header const& header) {
  return bytes.substr(header_bytes, count_of(header.present) - count_of(header.leaves));
}

std::uint8_t at_most_many(unsigned keys) {
  return static_cast<std::uint8_t>(std::min<unsigned>(keys, keys_many));
}

class HashReader {
 public:
  explicit HashReader(std::string_view bytes) : rest_{bytes} {}
  bool done() const { return rest_.empty(); }
  protocol::Hash next() {
    auto const hash = protocol::Hash::from(rest_.substr(0, protocol::Hash::size));
    CHECK(hash.has_value());
    rest_.remove_prefix(protocol::Hash::size);
    return *hash;
  }

 private:
  std::string_view rest_;
};

// What two places make together, but for the hash of a node.
Slot join(Slot const& left, Slot const& right) {
  if (left.kind == Slot::Kind::empty && right.kind != Slot::Kind::node) return right;
  if (right.kind == Slot::Kind::empty && left.kind != Slot::Kind::node) return left;
  return Slot::node({});
}

}  // namespace

void TreeNode::set_child(unsigned nibble, Slot const& slot) {
  auto place = children + nibble;
  slots_[place] = slot;
  while (place > 1) {
    place /= 2;
    stale_ |= 1u << place;
  }
}

void TreeNode::settle() {
  for (std::size_t place = children - 1; place > 0; --place) {
    if ((stale_ >> place & 1) == 0) continue;
    auto const& left = slots_[2 * place];
    auto const& right = slots_[2 * place + 1];
    slots_[place] = join(left, right);
    if (slots_[place].kind == Slot::Kind::node) {
      slots_[place].subtree = node_hash(left.hash(), right.hash());
    }
  }
  stale_ = 0;
}

std::uint8_t TreeNode::keys() const {
  unsigned keys = 0;
  for (unsigned i = 0; i < children; ++i) {
    keys += child(i).kind == Slot::Kind::leaf ? 1u : child(i).keys;
  }
  return at_most_many(keys);
}

std::string TreeNode::encode() const {
  CHECK(stale_ == 0);
  Header header;
  std::string counts;
  std::string body;
  body.reserve(slots_.size() * protocol::Hash::size);
  for (unsigned i = 0; i < children; ++i) {
    auto const& slot = child(i);
    if (slot.kind == Slot::Kind::empty) continue;
    auto const bit = 1u << i;
    header.present = static_cast<std::uint16_t>(header.present | bit);
    if (slot.kind == Slot::Kind::leaf) {
      header.leaves = static_cast<std::uint16_t>(header.leaves | bit);
      body += slot.path.chars();
      body += slot.value.chars();
    } else {
      counts += static_cast<char>(slot.keys);
      body += slot.subtree.chars();
    }
  }
  for (std::size_t place = children - 1; place > 0; --place) {
    if (slots_[place].kind == Slot::Kind::node) body += slots_[place].subtree.chars();
  }
  return base::big_endian(header.present) + base::big_endian(header.leaves) + counts + body;
}

TreeNode TreeNode::decode(std::string_view bytes) {
  auto const header = header_of(bytes);
  auto counts = counts_in(bytes, header);
  HashReader hashes{bytes.substr(header_bytes + counts.size())};
  TreeNode node;
  for (unsigned i = 0; i < children; ++i) {
    if ((header.present >> i & 1) == 0) continue;
    auto const first = hashes.next();
    auto& slot = node.slots_[children + i];
    if ((header.leaves >> i & 1) != 0) {
      slot = Slot::leaf(first, hashes.next());
    } else {
      slot = Slot::node(first, static_cast<std::uint8_t>(counts.front()));
      counts.remove_prefix(1);
    }
  }
  auto const inner = !hashes.done();
  for (std::size_t place = children - 1; place > 0; --place) {
    auto& slot = node.slots_[place];
    slot = join(node.slots_[2 * place], node.slots_[2 * place + 1]);
    if (slot.kind != Slot::Kind::node) continue;
    if (inner) {
      slot.subtree = hashes.next();
    } else {
      slot.subtree = node_hash(node.slots_[2 * place].hash(), node.slots_[2 * place + 1].hash());
    }
  }
  CHECK(hashes.done());
  return node;
}

std::string_view without_inner(std::string_view node) {
  auto const header = header_of(node);
  auto const hashes = std::size_t{count_of(header.present)} + count_of(header.leaves);
  return node.substr(0,
                     header_bytes + counts_in(node, header).size() + hashes * protocol::Hash::size);
}

std::uint8_t keys_of(std::string_view node) {
  auto const header = header_of(node);
  auto keys = count_of(header.leaves);
  for (auto const count : counts_in(node, header)) keys += static_cast<std::uint8_t>(count);
  return at_most_many(keys);
}

}  // namespace state
