// From bytes back to records, for those who do not know which type a key holds: indexes, queries,
// event filters. Execution knows, and does not come here.
//
// Threads: pure functions.

#pragma once

#include <labor/v1/record.pb.h>

#include <optional>
#include <string_view>
#include <vector>

#include "protocol/state/key.h"

namespace state {

// The record stored under `key`, wrapped; nothing where the key is not a record's (counters, open
// counts, the deadline queue) or the value is not one.
std::optional<labor::v1::Record> record_of(Key const& key, std::string_view value);

// The accounts that an event concerns: both holders of moved money, everybody a record names.
// Views into the event; a name may come twice.
std::vector<std::string_view> accounts_of(labor::v1::Event const& event);

}  // namespace state
