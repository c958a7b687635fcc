// Tree nodes as the database has them: a large one has a row of table N; a small one, and all below
// it, is made of the values that lie below it, which stand together in table V.
//
// Of a place that no parent names, or that was emptied since table N was written, what is made is
// whatever is there now: the node may hold one key or none.
//
// Table N may be behind: of a node that was large then and is not any more, its row counts no more.
//
// Threads: any.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "node/store/database.h"
#include "protocol/state/key.h"

namespace node {

// What table N has.
std::optional<std::string> large_node(Database const& database, leveldb::Snapshot const* snapshot,
                                      state::Module module, std::string_view prefix);

// That at `prefix` last; before it those that were made on the way. Nothing at the top.
std::vector<std::pair<std::string, std::string>> small_nodes(Database const& database,
                                                             leveldb::Snapshot const* snapshot,
                                                             state::Module module,
                                                             std::string_view prefix);

}  // namespace node
