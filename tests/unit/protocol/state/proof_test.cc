// Proofs of everything there is and of much that is not, and forged ones.

#include "protocol/state/proof.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <memory>

#include "protocol/state/tree.h"
#include "protocol/state/tree_node.h"
#include "tests/support/memory_state.h"

namespace state {
namespace {

using labor::v1::StateProof;
using testing_support::MemoryState;

struct World {
  explicit World(unsigned count) {
    auto const memory = std::make_shared<MemoryState>();
    Overlay overlay{memory};
    for (unsigned i = 0; i < count; ++i) overlay.put(key(i), value(i));
    overlay.put(Key{Module::system, "nothing else"}, "in this module");
    root = update_tree(overlay);
    memory->apply(overlay);
    state = memory;
  }

  static Key key(unsigned i) { return {Module::work, "j" + std::to_string(i)}; }
  static std::string value(unsigned i) { return "job number " + std::to_string(i); }

  std::expected<void, ProofRefusal> check(StateProof const& proof, Key const& key,
                                          std::optional<std::string_view> value) const {
    return verify(proof, root, key, value);
  }

  std::shared_ptr<MemoryState const> state;
  protocol::StateRoot root;
};

TEST(StateProof, EveryRecordIsProvedAndNothingElseIs) {
  for (unsigned const count : {1u, 2u, 3u, 17u, 500u}) {
    SCOPED_TRACE(count);
    World const world{count};
    for (unsigned i = 0; i < count; ++i) {
      auto const proof = prove(*world.state, World::key(i));
      EXPECT_TRUE(world.check(proof, World::key(i), World::value(i)));
      EXPECT_FALSE(world.check(proof, World::key(i), World::value(i + 1)));
      EXPECT_FALSE(world.check(proof, World::key(i), std::nullopt));
      EXPECT_FALSE(world.check(proof, World::key(i + 1), World::value(i)));
    }
  }
}

TEST(StateProof, EveryAbsenceIsProvedAndNoPresenceWithIt) {
  for (unsigned const count : {0u, 1u, 2u, 3u, 17u, 500u}) {
    SCOPED_TRACE(count);
    World const world{count};
    for (unsigned i = count; i < count + 200; ++i) {
      auto const proof = prove(*world.state, World::key(i));
      EXPECT_TRUE(world.check(proof, World::key(i), std::nullopt));
      EXPECT_FALSE(world.check(proof, World::key(i), World::value(i)));
    }
  }
}

TEST(StateProof, AnEmptyModuleProvesAbsenceByItsRootAlone) {
  World const world{0};
  auto const proof = prove(*world.state, World::key(0));
  EXPECT_EQ(proof.siblings_size(), 0);
  EXPECT_TRUE(world.check(proof, World::key(0), std::nullopt));
  // The same bare proof about a module that holds something shows nothing.
  EXPECT_EQ(world.check(proof, Key{Module::system, "x"}, std::nullopt).error(),
            ProofRefusal::wrong_root);
}

TEST(StateProof, IsOfOneStateOnly) {
  World const now{100};
  World const later{101};
  auto const proof = prove(*now.state, World::key(5));
  EXPECT_EQ(verify(proof, later.root, World::key(5), World::value(5)).error(),
            ProofRefusal::wrong_state);
}

TEST(StateProof, ForgedOnesAreRefused) {
  World const world{200};
  auto const present = prove(*world.state, World::key(7));
  ASSERT_GT(present.siblings_size(), 2);
  unsigned other = 200;
  while (prove(*world.state, World::key(other)).other_path().empty()) ++other;
  auto const absent = prove(*world.state, World::key(other));
  auto const leaf_path = path_of(World::key(7));

  struct Row {
    char const* name;
    StateProof const& of;
    std::function<void(StateProof&)> forge;
    ProofRefusal want;
  };
  auto const zero = std::string(32, '\0');
  auto const x = std::string(32, 'x');
  auto const bad = ProofRefusal::malformed;
  auto const wrong = ProofRefusal::wrong_root;
  auto const off = ProofRefusal::wrong_place;
  auto const stale = ProofRefusal::wrong_state;
  using P = StateProof&;
  Row const rows[] = {
      // clang-format off
      {"no bitmap",         present, [](P p) { p.clear_siblings_bitmap(); }, bad},
      {"short bitmap",      present, [](P p) { p.mutable_siblings_bitmap()->pop_back(); }, bad},
      {"long bitmap",       present, [](P p) { p.mutable_siblings_bitmap()->push_back(0); }, bad},
      {"sibling missing",   present, [](P p) { p.mutable_siblings()->RemoveLast(); }, bad},
      {"sibling too many",  present, [&](P p) { p.add_siblings(x); }, bad},
      {"short sibling",     present, [](P p) { p.mutable_siblings(0)->pop_back(); }, bad},
      {"empty sibling",     present, [&](P p) { p.set_siblings(0, zero); }, bad},
      {"one level deeper",  present, [&](P p) { p.mutable_siblings_bitmap()->back() = 1;
                                                p.add_siblings(x); }, wrong},
      {"siblings swapped",  present, [](P p) { p.mutable_siblings()->SwapElements(0, 1); }, wrong},
      {"two leaves",        present, [&](P p) { p.set_other_path(x); }, bad},
      {"no module roots",   present, [](P p) { p.clear_module_roots(); }, bad},
      {"module missing",    present, [](P p) { p.mutable_module_roots()->RemoveLast(); }, bad},
      {"modules swapped",   present, [](P p) { p.mutable_module_roots(0)->set_module(2); }, bad},
      {"short root",        present, [](P p) { p.mutable_module_roots(0)->set_root("x"); }, bad},
      {"another root",      present, [&](P p) { p.mutable_module_roots(4)->set_root(x); }, stale},
      {"half a leaf",       absent,  [](P p) { p.clear_other_value_hash(); }, bad},
      {"leaf left out",     absent,  [](P p) { p.clear_other_value_hash();
                                               p.clear_other_path(); }, wrong},
      {"leaf elsewhere",    absent,  [&](P p) { p.set_other_path(x); }, off},
      {"another value",     absent,  [&](P p) { p.set_other_value_hash(x); }, wrong},
      // clang-format on
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    auto proof = row.of;
    row.forge(proof);
    auto const is_present = &row.of == &present;
    auto const key = World::key(is_present ? 7 : other);
    auto const value = World::value(7);
    auto const got =
        world.check(proof, key, is_present ? std::optional<std::string_view>{value} : std::nullopt);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error(), row.want);
    EXPECT_FALSE(explain(got.error()).empty());
  }

  // The key's own leaf, dressed up as another's, must not show that the key is absent.
  auto dressed = present;
  dressed.set_other_path(leaf_path.str());
  dressed.set_other_value_hash(value_hash(World::value(7)).str());
  EXPECT_EQ(world.check(dressed, World::key(7), std::nullopt).error(), ProofRefusal::wrong_place);
}

RC_GTEST_PROP(StateProof, NoFlippedBitSurvives, ()) {
  static World const world{60};
  static auto const honest = prove(*world.state, World::key(3)).SerializeAsString();
  auto bytes = honest;
  auto const at = *rc::gen::inRange<std::size_t>(0, bytes.size());
  bytes[at] = static_cast<char>(bytes[at] ^ 1 << *rc::gen::inRange(0, 8));
  StateProof proof;
  if (!proof.ParseFromString(bytes)) return;
  StateProof same;
  RC_ASSERT(same.ParseFromString(honest));
  // An unknown or unused field is no part of what is proved.
  proof.DiscardUnknownFields();
  proof.clear_height();
  if (proof.SerializeAsString() == same.SerializeAsString()) return;
  RC_ASSERT(!world.check(proof, World::key(3), World::value(3)));
}

}  // namespace
}  // namespace state
