// JSON in the one form that is hashed: the JSON Canonicalization Scheme (RFC 8785), as far as our
// documents go.
//
//   no white space; members ascending by name; text as it is in UTF-8, but for quotes, backslashes
//   and control characters, each with its shortest escape
//
// Refused: numbers with a fraction or beyond 2^53, and names that are not ASCII: nothing of ours
// has them, and both are where implementations of the scheme differ.

#pragma once

#include <optional>
#include <string>

#include "wallet/json.h"

namespace wallet {

// Nothing where it is refused.
std::optional<std::string> canonical_json(json::value const& value);

}  // namespace wallet
