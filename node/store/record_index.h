// Which rows of the record indexes a record has. A pure function of the record, so that an index
// is always what the state says, and can be made again from it.
//
//   row = "I" index(1) scope position
//   scope: what the index is asked for, an account (32), an id (8) or nothing
//   position: 2^64 - 1 - id (8) where the record has an id of its own, so that newest comes first;
//             else what tells records of a scope apart: a milestone's index (4), an account (32)
//
// Threads: pure functions.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "node/store/snapshot.h"
#include "protocol/state/key.h"

namespace node {

// Whether records of this kind are in any index: asked before a value is parsed.
bool indexed(state::Key const& key);

// Keys of all rows of a record.
std::vector<std::string> index_rows(labor::v1::Record const& record);

// The beginning of all rows that a query is about; nothing if it lacks what its index asks for.
std::optional<std::string> index_prefix(IndexQuery const& query);

// Bytes of a position in that index.
std::size_t position_bytes(labor::v1::RecordIndex index);

}  // namespace node
