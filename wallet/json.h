// Messages of the schema as JSON, and back, the way people and scripts want them:
//
//   64-bit integers   strings: "18446744073709551615" survives every JSON reader
//   addresses         bech32m, by the names of their fields (to, client, owner, ...)
//   other bytes       lower-case hex
//   enums             without their prefix: "funded"; assets and statuses in capitals: "USD"
//   absent scalars    their default; absent messages are left out
//
// Reading takes what writing gives, refuses unknown members, and takes numbers for strings.

#pragma once

#include <google/protobuf/message.h>

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "protocol/address.h"
#include "wallet/problem.h"

namespace wallet {

namespace json = boost::json;

json::value to_json(google::protobuf::Message const& message, protocol::Network network);

Result<void> from_json(json::value const& value, protocol::Network network,
                       google::protobuf::Message& message);

// The value of an enum as above.
std::string enum_name(google::protobuf::EnumValueDescriptor const& value);

// At most as deep and long as anything of ours; NOT_JSON otherwise.
Result<json::value> parse_json(std::string_view text);

// With line breaks and indentation, for files that people read.
std::string pretty(json::value const& value);

}  // namespace wallet
