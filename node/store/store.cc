#include "node/store/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "node/store/block_batch.h"
#include "node/store/cache.h"
#include "node/store/database.h"
#include "node/store/rows.h"
#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/base/hex.h"
#include "protocol/state/tree.h"

namespace node {
namespace {

// Each commit takes away at most this many old blocks: after a change of history_blocks the rest
// follows with the next commits.
constexpr int pruned_per_commit_max = 4;

// What stands in a store that was made before.
std::optional<OpenFailure> unfit(Database const& database, StoreOptions const& options) {
  auto const schema = database.get(rows::meta("schema"));
  if (!schema) return std::nullopt;
  auto const folder = options.folder.string();
  if (*schema != base::big_endian(rows::schema)) {
    return OpenFailure{OpenFailure::Kind::another_schema,
                       fmt::format("{} was written with schema {}, this version reads {}; use the "
                                   "version that wrote it, or move the folder away to fetch the "
                                   "chain again",
                                   folder, base::hex(*schema), rows::schema)};
  }
  auto const genesis = database.get(rows::meta("genesis"));
  CHECK(genesis.has_value());
  if (*genesis != options.genesis.chars()) {
    return OpenFailure{OpenFailure::Kind::another_genesis,
                       fmt::format("{} holds another chain: its genesis hash is {}, yours is {}; "
                                   "check genesis.json and the data folder",
                                   folder, base::hex(*genesis), base::hex(options.genesis.view()))};
  }
  return std::nullopt;
}

Head head_of(execution::ExecutedBlock const& block) {
  auto const root = protocol::StateRoot::from(block.header.state_root());
  CHECK(root.has_value());
  return {.height = protocol::Height{block.header.height()},
          .hash = block.hash,
          .root = *root,
          .time = protocol::TimeMs{block.header.time_ms()},
          .epoch = execution::parent_of(block).epoch};
}

}  // namespace

Store::Store(StoreOptions options, std::shared_ptr<Database> database)
    : options_{std::move(options)},
      database_{std::move(database)},
      cache_{std::make_shared<Cache>(options_.cache_bytes)} {}

Store::~Store() = default;

std::expected<std::unique_ptr<Store>, OpenFailure> Store::open(StoreOptions options, Disk& disk) {
  auto database = Database::open(options.folder, disk);
  if (!database) return std::unexpected{database.error()};
  if (auto const reason = unfit(**database, options)) return std::unexpected{*reason};
  std::unique_ptr<Store> store{new Store{std::move(options), std::move(*database)}};
  store->load();
  return store;
}

void Store::load() {
  if (!database_->get(rows::meta("schema"))) {
    BlockBatch fresh;
    fresh.put_meta("schema", base::big_endian(rows::schema));
    fresh.put_meta("genesis", options_.genesis.chars());
    database_->write(fresh.batch());
    return;
  }
  if (auto const head = database_->get(rows::meta("head"))) {
    head_ = rows::decode_head(*head);
    cache_->advance(head_->height, {});
  }
  if (auto const lowest = database_->get(rows::meta("lowest"))) {
    lowest_ = protocol::Height{base::read_big_endian<std::uint64_t>(*lowest)};
  }
  publish();
}

void Store::publish() {
  if (!head_) return;
  auto snapshot = std::make_shared<Snapshot const>(database_, cache_, *head_, lowest_);
  std::lock_guard const lock{latest_mutex_};
  latest_.swap(snapshot);  // The former one goes after the lock is released.
}

std::shared_ptr<Snapshot const> Store::latest() const {
  std::lock_guard const lock{latest_mutex_};
  return latest_;
}

std::optional<std::string> Store::get(state::Key const& key) const {
  if (!head_) return std::nullopt;
  auto const place = Cache::value_place(key);
  if (auto cached = cache_->find(place)) return *std::move(cached);
  auto const row = database_->get(rows::value(key.module, state::path_of(key)));
  auto value = row ? std::optional{rows::decode_value(*row)} : std::nullopt;
  cache_->put(place, value);
  return value;
}

std::optional<std::string> Store::next(state::Module module, std::string_view from) const {
  CHECK(state::ordered(module));
  if (from.empty() && first_deadline_) return *first_deadline_;
  auto const prefix = rows::order(module, "");
  auto const start = std::max(rows::order(module, from), deadline_floor_);
  std::optional<std::string> found;
  database_->scan(prefix, start, nullptr, [&](auto key, auto) {
    found = key.substr(prefix.size());
    return false;
  });
  // Nothing lies between the floor and what was found, if the search began at the floor.
  if (found && start == std::max(prefix, deadline_floor_)) deadline_floor_ = prefix + *found;
  if (from.empty()) first_deadline_ = found;
  return found;
}

std::optional<std::string> Store::node(state::Module module, std::string_view prefix) const {
  auto const place = Cache::node_place(module, prefix);
  if (auto cached = cache_->find(place)) return *std::move(cached);
  auto value = database_->get(rows::tree_node(module, prefix));
  cache_->put(place, value);
  return value;
}

void Store::commit(ExecutedFinal const& final_block, std::optional<JournalMark> const& journal) {
  auto const& block = *final_block.block;
  auto const head = head_of(block);
  CHECK(!head_ || head.height == head_->height.next());
  auto const& overlay = *block.state;

  BlockBatch batch;
  batch.add_values(head.height, *this, overlay.changes());
  batch.add_nodes(overlay.nodes());
  batch.add_history(final_block);
  if (head.height.value() >= undo_blocks) {
    batch.prune_undo(protocol::Height{head.height.value() - undo_blocks});
  }
  auto const lowest = prune(batch, head.height);
  batch.put_meta("head", rows::encode_head(head));
  batch.put_meta("lowest", base::big_endian(lowest.value()));
  if (journal) batch.put_meta("journal", rows::encode_mark(*journal));
  database_->write(batch.batch());

  Cache::Changes changes;
  for (auto const& [key, value] : overlay.changes()) {
    changes.emplace_back(Cache::value_place(key), value);
    if (!state::ordered(key.module)) continue;
    first_deadline_.reset();
    if (!value) continue;
    deadline_floor_ = std::min(deadline_floor_, rows::order(key.module, key.logical));
  }
  for (auto const& [place, node] : overlay.nodes()) {
    changes.emplace_back(Cache::node_place(place.first, place.second), node);
  }
  // Of a genesis, few accounts are soon asked for, and all would fill the heap before its holes.
  cache_->advance(head.height, head_ ? std::move(changes) : Cache::Changes{});
  head_ = head;
  lowest_ = lowest;
  if (!final_block.finalization.empty() || head.height == protocol::Height{0}) publish();
}

protocol::Height Store::prune(BlockBatch& batch, protocol::Height head) const {
  auto lowest = head_ ? lowest_ : head;
  if (options_.history_blocks == 0) return lowest;
  for (int i = 0; i < pruned_per_commit_max; ++i) {
    if (head.value() - lowest.value() < options_.history_blocks) break;
    auto const block = database_->get(rows::block(lowest));
    auto const results = database_->get(rows::results(lowest));
    if (block && results) {
      auto const boundary = lowest == protocol::Height{0} || is_boundary(*block);
      batch.prune_history(lowest, rows::decode_results(*results), boundary);
    }
    lowest = lowest.next();
  }
  return lowest;
}

void Store::record(JournalMark const& journal) {
  BlockBatch batch;
  batch.put_meta("journal", rows::encode_mark(journal));
  database_->write(batch.batch());
}

std::optional<JournalMark> Store::journal() const {
  auto const row = database_->get(rows::meta("journal"));
  return row ? std::optional{rows::decode_mark(*row)} : std::nullopt;
}

void Store::compact() {
  database_->compact();
}

}  // namespace node
