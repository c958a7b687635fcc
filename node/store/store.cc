#include "node/store/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "node/store/block_batch.h"
#include "node/store/cache.h"
#include "node/store/database.h"
#include "node/store/rows.h"
#include "node/store/tree_rows.h"
#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"
#include "protocol/state/tree.h"

namespace node {
namespace {

// Each commit takes away at most this many old blocks: after a change of history_blocks the rest
// follows with the next commits.
constexpr int pruned_per_commit_max = 4;
// What the last commit before a start may have left to sweep().
constexpr std::uint64_t swept_again = pruned_per_commit_max;

// Nodes of the tree and people's records are written again and again, and of what lies in a buffer
// and the three before it the last version alone is written any further: with 8 MB, people at work
// on 10^5 accounts wrote two fifths more to the disk and were served an eighth fewer.
constexpr std::size_t state_buffer_bytes = 32u << 20;
// Some seconds' worth at full load, for which LevelDB's one thread may be at work on the state.
constexpr std::size_t history_buffer_bytes = 8u << 20;
// Cold rows; hot ones are in Cache, and the system keeps the files.
constexpr std::size_t state_blocks_bytes = 8u << 20;
constexpr std::size_t history_blocks_bytes = 1u << 20;

std::expected<Databases, OpenFailure> open_both(std::filesystem::path const& folder, Disk& disk) {
  if (auto const made = disk.create_folder(folder); !made) {
    return std::unexpected{OpenFailure{
        made.error().full ? OpenFailure::Kind::full : OpenFailure::Kind::io, made.error().message}};
  }
  auto const names = disk.list(folder);
  if (names && std::ranges::find(*names, "CURRENT") != names->end()) {
    return std::unexpected{OpenFailure{
        OpenFailure::Kind::another_schema,
        fmt::format("{} was written by an earlier version, with history and state in one database; "
                    "use that version, or move the folder away to fetch the chain again",
                    folder.string())}};
  }
  TRY(changing, Database::open({.folder = folder / "live",
                                .write_buffer_bytes = state_buffer_bytes,
                                .block_cache_bytes = state_blocks_bytes},
                               disk));
  TRY(growing, Database::open({.folder = folder / "history",
                               .write_buffer_bytes = history_buffer_bytes,
                               .block_cache_bytes = history_blocks_bytes},
                              disk));
  return Databases{.state = std::move(changing), .history = std::move(growing)};
}

// Whether the block of `head` is there, and so all before it: they are written in order.
bool leads_to(Database const& history, Head const& head) {
  auto const block = history.get(rows::block(head.height));
  labor::v1::Block read;
  return block && read.ParseFromString(*block) && execution::block_hash(read.header()) == head.hash;
}

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

Store::Store(StoreOptions options, Databases databases)
    : options_{std::move(options)},
      databases_{std::move(databases)},
      cache_{std::make_shared<Cache>(options_.cache_bytes)},
      recent_{options_.tree_blocks} {}

Store::~Store() = default;

std::expected<std::unique_ptr<Store>, OpenFailure> Store::open(StoreOptions options, Disk& disk) {
  TRY(databases, open_both(options.folder, disk));
  if (auto const reason = unfit(*databases.state, options)) return std::unexpected{*reason};
  std::unique_ptr<Store> store{new Store{std::move(options), std::move(databases)}};
  if (auto const reason = store->load()) return std::unexpected{*reason};
  return store;
}

std::optional<OpenFailure> Store::load() {
  if (!databases_.state->get(rows::meta("schema"))) {
    BlockBatch fresh;
    fresh.put_meta("schema", base::big_endian(rows::schema));
    fresh.put_meta("genesis", options_.genesis.chars());
    databases_.state->write(fresh.state());
    return std::nullopt;
  }
  auto const height_in = [&](std::string_view name) {
    auto const row = databases_.state->get(rows::meta(name));
    return protocol::Height{row ? base::read_big_endian<std::uint64_t>(*row) : 0};
  };
  lowest_ = height_in("lowest");
  swept_ = protocol::Height{lowest_.value() - std::min(lowest_.value(), swept_again)};
  tree_ = height_in("tree");
  if (auto const row = databases_.state->get(rows::meta("head"))) {
    auto const head = rows::decode_head(*row);
    head_ = head;
    cache_->advance(head.height, {});
    if (!leads_to(*databases_.history, head)) {
      return OpenFailure{OpenFailure::Kind::damaged,
                         databases_.history->damage(
                             "it is missing, or not the one that belongs to the state beside it")};
    }
    if (!recompute_tree(head)) {
      return OpenFailure{
          OpenFailure::Kind::damaged,
          databases_.state->damage("its values do not make the state root of its head")};
    }
  }
  publish();
  return std::nullopt;
}

bool Store::recompute_tree(Head const& head) {
  state::Overlay since{std::shared_ptr<state::Reader const>{std::shared_ptr<void>{}, this}};
  for (auto height = tree_.next(); height <= head.height; height = height.next()) {
    auto const row = databases_.state->get(rows::changes(height));
    if (!row) return false;
    for (auto const& key : rows::decode_changes(*row)) {
      if (auto value = get(key)) {
        since.put(key, *std::move(value));
      } else {
        since.erase(key);
      }
    }
  }
  auto const root = update_tree(since);
  recent_.add(since.nodes().get());
  // Read with the tree as it was.
  cache_ = std::make_shared<Cache>(options_.cache_bytes);
  cache_->advance(head.height, {});
  size_cache();
  return root == head.root;
}

void Store::size_cache() {
  auto const wanted = std::min(databases_.state->bytes_about(), options_.cache_bytes_max);
  cache_->limit(std::max(wanted, options_.cache_bytes));
}

void Store::publish() {
  if (!head_) return;
  auto snapshot =
      std::make_shared<Snapshot const>(databases_, cache_, recent_.layers(), *head_, lowest_);
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
  auto const row = databases_.state->get(rows::value(key.module, state::path_of(key)));
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
  databases_.state->scan(prefix, start, nullptr, [&](auto key, auto) {
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
  auto const* const recent = recent_.find({module, std::string{prefix}});
  auto value = recent != nullptr ? *recent : large_node(*databases_.state, nullptr, module, prefix);
  if (!value) {
    auto nodes = small_nodes(*databases_.state, nullptr, module, prefix);
    for (auto const& [at, node] : nodes) cache_->put(Cache::node_place(module, at), node);
    if (!nodes.empty()) return std::move(nodes.back().second);
  }
  cache_->put(place, value);
  return value;
}

void Store::commit(ExecutedFinal const& final_block, std::optional<JournalMark> const& journal) {
  auto const& block = *final_block.block;
  auto const head = head_of(block);
  CHECK(!head_ || head.height == head_->height.next());
  auto const& overlay = *block.state;

  BlockBatch batch;
  batch.add_values(*this, overlay.changes());
  recent_.add(overlay.nodes().get());
  // All of a genesis at once: it may be large, and is executed in one go anyway.
  auto const with_tree = !head_ || recent_.full();
  if (with_tree) {
    batch.add_tree(recent_, tree_, head.height);
  } else {
    batch.add_changes(head.height, overlay.changes());
  }
  batch.add_history(final_block);
  auto const lowest = prune(batch, head.height);
  batch.put_meta("head", rows::encode_head(head));
  batch.put_meta("lowest", base::big_endian(lowest.value()));
  if (journal) batch.put_meta("journal", rows::encode_mark(*journal));
  databases_.history->write(batch.history());
  databases_.state->write(batch.state());
  if (with_tree) {
    recent_.clear();
    tree_ = head.height;
    size_cache();
  }

  Cache::Changes changes;
  for (auto const& [key, value] : overlay.changes()) {
    changes.emplace_back(Cache::value_place(key), &value);
    if (!state::ordered(key.module)) continue;
    first_deadline_.reset();
    if (!value) continue;
    deadline_floor_ = std::min(deadline_floor_, rows::order(key.module, key.logical));
  }
  if (overlay.nodes() != nullptr) {
    for (auto const& [place, version] : *overlay.nodes()) {
      changes.emplace_back(Cache::node_place(place.first, place.second), &version.node);
    }
  }
  // Of a genesis, few accounts are soon asked for, and all would fill the heap before its holes.
  cache_->advance(head.height, head_ ? std::move(changes) : Cache::Changes{});
  head_ = head;
  lowest_ = lowest;
  sweep();
  if (!final_block.finalization.empty() || head.height == protocol::Height{0}) publish();
}

protocol::Height Store::prune(BlockBatch& batch, protocol::Height head) const {
  auto lowest = head_ ? lowest_ : head;
  if (options_.history_blocks == 0) return lowest;
  for (int i = 0; i < pruned_per_commit_max; ++i) {
    if (head.value() - lowest.value() < options_.history_blocks) break;
    auto const results = databases_.history->get(rows::results(lowest));
    if (results) batch.prune_places(lowest, rows::decode_results(*results));
    lowest = lowest.next();
  }
  return lowest;
}

void Store::sweep() {
  if (swept_ == lowest_) return;
  BlockBatch batch;
  for (; swept_ < lowest_; swept_ = swept_.next()) {
    auto const block = databases_.history->get(rows::block(swept_));
    if (!block) continue;
    batch.prune_block(swept_, swept_ == protocol::Height{0} || is_boundary(*block));
  }
  databases_.history->write(batch.history());
}

void Store::record(JournalMark const& journal) {
  BlockBatch batch;
  batch.put_meta("journal", rows::encode_mark(journal));
  databases_.state->write(batch.state());
}

std::optional<JournalMark> Store::journal() const {
  auto const row = databases_.state->get(rows::meta("journal"));
  return row ? std::optional{rows::decode_mark(*row)} : std::nullopt;
}

void Store::compact() {
  databases_.state->compact();
  databases_.history->compact();
}

}  // namespace node
