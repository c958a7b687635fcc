#include "node/store/store.h"

#include <gtest/gtest.h>
#include <leveldb/db.h>

#include <fstream>

#include "node/store/rows.h"
#include "protocol/state/keys.h"
#include "protocol/state/proof.h"
#include "protocol/state/tree.h"
#include "tests/support/final_chain.h"
#include "tests/support/memory_disk.h"
#include "tests/support/temp_folder.h"

namespace node {
namespace {

namespace fs = std::filesystem;
using testing_support::address;
using testing_support::FinalChain;
using testing_support::paid;
using testing_support::receipt;
using testing_support::TempFolder;
using testing_support::transaction_id;

// The machine's disk, but a test goes on where a node would end.
class Watched final : public Disk {
 public:
  DiskResult<std::unique_ptr<File>> open(fs::path const& path) override {
    return machine_disk().open(path);
  }
  DiskResult<void> create_folder(fs::path const& path) override {
    return machine_disk().create_folder(path);
  }
  DiskResult<std::vector<std::string>> list(fs::path const& folder) override {
    return machine_disk().list(folder);
  }
  DiskResult<void> remove(fs::path const& path) override { return machine_disk().remove(path); }
  DiskResult<void> sync_folder(fs::path const& folder) override {
    return machine_disk().sync_folder(folder);
  }
  leveldb::Env& database_env() override { return machine_disk().database_env(); }
  void stop(std::string const& message) override { throw testing_support::Stopped{message}; }
};

class StoreTest : public testing::Test {
 protected:
  StoreOptions options() const {
    StoreOptions made;
    made.folder = folder.path() / "db";
    made.genesis.data.fill(1);
    return made;
  }
  std::unique_ptr<Store> open() { return open(options()); }
  std::unique_ptr<Store> open(StoreOptions const& with) {
    auto opened = Store::open(with, machine_disk());
    EXPECT_TRUE(opened.has_value()) << (opened ? "" : opened.error().message);
    return opened ? std::move(*opened) : nullptr;
  }

