#include "node/store/recent_nodes.h"

#include <gtest/gtest.h>

namespace node {
namespace {

using state::Module;
using Nodes = state::Overlay::Nodes;

NodePlace place(char name) {
  return {Module::bank, std::string{name}};
}

std::shared_ptr<Nodes const> layer(
    std::initializer_list<std::pair<char, RecentNodes::Node>> nodes) {
  auto made = std::make_shared<Nodes>();
  for (auto const& [name, node] : nodes) made->emplace(place(name), node);
  return made;
}

TEST(RecentNodes, KnowTheNewestVersionOfEachNode) {
  RecentNodes recent{10};
  recent.add(layer({{'a', "a1"}, {'b', "b1"}, {'c', "c1"}}));
  recent.add(nullptr);  // A block that changed nothing.
  recent.add(layer({{'b', "b2"}, {'c', std::nullopt}}));
  EXPECT_EQ(*recent.find(place('a')), "a1");
  EXPECT_EQ(*recent.find(place('b')), "b2");
  EXPECT_EQ(*recent.find(place('c')), std::nullopt);
  EXPECT_EQ(recent.find(place('d')), nullptr);
  EXPECT_EQ(recent.find({Module::work, "a"}), nullptr);

  std::vector<std::pair<NodePlace, RecentNodes::Node>> newest;
  for (auto const& [at, node] : recent.newest()) newest.emplace_back(*at, *node);
  EXPECT_EQ(newest, (std::vector<std::pair<NodePlace, RecentNodes::Node>>{
                        {place('a'), "a1"}, {place('b'), "b2"}, {place('c'), std::nullopt}}));
}

TEST(RecentNodes, LayersKeepWhatTheyWereWhenMoreIsAdded) {
  RecentNodes recent{10};
  recent.add(layer({{'a', "a1"}, {'b', "b1"}}));
  auto const then = recent.layers();
  recent.add(layer({{'a', "a2"}}));
  auto const now = recent.layers();
  recent.clear();
  EXPECT_EQ(*find_in(then, place('a')), "a1");
  EXPECT_EQ(*find_in(now, place('a')), "a2");
  EXPECT_EQ(*find_in(now, place('b')), "b1");
  EXPECT_EQ(find_in(now, place('c')), nullptr);
  EXPECT_EQ(recent.find(place('a')), nullptr);
}

TEST(RecentNodes, AreFullAfterTheBlocksAllowedOrWithManyNodes) {
  RecentNodes recent{3};
  recent.add(nullptr);
  recent.add(layer({{'a', "a"}}));
  EXPECT_FALSE(recent.full());
  recent.add(nullptr);
  EXPECT_TRUE(recent.full());
  recent.clear();
  EXPECT_FALSE(recent.full());

  auto many = std::make_shared<Nodes>();
  for (int i = 0; i < 1 << 15; ++i) many->emplace(NodePlace{Module::work, std::to_string(i)}, "");
  recent.add(std::move(many));
  EXPECT_TRUE(recent.full());
}

}  // namespace
}  // namespace node
