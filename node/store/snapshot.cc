#include "node/store/snapshot.h"

#include <algorithm>
#include <functional>

#include "node/store/cache.h"
#include "node/store/database.h"
#include "node/store/events.h"
#include "node/store/record_index.h"
#include "node/store/rows.h"
#include "node/store/tree_rows.h"
#include "protocol/base/check.h"
#include "protocol/state/records.h"
#include "protocol/state/tree.h"

namespace node {
namespace {

// One call looks at this many blocks at most: some tens of milliseconds.
constexpr std::size_t blocks_per_call_max = 256;

// Adds what matches in one block; whether there is room for more.
bool add_events(EventQuery const& query, protocol::Height height, Results const& results,
                EventPage& page) {
  auto room = true;
  for_each_event(results.events, results.receipts,
                 [&](std::uint32_t index, labor::v1::Event const& event, std::string_view id) {
                   auto const place = EventPlace{height, index};
                   if (place <= query.after || !matches(event, query)) return true;
                   if (page.events.size() == query.count_max) return room = false;
                   page.events.push_back({place, results.time, std::string{id}, event});
                   return true;
                 });
  return room;
}

}  // namespace

bool is_boundary(std::string_view block) {
  labor::v1::Block read;
  labor::v1::BlockHeader header;
  CHECK(read.ParseFromArray(block.data(), static_cast<int>(block.size())));
  CHECK(header.ParseFromString(read.header()));
  return !header.next_set_hash().empty();
}

Snapshot::Snapshot(Databases const& databases, std::shared_ptr<Cache> cache, NodeLayers layers,
                   Head head, protocol::Height lowest)
    : database_{databases.state},
      history_{databases.history},
      cache_{std::move(cache)},
      layers_{std::move(layers)},
      snapshot_{database_->take_snapshot()},
      history_snapshot_{history_->take_snapshot()},
      head_{head},
      lowest_{lowest} {}

Snapshot::~Snapshot() {
  database_->release(snapshot_);
  history_->release(history_snapshot_);
}

std::optional<std::string> Snapshot::get(state::Key const& key) const {
  if (auto cached = cache_->find(head_.height, Cache::value_place(key))) return *std::move(cached);
  auto const row = database_->get(rows::value(key.module, state::path_of(key)), snapshot_);
  return row ? std::optional{rows::decode_value(*row)} : std::nullopt;
}

std::optional<std::string> Snapshot::next(state::Module module, std::string_view from) const {
  CHECK(state::ordered(module));
  std::optional<std::string> found;
  auto const prefix = rows::order(module, "");
  database_->scan(prefix, rows::order(module, from), snapshot_, [&](auto key, auto) {
    found = key.substr(prefix.size());
    return false;
  });
  return found;
}

std::optional<std::string> Snapshot::node(state::Module module, std::string_view prefix) const {
  auto const* const recent = find_in(layers_, {module, std::string{prefix}});
  auto value = recent != nullptr ? *recent : large_node(*database_, snapshot_, module, prefix);
  if (value) return value;
  auto nodes = small_nodes(*database_, snapshot_, module, prefix);
  return nodes.empty() ? std::nullopt : std::optional{std::move(nodes.back().second)};
}

void Snapshot::each(state::Module module, Visit const& visit) const {
  auto const prefix = rows::values(module);
  database_->scan(prefix, prefix, snapshot_, [&](auto, auto row) {
    visit({module, rows::decode_logical_key(row)}, rows::decode_value(row));
    return true;
  });
}

// The history may be a block ahead of the state: a crash came between the two.
std::optional<std::string> Snapshot::past(protocol::Height height, std::string const& row) const {
  return height <= head_.height ? history_->get(row, history_snapshot_) : std::nullopt;
}

std::optional<std::string> Snapshot::block(protocol::Height height) const {
  return past(height, rows::block(height));
}

std::optional<std::string> Snapshot::finalization(protocol::Height height) const {
  return past(height, rows::finalization(height));
}

std::optional<Results> Snapshot::results(protocol::Height height) const {
  auto const row = past(height, rows::results(height));
  return row ? std::optional{rows::decode_results(*row)} : std::nullopt;
}

std::optional<TransactionPlace> Snapshot::transaction(protocol::TransactionId const& id) const {
  auto const row = database_->get(rows::transaction(id), snapshot_);
  return row ? std::optional{rows::decode_place(*row)} : std::nullopt;
}

EventPage Snapshot::events(EventQuery const& query) const {
  EventPage page;
  page.reached = query.after;
  std::size_t looked_at = 0;
  auto full = false;
  auto const look = [&](protocol::Height height) {
    if (looked_at++ == blocks_per_call_max) return full = true, false;
    auto const found = results(height);
    if (found && !add_events(query, height, *found, page)) return full = true, false;
    page.reached = {height.next(), 0};
    return true;
  };
  auto const first = std::max(query.after.height, lowest_);
  if (query.account.empty()) {
    for (auto height = first; height <= head_.height && look(height);) height = height.next();
  } else {
    auto const prefix = 'E' + query.account;
    database_->scan(prefix, rows::account(query.account, first), snapshot_,
                    [&](auto key, auto) { return look(rows::height_of_account_row(key)); });
  }
  if (full) {
    if (!page.events.empty()) page.reached = std::max(page.reached, page.events.back().place);
  } else {
    page.reached = std::max(query.after, EventPlace{head_.height.next(), 0});
    page.at_head = true;
  }
  return page;
}

std::optional<Page> Snapshot::list(IndexQuery const& query) const {
  auto const prefix = index_prefix(query);
  auto const at_start = query.after.empty();
  if (!prefix) return std::nullopt;
  if (!at_start && query.after.size() != position_bytes(query.index)) return std::nullopt;
  auto const from = *prefix + query.after + (at_start ? "" : std::string(1, '\0'));
  Page page;
  std::string last;
  database_->scan(*prefix, from, snapshot_, [&](auto key, auto value) {
    if (page.records.size() == query.count_max) return page.next = last, false;
    last = key.substr(prefix->size());
    auto const record_key = rows::decode_key(value);
    auto const bytes = get(record_key);
    CHECK(bytes.has_value());  // Written and erased in the batches that wrote the row.
    auto record = state::record_of(record_key, *bytes);
    CHECK(record.has_value());
    page.records.push_back(std::move(*record));
    return true;
  });
  return page;
}

}  // namespace node
