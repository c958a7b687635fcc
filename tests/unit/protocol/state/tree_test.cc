// The incremental tree against one that is built from scratch, bit by bit, from the definition.

#include "protocol/state/tree.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <memory>
#include <set>

#include "protocol/base/hex.h"
#include "protocol/state/tree_node.h"
#include "tests/support/memory_state.h"

namespace state {
namespace {

using testing_support::MemoryState;
using Contents = std::map<protocol::Hash, protocol::Hash>;  // Path -> value hash.

bool bit(protocol::Hash const& path, unsigned i) {
  return (path.data[i / 8] >> (7 - i % 8) & 1) != 0;
}

// The definition, read aloud. It shares nothing with the tree but the hash function.
protocol::Hash naive_root(Contents const& contents, unsigned depth) {
  if (contents.empty()) return protocol::Hash{};
  if (contents.size() == 1) {
    auto const& [path, value] = *contents.begin();
    return crypto::hash(crypto::domains::leaf, {path.view(), value.view()});
  }
  Contents left;
  Contents right;
  for (auto const& [path, value] : contents) (bit(path, depth) ? right : left)[path] = value;
  auto const l = naive_root(left, depth + 1);
  auto const r = naive_root(right, depth + 1);
  return crypto::hash(crypto::domains::node, {l.view(), r.view()});
}

protocol::Hash value_of(unsigned n) {
  protocol::Hash value;
  value.data[0] = static_cast<std::uint8_t>(n);
  value.data[1] = 1;
  return value;
}

// Few paths, close together: they share long prefixes, so that leaves sink and rise.
protocol::Hash close_path(unsigned n) {
  protocol::Hash path;
  constexpr unsigned places[] = {0, 0, 1, 15, 31};
  path.data[places[n % 5]] = static_cast<std::uint8_t>(1u << (n / 5 % 8));
  if (n % 3 == 0) path.data[31] = static_cast<std::uint8_t>(path.data[31] | (n & 3));
  return path;
}

class Tree {
 public:
  void apply(std::map<protocol::Hash, std::optional<protocol::Hash>> const& changes) {
    std::vector<LeafChange> leaves;
    for (auto const& [path, value] : changes) {
      leaves.push_back({path, value});
      if (value) {
        contents[path] = *value;
      } else {
        contents.erase(path);
      }
    }
    auto const updated = update(memory, Module::bank, leaves);
    root = updated.root;
    Overlay overlay{nullptr};
    for (auto const& [prefix, node] : updated.nodes) overlay.put_node(Module::bank, prefix, node);
    memory.apply(overlay);
  }

