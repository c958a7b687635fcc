// Who may sign for an account, as it is typed and told.

#pragma once

#include <labor/v1/bank.pb.h>

#include <string>
#include <vector>

#include "wallet/problem.h"

namespace wallet {

class Session;

// KEY or KEY:WEIGHT, each a key of this wallet by name or 64 hex digits; one key without a weight
// is a single key, more need a threshold (0: all of them).
struct TypedAuthority {
  std::vector<std::string> keys;
  std::uint32_t threshold = 0;
};
Result<labor::v1::Authority> parse_authority(Session& session, TypedAuthority const& typed);

// "the key 1234..", "2 of these 3 keys", a line each.
std::vector<std::string> describe(labor::v1::Authority const& authority);

}  // namespace wallet
