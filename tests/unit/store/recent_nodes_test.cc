#include "node/store/recent_nodes.h"

#include <gtest/gtest.h>

#include "protocol/state/tree.h"
#include "protocol/state/tree_node.h"

namespace node {
namespace {

using state::Module;
using state::NodeVersion;
using state::Slot;
using state::TreeNode;
using Nodes = state::Overlay::Nodes;

NodePlace place(char name) {
  return {Module::bank, std::string{'\1', name}};
}

// As a block makes it, of so many keys below its second child; `tag` makes it one of its own.
std::string node_of(std::uint8_t keys, std::uint8_t tag = 0) {
  TreeNode node;
  protocol::Hash hash;
  hash.data[0] = tag;
  node.set_child(0, Slot::leaf(hash, hash));
  node.set_child(1, Slot::node(hash, keys));
  node.settle();
  return node.encode();
}
std::string large(std::uint8_t tag) {
  return node_of(state::small_keys_max, tag);
}
std::string stored(std::uint8_t tag) {
  return std::string{state::without_inner(large(tag))};
}
std::string small() {
  return node_of(state::small_keys_max - 1);
}

Nodes block(std::initializer_list<std::pair<char, NodeVersion>> nodes) {
  Nodes made;
  for (auto const& [name, version] : nodes) made.emplace(place(name), version);
  return made;
}
void add(RecentNodes& recent, std::initializer_list<std::pair<char, NodeVersion>> nodes) {
  auto const made = block(nodes);
  recent.add(&made);
}

TEST(RecentNodes, KnowTheNewestVersionOfEachNode) {
  RecentNodes recent{10};
  add(recent, {{'a', {large(1)}}, {'b', {large(2)}}, {'c', {large(3)}}});
  recent.add(nullptr);  // A block that changed nothing.
  add(recent, {{'b', {large(4), true}}, {'c', {std::nullopt, true}}});
  EXPECT_EQ(*recent.find(place('a')), stored(1));
  EXPECT_EQ(*recent.find(place('b')), stored(4));
  EXPECT_EQ(*recent.find(place('c')), std::nullopt);
  EXPECT_EQ(recent.find(place('d')), nullptr);
  EXPECT_EQ(recent.find({Module::work, place('a').second}), nullptr);

  std::vector<std::pair<NodePlace, LargeNode>> newest;
  for (auto const& [at, node] : recent.newest()) newest.emplace_back(*at, *node);
  EXPECT_EQ(newest,
            (std::vector<std::pair<NodePlace, LargeNode>>{
                {place('a'), stored(1)}, {place('b'), stored(4)}, {place('c'), std::nullopt}}));
}

TEST(RecentNodes, KeepLargeOnesOnly) {
  RecentNodes recent{10};
  add(recent, {{'a', {small()}}, {'b', {std::nullopt}}, {'c', {small(), true}}});
  EXPECT_EQ(recent.find(place('a')), nullptr);
  EXPECT_EQ(recent.find(place('b')), nullptr) << "it was small when it went";
  EXPECT_EQ(*recent.find(place('c')), std::nullopt) << "the database has it as it was";
  add(recent, {{'a', {large(1)}}, {'c', {small()}}});
  EXPECT_EQ(*recent.find(place('a')), stored(1));
  EXPECT_EQ(*recent.find(place('c')), std::nullopt) << "the database still has it";

  NodePlace const top{Module::work, std::string{'\0'}};
  Nodes const at_the_top{{top, {small()}}};
  recent.add(&at_the_top);
  EXPECT_TRUE(*recent.find(top)) << "the top of a tree is large however few keys it has";
}

TEST(RecentNodes, LayersKeepWhatTheyWereWhenMoreIsAdded) {
  RecentNodes recent{10};
  add(recent, {{'a', {large(1)}}, {'b', {large(2)}}});
  auto const then = recent.layers();
  add(recent, {{'a', {large(3), true}}});
  auto const now = recent.layers();
  recent.clear();
  EXPECT_EQ(*find_in(then, place('a')), stored(1));
  EXPECT_EQ(*find_in(now, place('a')), stored(3));
  EXPECT_EQ(*find_in(now, place('b')), stored(2));
  EXPECT_EQ(find_in(now, place('c')), nullptr);
  EXPECT_EQ(recent.find(place('a')), nullptr);
}

TEST(RecentNodes, AreFullAfterTheBlocksAllowedOrWithManyNodes) {
  RecentNodes recent{3};
  recent.add(nullptr);
  add(recent, {{'a', {large(1)}}});
  EXPECT_FALSE(recent.full());
  recent.add(nullptr);
  EXPECT_TRUE(recent.full());
  recent.clear();
  EXPECT_FALSE(recent.full());

  Nodes many;
  auto const node = large(1);
  for (int i = 0; i < 1 << 16; ++i) {
    many.emplace(NodePlace{Module::work, '\5' + std::to_string(i)}, NodeVersion{node, false});
  }
  recent.add(&many);
  EXPECT_TRUE(recent.full());
}

}  // namespace
}  // namespace node