  MemoryState memory;
  Contents contents;
  protocol::Hash root;
};

RC_GTEST_PROP(StateTree, AgreesWithTheNaiveTreeAfterEveryBatch, ()) {
  Tree tree;
  auto const batches = *rc::gen::inRange(1, 12);
  for (int i = 0; i < batches; ++i) {
    std::map<protocol::Hash, std::optional<protocol::Hash>> changes;
    auto const count = *rc::gen::inRange(1, 12);
    for (int c = 0; c < count; ++c) {
      auto const path = close_path(*rc::gen::inRange(0u, 64u));
      auto const kept = *rc::gen::inRange(0, 3) != 0;
      changes[path] = kept ? std::optional{value_of(*rc::gen::inRange(0u, 256u))} : std::nullopt;
    }
    tree.apply(changes);
    RC_ASSERT(tree.root == naive_root(tree.contents, 0));
    RC_ASSERT(tree.root == module_root(tree.memory, Module::bank));
  }
}

RC_GTEST_PROP(StateTree, DependsOnItsContentsAndNotOnTheirHistory, ()) {
  Tree one_batch;
  std::map<protocol::Hash, std::optional<protocol::Hash>> all;
  auto const picks = *rc::gen::container<std::vector<unsigned>>(rc::gen::inRange(0u, 64u));
  for (auto const pick : picks) all[close_path(pick)] = value_of(pick);
  if (!all.empty()) one_batch.apply(all);

  Tree one_by_one;
  for (auto const pick : picks) {
    one_by_one.apply({{close_path(pick ^ 1), value_of(9)}});  // Comes and goes again.
    one_by_one.apply({{close_path(pick), value_of(pick)}});
  }
  for (unsigned n = 0; n < 64; ++n) {
    if (!all.contains(close_path(n))) one_by_one.apply({{close_path(n), std::nullopt}});
  }
  for (auto const& [path, value] : all) one_by_one.apply({{path, value}});
  RC_ASSERT(one_by_one.root == one_batch.root);
  RC_ASSERT(one_by_one.memory.nodes() == one_batch.memory.nodes());
}

TEST(StateTree, AnEmptyModuleHasTheEmptyRootAndLeavesNoNode) {
  Tree tree;
  EXPECT_EQ(module_root(tree.memory, Module::bank), empty_hash);
  tree.apply({{close_path(3), value_of(1)}, {close_path(4), value_of(2)}});
  EXPECT_NE(tree.root, empty_hash);
  tree.apply({{close_path(3), std::nullopt}, {close_path(4), std::nullopt}});
  EXPECT_EQ(tree.root, empty_hash);
  EXPECT_EQ(tree.memory.nodes(), 0u);
}

TEST(StateTree, ASubtreeWithOneKeyHashesAsItsLeaf) {
  Tree tree;
  tree.apply({{close_path(7), value_of(1)}});
  EXPECT_EQ(tree.root, leaf_hash(close_path(7), value_of(1)));
}

TEST(StateTree, ErasingWhatIsNotThereChangesNothing) {
  Tree tree;
  tree.apply({{close_path(1), value_of(1)}, {close_path(2), value_of(2)}});
  auto const before = tree.root;
  std::vector<LeafChange> const absent{{value_of(7), std::nullopt}};
  auto const updated = update(tree.memory, Module::bank, absent);
  EXPECT_EQ(updated.root, before);
  EXPECT_TRUE(updated.nodes.empty());
}

TEST(StateTree, PathsThatDifferInTheLastBitOnlyAreTwoLeaves) {
  auto const a = protocol::Hash{};
  auto b = a;
  b.data[31] = 1;
  Tree tree;
  tree.apply({{a, value_of(1)}, {b, value_of(2)}});
  EXPECT_EQ(tree.root, naive_root(tree.contents, 0));
  EXPECT_EQ(tree.memory.nodes(), nibbles_max);
  tree.apply({{b, std::nullopt}});
  EXPECT_EQ(tree.root, leaf_hash(a, value_of(1)));
  EXPECT_EQ(tree.memory.nodes(), 1u);
}

TEST(StateTree, AnOverlayOverAnUncommittedParentGivesTheSameRootAsCommittedState) {
  auto const base = std::make_shared<MemoryState>();
  auto const parent = std::make_shared<Overlay>(base);
  for (unsigned i = 0; i < 100; ++i) {
    parent->put(Key{Module::work, "job" + std::to_string(i)}, "a");
    parent->put(Key{Module::deadlines, "time" + std::to_string(i)}, "");
  }
  auto const parent_root = update_tree(*parent);
  EXPECT_EQ(parent_root, state_root(module_roots(*parent)));

  Overlay child{parent};
  for (unsigned i = 50; i < 150; ++i) child.put(Key{Module::work, "job" + std::to_string(i)}, "b");
  for (unsigned i = 0; i < 30; ++i) child.erase(Key{Module::deadlines, "time" + std::to_string(i)});
  auto const child_root = update_tree(child);

  base->apply(*parent);
  base->apply(child);
  EXPECT_EQ(state_root(module_roots(*base)), child_root);

  auto const at_once = std::make_shared<MemoryState>();
  Overlay all{at_once};
  for (auto const& [key, value] : base->values()) all.put(key, value);
  EXPECT_EQ(update_tree(all), child_root);
}

TEST(StateTree, TheSameLogicalKeyInTwoModulesHasTwoPaths) {
  EXPECT_NE(path_of(Key{Module::bank, "b"}), path_of(Key{Module::talent, "b"}));
}

// Computed by a second implementation (Python's hashlib, from the definition in tree.h).
TEST(StateTree, RootsAreFrozen) {
  auto const base = std::make_shared<MemoryState>();
  Overlay overlay{base};
  EXPECT_EQ(base::hex(update_tree(overlay).view()),
            "b74ffe3d976a4e19a25e5cc79b9e5f7abb63e360e73c6b5a6cca3dceeac1a111");
  for (unsigned i = 0; i < 40; ++i) {
    overlay.put(Key{Module::bank, "b" + std::to_string(i)}, "value " + std::to_string(i));
  }
  overlay.put(Key{Module::system, "nblock"}, "1");
  EXPECT_EQ(base::hex(update_tree(overlay).view()),
            "b4f3f0071ca4f7875ec354c49117ef0474f14546d0827f7136f08bd2c192d25a");
}

TEST(StateTreeDeath, ChangesOutOfOrderAreAProgrammerError) {
  MemoryState const memory;
  std::vector<LeafChange> const twice{{close_path(1), value_of(1)}, {close_path(1), value_of(2)}};
  EXPECT_DEATH((void)update(memory, Module::bank, twice), "not_ascending");
}

}  // namespace
}  // namespace state