  TempFolder folder;
};

// Everything a reader can read is what the model holds, and hashes to the head's root.
void expect_equal(state::Reader const& reader, std::map<state::Key, std::string> const& model,
                  protocol::StateRoot const& root) {
  for (std::uint64_t n = 0; n < 30; ++n) {
    for (auto const& key :
         {state::keys::balance(address(n), labor::v1::ASSET_USD), state::keys::job(n + 1),
          state::keys::deadline(protocol::TimeMs{n}, state::keys::job(n + 1))}) {
      auto const found = model.find(key);
      auto const want = found != model.end() ? std::optional{found->second} : std::nullopt;
      EXPECT_EQ(reader.get(key), want);
    }
  }
  std::vector<std::string> queue;
  for (auto at = reader.next(state::Module::deadlines, ""); at;
       at = reader.next(state::Module::deadlines, *at + '\0')) {
    queue.push_back(*at);
  }
  std::vector<std::string> want;
  for (auto const& [key, value] : model) {
    if (key.module == state::Module::deadlines) want.push_back(key.logical);
  }
  EXPECT_EQ(queue, want);
  EXPECT_EQ(state::state_root(state::module_roots(reader)), root);
}

TEST_F(StoreTest, IsWhatTheModelIsAfterEveryBlockAndAfterReopening) {
  for (std::uint64_t const seed : {1u, 2u, 3u}) {
    SCOPED_TRACE(seed);
    auto with = options();
    with.folder = folder.path() / std::to_string(seed);
    with.cache_bytes = seed == 1 ? 2000 : with.cache_bytes;  // Nearly everything is evicted.
    with.tree_blocks = 7 * seed;
    auto store = open(with);
    FinalChain chain{seed};
    for (int height = 0; height < 60; ++height) {
      store->commit(chain.random_block(), std::nullopt);
      expect_equal(*store, chain.history().back(), store->head()->root);
      if (chain.prng().one_in(10)) {
        auto const before = *store->head();
        store.reset();
        store = open(with);
        EXPECT_EQ(store->head(), before);
        expect_equal(*store, chain.history().back(), before.root);
      }
    }
  }
}

TEST_F(StoreTest, ASnapshotDoesNotChangeWhileBlocksAreCommitted) {
  auto const store = open();
  FinalChain chain{7};
  std::vector<std::shared_ptr<Snapshot const>> snapshots;
  for (int height = 0; height < 30; ++height) {
    store->commit(chain.random_block(), std::nullopt);
    snapshots.push_back(store->latest());
  }
  for (std::size_t height = 0; height < snapshots.size(); ++height) {
    SCOPED_TRACE(height);
    auto const& snapshot = *snapshots[height];
    EXPECT_EQ(snapshot.head().height.value(), height);
    expect_equal(snapshot, chain.history()[height], snapshot.head().root);
    EXPECT_FALSE(snapshot.block(protocol::Height{height + 1}));
    EXPECT_FALSE(snapshot.transaction(transaction_id(height + 1)));
  }
}

TEST_F(StoreTest, ASnapshotOutlivesTheStore) {
  auto store = open();
  FinalChain chain{8};
  store->commit(chain.random_block(), std::nullopt);
  auto const snapshot = store->latest();
  store.reset();
  expect_equal(*snapshot, chain.history().back(), snapshot->head().root);
}

TEST_F(StoreTest, FindsABlockItsResultsAndItsTransactionsAsSoonAsTheyAreCommitted) {
  auto const store = open();
  EXPECT_EQ(store->latest(), nullptr);
  EXPECT_FALSE(store->head());
  FinalChain chain{9};
  labor::v1::BlockEvents events;
  *events.add_begin() = paid(1, 2, "begin");
  store->commit(chain.block({}, {receipt(1, {}), receipt(2, {paid(3, 4)})}, events), std::nullopt);
  auto no_finalization = chain.block({});
  no_finalization.finalization.clear();
  store->commit(no_finalization, std::nullopt);

  auto const snapshot = store->latest();
  auto const zero = protocol::Height{0};
  EXPECT_EQ(snapshot->block(zero), chain.blocks()[0].block->bytes);
  EXPECT_EQ(snapshot->finalization(zero), "final 0");
  EXPECT_FALSE(snapshot->finalization(protocol::Height{1}));
  EXPECT_EQ(snapshot->transaction(transaction_id(2)), (TransactionPlace{zero, 1}));
  EXPECT_FALSE(snapshot->transaction(transaction_id(3)));
  auto const results = snapshot->results(zero);
  ASSERT_TRUE(results);
  EXPECT_EQ(results->receipts.size(), 2u);
  EXPECT_EQ(results->time, protocol::TimeMs{1});
  EXPECT_EQ(results->events.begin(0).money_moved().cause(), "begin");
}

TEST_F(StoreTest, ShowsABlockOnceItOrADescendantHasItsFinalization) {
  FinalChain chain{9};
  {
    auto const store = open();
    store->commit(chain.block({}), std::nullopt);
    auto ancestor = chain.block({}, {receipt(1, {})});
    ancestor.finalization.clear();
    store->commit(ancestor, std::nullopt);
    EXPECT_EQ(store->head()->height, protocol::Height{1});
    EXPECT_EQ(store->latest()->head().height, protocol::Height{0});
    EXPECT_FALSE(store->latest()->transaction(transaction_id(1)));

    store->commit(chain.block({}), std::nullopt);
    EXPECT_EQ(store->latest()->head().height, protocol::Height{2});
    EXPECT_TRUE(store->latest()->transaction(transaction_id(1)));
  }
  auto const store = open();
  EXPECT_EQ(store->latest()->head().height, protocol::Height{2});
}

TEST_F(StoreTest, ProvesWhatItHolds) {
  auto const store = open();
  FinalChain chain{10};
  for (int height = 0; height < 20; ++height) store->commit(chain.random_block(), std::nullopt);
  auto const snapshot = store->latest();
  int proved = 0;
  for (auto const& [key, value] : chain.history().back()) {
    EXPECT_TRUE(state::verify(state::prove(*snapshot, key), snapshot->head().root, key, value));
    ++proved;
  }
  EXPECT_GT(proved, 20);
  auto const nobody = state::keys::account(address(99));
  EXPECT_TRUE(
      state::verify(state::prove(*snapshot, nobody), snapshot->head().root, nobody, std::nullopt));
}

TEST_F(StoreTest, PrunesHistoryBeyondTheBoundButNotBoundaryBlocks) {
  auto with = options();
  with.history_blocks = 10;
  auto const store = open(with);
  FinalChain chain{12};
  for (std::uint64_t height = 0; height < 40; ++height) {
    auto const boundary = height == 5;
    store->commit(chain.block({}, {receipt(height, {paid(1, 2)})}, {}, boundary), std::nullopt);
  }
  auto const snapshot = store->latest();
  EXPECT_EQ(snapshot->lowest(), protocol::Height{30});
  for (std::uint64_t height = 0; height < 40; ++height) {
    SCOPED_TRACE(height);
    auto const kept = height >= 30;
    EXPECT_EQ(snapshot->block(protocol::Height{height}).has_value(),
              kept || height == 5 || height == 0);
    EXPECT_EQ(snapshot->finalization(protocol::Height{height}).has_value(),
              kept || height == 5 || height == 0);
    EXPECT_EQ(snapshot->results(protocol::Height{height}).has_value(), kept);
    EXPECT_EQ(snapshot->transaction(transaction_id(height)).has_value(), kept);
  }
  EXPECT_EQ(snapshot->events({.after = {}, .account = address(1).str(), .cause_prefix = ""})
                .events.size(),
            10u);
  store->compact();
  EXPECT_TRUE(store->latest()->block(protocol::Height{39}));
}

TEST_F(StoreTest, RemembersTheJournalWithEachBlock) {
  auto store = open();
  EXPECT_FALSE(store->journal());
  auto mark = JournalMark{.id = {7}, .epoch = protocol::Epoch{1}, .highest_view = {}};
  store->record(mark);
  EXPECT_EQ(store->journal(), mark);
  FinalChain chain{13};
  mark.highest_view = protocol::View{44};
  store->commit(chain.random_block(), mark);
  store->commit(chain.random_block(), std::nullopt);  // An observer: what was known stays.
  store.reset();
  store = open();
  EXPECT_EQ(store->journal(), mark);
}

TEST_F(StoreTest, RefusesToOpenWhatIsNotItsOwnAndSaysWhy) {
  auto store = open();
  auto const twice = Store::open(options(), machine_disk());
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().kind, OpenFailure::Kind::locked);
  EXPECT_NE(twice.error().message.find("this process"), std::string::npos) << twice.error().message;
  store.reset();

