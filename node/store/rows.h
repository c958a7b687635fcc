// The rows of the two databases. Integers are big-endian, so that byte order is number order.
//
// FOLDER/live, where nearly everything is written again sooner or later:
//
//   V module(2) path(32)            key length(2) logical key, value
//   O module(2) logical key         (empty)                 ordered modules only
//   N module(2) prefix              large tree node         protocol/state/tree.h; as of M tree
//   C height(8)                     change*                 of blocks that table N is behind
//   T transaction id(32)            height(8) index(4)
//   E account(32) height(8)         (empty)                 the block has events that concern it
//   I index(1) scope position       module(2) logical key   node/store/record_index.h
//   M name                          schema, genesis, head, tree, journal, lowest
//
//   change = module(2) key length(2) logical key
//
// FOLDER/history, where rows only follow each other: no two tables of LevelDB overlap, so none is
// ever read and written again to put them together. What is found by a hash would end that, and is
// in the state's.
//
//   height(8) B                     encoded Block
//   height(8) F                     finalization            where the block has its own
//   height(8) R                     time(8) events, receipt*   each length(4) bytes
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
inline constexpr std::uint32_t schema = 4;

std::string value(state::Module module, protocol::Hash const& path);
std::string values(state::Module module);  // What those of a module begin with.
std::string order(state::Module module, std::string_view logical);
std::string tree_node(state::Module module, std::string_view prefix);
std::string changes(protocol::Height height);
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

// Of table C.
void append_change(std::string& row, state::Key const& key);
std::vector<state::Key> decode_changes(std::string_view row);

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
