// Mandates, as they are typed and told.

#pragma once

#include <labor/v1/mandate.pb.h>

#include <string>
#include <string_view>
#include <vector>

#include "wallet/problem.h"

namespace wallet {

// "post", "fund": as in the schema, in small letters.
Result<labor::v1::MandateScope> parse_scope(std::string_view text);
// "post, hire, fund"
std::string show_scopes(google::protobuf::RepeatedField<int> const& scopes);

// "up to 500.00 USD in one act", with what is left of all together; "nothing".
std::string show_limit(std::uint64_t each, std::uint64_t left);

}  // namespace wallet