  auto other = options();
  other.genesis.data.fill(2);
  auto const another = Store::open(other, machine_disk());
  ASSERT_FALSE(another);
  EXPECT_EQ(another.error().kind, OpenFailure::Kind::another_genesis);
  EXPECT_NE(another.error().message.find("0101010101"), std::string::npos);

  std::ofstream{options().folder / "live" / "CURRENT"} << "nonsense\n";
  auto const damaged = Store::open(options(), machine_disk());
  ASSERT_FALSE(damaged);
  EXPECT_NE(damaged.error().message.find(options().folder.string()), std::string::npos);

  std::ofstream{options().folder / "CURRENT"} << "MANIFEST-000002\n";
  auto const earlier = Store::open(options(), machine_disk());
  ASSERT_FALSE(earlier);
  EXPECT_EQ(earlier.error().kind, OpenFailure::Kind::another_schema);
  EXPECT_NE(earlier.error().message.find("earlier version"), std::string::npos);
}

TEST_F(StoreTest, RefusesAHistoryThatDoesNotLeadToItsStateAndSaysWhatToDo) {
  auto const history = options().folder / "history";
  auto const kept = folder.path() / "kept";
  auto const expect_refused = [&] {
    auto const refused = Store::open(options(), machine_disk());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, OpenFailure::Kind::damaged);
    EXPECT_NE(refused.error().message.find(history.string()), std::string::npos);
    EXPECT_NE(refused.error().message.find("fetches the chain"), std::string::npos);
  };
  FinalChain chain{16};
  open()->commit(chain.random_block(), std::nullopt);
  fs::copy(history, kept);
  open()->commit(chain.random_block(), std::nullopt);
  auto const ahead = folder.path() / "ahead";
  fs::copy(history, ahead);

