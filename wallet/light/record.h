// A record as the state keeps it: its key, and the bytes that the proof is about.

#pragma once

#include <labor/v1/record.pb.h>

#include <optional>
#include <string>

#include "protocol/state/key.h"

namespace wallet {

struct StoredRecord {
  state::Key key;
  std::string value;
};

// Nothing if no record is set, or its key fields have the wrong size.
std::optional<StoredRecord> stored_record(labor::v1::Record const& record);

}  // namespace wallet
