// What of the tree is on the disk, and what is made again from the values.

#include "node/store/tree_rows.h"

#include <gtest/gtest.h>
#include <leveldb/db.h>

#include <memory>
#include <string>

#include "node/store/rows.h"
#include "node/store/store.h"
#include "protocol/state/keys.h"
#include "protocol/state/proof.h"
#include "protocol/state/tree.h"
#include "tests/support/final_chain.h"
#include "tests/support/temp_folder.h"

namespace node {
namespace {

using testing_support::FinalChain;

std::unique_ptr<Store> open_store(StoreOptions const& with) {
  auto opened = Store::open(with, machine_disk());
  EXPECT_TRUE(opened.has_value()) << (opened ? "" : opened.error().message);
  return opened ? std::move(*opened) : nullptr;
}

// Two thousand keys come and most of them go: of each of the sixteen subtrees below the top first
// few keys, then many, then few again.
TEST(TreeRows, AreOfLargeNodesOnlyAndTheOthersAreMadeFromTheirValues) {
  testing_support::TempFolder const folder;
  StoreOptions with;
  with.folder = folder.path() / "db";
  with.cache_bytes = 2000;  // Nearly everything is evicted.
  with.tree_blocks = 3;
  auto store = open_store(with);
  FinalChain chain{1};
  auto const key = [](int n) { return state::keys::counter("counter " + std::to_string(n)); };
  auto const write = [&](int from, int to, std::optional<std::string> const& value) {
    std::vector<std::pair<state::Key, std::optional<std::string>>> changes;
    for (int n = from; n < to; ++n) changes.emplace_back(key(n), value);
    store->commit(chain.block(std::move(changes)), std::nullopt);
  };
  auto const change = [&](int from, int to, std::optional<std::string> const& value) {
    SCOPED_TRACE(std::to_string(from) + " to " + std::to_string(to));
    write(from, to, value);
    for (int reopened = 0; reopened < 2; ++reopened) {
      auto const root = store->head()->root;
      EXPECT_EQ(state::state_root(state::module_roots(*store)), root);
      for (auto const n : {from, to - 1, 1999}) {
        auto const proof = state::prove(*store->latest(), key(n));
        EXPECT_TRUE(state::verify(proof, root, key(n), store->get(key(n))));
      }
      store.reset();
      store = open_store(with);
    }
  };
  // Once the nodes of the last blocks are written.
  auto const large_nodes = [&] {
    for (auto const* const value : {"2", "3", "4"}) write(1800, 2000, value);
    store.reset();
    leveldb::DB* opened = nullptr;
    EXPECT_TRUE(leveldb::DB::Open({}, (with.folder / "live").string(), &opened).ok());
    std::unique_ptr<leveldb::DB> const database{opened};
    std::unique_ptr<leveldb::Iterator> const row{database->NewIterator({})};
    auto const table = rows::tree_node(state::Module::system, "");
    int count = 0;
    for (row->Seek(table); row->Valid() && row->key().starts_with(table); row->Next()) ++count;
    return count;
  };
  for (int from = 0; from < 2000; from += 200) change(from, from + 200, "1");
  EXPECT_EQ(large_nodes(), 1 + 16);
  store = open_store(with);
  for (int from = 0; from < 1800; from += 150) change(from, from + 150, std::nullopt);
  EXPECT_EQ(large_nodes(), 1);
}

}  // namespace
}  // namespace node