  fs::remove_all(history);
  expect_refused();  // Missing.
  fs::remove_all(history);
  fs::copy(kept, history);
  expect_refused();  // Older.
  fs::remove_all(history);
  {
    FinalChain other{17};
    auto with = options();
    with.folder = folder.path() / "other";
    auto const store = open(with);
    for (int i = 0; i < 3; ++i) store->commit(other.random_block(), std::nullopt);
  }
  fs::copy(folder.path() / "other" / "history", history);
  expect_refused();  // Another chain's.
  fs::remove_all(history);
  fs::copy(ahead, history);
  EXPECT_EQ(open()->head()->height, protocol::Height{1});
}

TEST_F(StoreTest, HistoryThatIsAheadOfTheStateIsNotShownAndIsWrittenAgain) {
  FinalChain chain{18};
  open()->commit(chain.random_block(), std::nullopt);
  auto const state = options().folder / "live";
  fs::copy(state, folder.path() / "kept");
  open()->commit(chain.random_block(), std::nullopt);
  fs::remove_all(state);
  fs::copy(folder.path() / "kept", state);  // As after a crash between the two.

  auto const store = open();
  auto const one = protocol::Height{1};
  EXPECT_EQ(store->head()->height, protocol::Height{0});
  EXPECT_FALSE(store->latest()->block(one));
  EXPECT_FALSE(store->latest()->results(one));
  store->commit(chain.blocks()[1], std::nullopt);
  EXPECT_EQ(store->latest()->block(one), chain.blocks()[1].block->bytes);
  expect_equal(*store, chain.history()[1], store->head()->root);
}

TEST_F(StoreTest, RefusesValuesThatDoNotMakeTheRootOfItsHead) {
  FinalChain chain{19};
  auto const key = state::keys::balance(address(1), labor::v1::ASSET_USD);
  {
    auto const store = open();
    store->commit(chain.block({}), std::nullopt);
    store->commit(chain.block({{key, "a"}}), std::nullopt);
  }
  {
    leveldb::DB* opened = nullptr;
    ASSERT_TRUE(leveldb::DB::Open({}, (options().folder / "live").string(), &opened).ok());
    std::unique_ptr<leveldb::DB> const database{opened};
    auto const place = rows::value(key.module, state::path_of(key));
    ASSERT_TRUE(database->Put({}, place, rows::encode_value(key, "b")).ok());
  }
  auto const refused = Store::open(options(), machine_disk());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, OpenFailure::Kind::damaged);
  EXPECT_NE(refused.error().message.find("state root"), std::string::npos);
}

TEST_F(StoreTest, StopsAndSaysWhatToDoWhenItReadsDamage) {
  FinalChain chain{15};
  auto store = open();
  for (int height = 0; height < 20; ++height) store->commit(chain.random_block(), std::nullopt);
  store->compact();
  store.reset();
  for (auto const& entry : fs::directory_iterator{options().folder / "live"}) {
    if (entry.path().extension() != ".ldb") continue;
    std::fstream table{entry.path(), std::ios::in | std::ios::out | std::ios::binary};
    // Not the index, at its end, which is read as soon as the table is opened.
    auto const half = static_cast<std::streamoff>(entry.file_size() / 2);
    for (std::streamoff at = 100; at < half; ++at) {
      table.seekp(at);
      table.put('\x55');
    }
  }
  Watched disk;
  std::string said;
  try {
    auto const opened = Store::open(options(), disk);
    ASSERT_TRUE(opened) << "the damage is in a table, which is read later";
    for (auto const& [key, value] : chain.history().back()) (void)(*opened)->get(key);
  } catch (testing_support::Stopped const& stopped) {
    said = stopped.message;
  }
  EXPECT_NE(said.find("damaged"), std::string::npos) << said;
  EXPECT_NE(said.find("fetches the chain from its peers"), std::string::npos) << said;
}

}  // namespace
}  // namespace node
