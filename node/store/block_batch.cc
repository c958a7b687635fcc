#include "node/store/block_batch.h"

#include <algorithm>
#include <set>

#include "node/store/events.h"
#include "node/store/record_index.h"
#include "node/store/rows.h"
#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/state/records.h"
#include "protocol/state/tree.h"

namespace node {
namespace {

leveldb::Slice slice_of(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}

std::vector<std::string> rows_of(state::Key const& key, std::optional<std::string> const& value) {
  if (!value) return {};
  auto const record = state::record_of(key, *value);
  CHECK(record.has_value());  // Execution wrote it.
  return index_rows(*record);
}

template <class Visit>
void for_each_account(labor::v1::BlockEvents const& events,
                      std::vector<labor::v1::Receipt> const& receipts, Visit const& visit) {
  std::set<std::string_view> seen;
  for_each_event(events, receipts, [&](auto, auto const& event, auto) {
    for (auto const account : state::accounts_of(event)) {
      if (seen.insert(account).second) visit(account);
    }
    return true;
  });
}

}  // namespace

void BlockBatch::put(std::string_view key, std::string_view value) {
  state_.Put(slice_of(key), slice_of(value));
}

void BlockBatch::erase(std::string_view key) {
  state_.Delete(slice_of(key));
}

void BlockBatch::put_meta(std::string_view name, std::string_view value) {
  put(rows::meta(name), value);
}

void BlockBatch::add_values(state::Reader const& before, state::Overlay::Changes const& changes) {
  for (auto const& [key, after] : changes) {
    auto const old = before.get(key);
    if (old == after) continue;
    add_value(key, old, after);
    if (indexed(key)) add_index(key, old, after);
  }
}

void BlockBatch::add_changes(protocol::Height height, state::Overlay::Changes const& changes) {
  std::string row;
  for (auto const& [key, after] : changes) rows::append_change(row, key);
  put(rows::changes(height), row);
}

void BlockBatch::add_value(state::Key const& key, std::optional<std::string> const& before,
                           std::optional<std::string> const& after) {
  auto const place = rows::value(key.module, state::path_of(key));
  if (after) {
    put(place, rows::encode_value(key, *after));
  } else {
    erase(place);
  }
  if (!state::ordered(key.module) || before.has_value() == after.has_value()) return;
  auto const order = rows::order(key.module, key.logical);
  if (after) {
    put(order, "");
  } else {
    erase(order);
  }
}

void BlockBatch::add_index(state::Key const& key, std::optional<std::string> const& before,
                           std::optional<std::string> const& after) {
  auto const had = rows_of(key, before);
  auto const has = rows_of(key, after);
  auto const in = [](auto const& rows, std::string const& row) {
    return std::ranges::find(rows, row) != rows.end();
  };
  for (auto const& row : had) {
    if (!in(has, row)) erase(row);
  }
  for (auto const& row : has) {
    if (!in(had, row)) put(row, rows::encode_key(key));
  }
}

void BlockBatch::add_tree(RecentNodes const& nodes, protocol::Height written,
                          protocol::Height height) {
  for (auto const& [place, node] : nodes.newest()) {
    auto const key = rows::tree_node(place->first, place->second);
    if (*node) {
      put(key, **node);
    } else {
      erase(key);
    }
  }
  for (auto behind = written.next(); behind < height; behind = behind.next()) {
    erase(rows::changes(behind));
  }
  put_meta("tree", base::big_endian(height.value()));
}

void BlockBatch::add_history(ExecutedFinal const& final_block) {
  auto const& block = *final_block.block;
  auto const height = protocol::Height{block.header.height()};
  auto const time = protocol::TimeMs{block.header.time_ms()};
  auto const keep = [&](std::string const& key, std::string_view value) {
    history_.Put(key, slice_of(value));
  };
  keep(rows::block(height), block.bytes);
  keep(rows::results(height),
       rows::encode_results(time, block.encoded_events, block.encoded_receipts));
  if (!final_block.finalization.empty()) keep(rows::finalization(height), final_block.finalization);
  TransactionPlace place{.height = height, .index = 0};
  for (auto const& receipt : block.receipts) {
    auto const id = protocol::TransactionId::from(receipt.transaction_id());
    CHECK(id.has_value());
    put(rows::transaction(*id), rows::encode_place(place));
    ++place.index;
  }
  for_each_account(block.events, block.receipts,
                   [&](auto account) { put(rows::account(account, height), ""); });
}

void BlockBatch::prune_places(protocol::Height height, Results const& results) {
  for (auto const& receipt : results.receipts) {
    auto const id = protocol::TransactionId::from(receipt.transaction_id());
    if (id) erase(rows::transaction(*id));
  }
  for_each_account(results.events, results.receipts,
                   [&](auto account) { erase(rows::account(account, height)); });
}

void BlockBatch::prune_block(protocol::Height height, bool boundary) {
  history_.Delete(rows::results(height));
  if (boundary) return;
  history_.Delete(rows::block(height));
  history_.Delete(rows::finalization(height));
}

}  // namespace node
