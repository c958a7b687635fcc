// The store on a disk that loses power at every single operation, with any part of what was not
// synced on the platter: it comes back at the block before or after, whole.

#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "node/store/store.h"
#include "protocol/state/tree.h"
#include "tests/support/final_chain.h"
#include "tests/support/memory_disk.h"

namespace node {
namespace {

using testing_support::MemoryDisk;
using testing_support::Stopped;

// The next commit writes the tree; after that every fourth does.
constexpr std::size_t blocks_before = 8;

// A store with some blocks in it, and the blocks.
class Scene {
 public:
  Scene() {
    open();
    for (std::size_t i = 0; i < blocks_before; ++i) commit();
  }
  ~Scene() { close(); }

  void open() {
    close();
    auto opened =
        Store::open({.folder = "db", .genesis = {}, .cache_bytes = 1000, .tree_blocks = 4}, disk);
    if (!opened) throw Stopped{opened.error().message};
    store = std::move(*opened);
    disk.database_env().run_background();
  }
  void close() {
    disk.database_env().run_background();
    store.reset();
  }
  void commit() {
    auto const block = chain.random_block();
    store->commit(block, std::nullopt);
    disk.database_env().run_background();
  }

  MemoryDisk disk;
  testing_support::FinalChain chain{1};
  std::unique_ptr<Store> store;
};

struct Moment {
  char const* name;
  void (*act)(Scene& scene);
  // The heights at which a store may come back that was cut off in it.
  std::uint64_t least;
  std::uint64_t most;
};

constexpr Moment moments[] = {
    {"ACommitWithTheTree", [](Scene& scene) { scene.commit(); }, 7, 8},
    {"TwoCommits", [](Scene& scene) { scene.commit(), scene.commit(); }, 7, 9},
    {"AStart", [](Scene& scene) { scene.open(); }, 7, 7},
    // So many that LevelDB puts their tables together.
    {"SixStarts",
     [](Scene& scene) {
       for (int i = 0; i < 6; ++i) {
         scene.commit();
         scene.open();
       }
     },
     7, 13},
};

class StorePowerCut : public testing::TestWithParam<Moment> {};

void expect_whole(Store const& store, Scene const& scene) {
  auto const snapshot = store.latest();
  auto const& head = snapshot->head();
  std::map<state::Key, std::string> values;
  for (auto const module : state::modules) {
    snapshot->each(module, [&](auto const& key, auto value) { values.emplace(key, value); });
  }
  EXPECT_EQ(values, scene.chain.history().at(head.height.value()));
  EXPECT_EQ(state::state_root(state::module_roots(*snapshot)), head.root);
}

// The height that the moment has led to; nothing: it was cut off.
std::optional<std::uint64_t> height_after(Moment const& moment, Scene& scene) {
  try {
    moment.act(scene);
    return scene.store->head()->height.value();
  } catch (Stopped const&) {
    return std::nullopt;
  }
}

TEST_P(StorePowerCut, LeavesTheBlockBeforeOrAfter) {
  auto const& moment = GetParam();
  constexpr unsigned everything = 1u << 30;
  for (std::size_t const kept : {0u, 1u, 7u, 100u, 300u, 1000u, everything}) {
    auto cut = true;
    for (std::size_t after = 0; cut; ++after) {
      SCOPED_TRACE(testing::Message() << "after " << after << " operations, " << kept << " kept");
      ASSERT_LT(after, 2000u);
      Scene scene;
      scene.disk.fail(after);
      auto const done = height_after(moment, scene);
      cut = !done;
      scene.close();
      scene.disk.crash(kept);
      scene.disk.heal();
      scene.open();
      auto const height = scene.store->head()->height.value();
      EXPECT_GE(height, done.value_or(moment.least));
      EXPECT_LE(height, moment.most);
      expect_whole(*scene.store, scene);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Moments, StorePowerCut, testing::ValuesIn(moments),
                         [](auto const& test) { return std::string{test.param.name}; });

}  // namespace
}  // namespace node
