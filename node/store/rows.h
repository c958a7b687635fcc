// The rows of the database. Integers are big-endian, so that byte order is number order.
//
//   V module(2) path(32)            key length(2) logical key, value
//   O module(2) logical key         (empty)                 ordered modules only
//   N module(2) prefix              tree node               protocol/state/tree.h
//   U height(8)                     undo*                   values before the block
//   B height(8)                     encoded Block
//   R height(8)                     time(8) events, receipt*   each length(4) bytes
//   F height(8)                     finalization            where the block has its own
//   T transaction id(32)            height(8) index(4)
//   E account(32) height(8)         (empty)                 the block has events that concern it
//   I index(1) scope position       module(2) logical key   node/store/record_index.h
//   M name                          schema, genesis, head, journal, lowest
//
//   undo = module(2) kept(1) key length(2) logical key [value length(4) value]
//
// Threads: pure functions.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "node/store/snapshot.h"
#include "node/store/store.h"
#include "protocol/state/key.h"
#include "protocol/types.h"

namespace node::rows {

// Raised when a row's layout changes; a store of another schema is refused.
inline constexpr std::uint32_t schema = 2;

std::string value(state::Module module, protocol::Hash const& path);
std::string values(state::Module module);  // What those of a module begin with.
std::string order(state::Module module, std::string_view logical);
std::string tree_node(state::Module module, std::string_view prefix);
std::string undo(protocol::Height height);
std::string block(protocol::Height height);
std::string results(protocol::Height height);
std::string finalization(protocol::Height height);
std::string transaction(protocol::TransactionId const& id);
std::string account(std::string_view address, protocol::Height height);
std::string meta(std::string_view name);

std::string encode_value(state::Key const& key, std::string_view value);
std::string decode_value(std::string_view row);
std::string decode_logical_key(std::string_view row);

std::string encode_key(state::Key const& key);
state::Key decode_key(std::string_view row);

struct Undo {
  state::Key key;
  std::optional<std::string> before;
};
void append_undo(std::string& row, Undo const& undo);
std::vector<Undo> decode_undo(std::string_view row);

std::string encode_results(protocol::TimeMs time, std::string_view events,
                           std::vector<std::string> const& receipts);
Results decode_results(std::string_view row);

std::string encode_place(TransactionPlace const& place);
TransactionPlace decode_place(std::string_view row);

// Of a row of table E.
protocol::Height height_of_account_row(std::string_view key);

std::string encode_head(Head const& head);
Head decode_head(std::string_view row);

std::string encode_mark(JournalMark const& mark);
JournalMark decode_mark(std::string_view row);

}  // namespace node::rows
