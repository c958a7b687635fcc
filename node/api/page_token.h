// Where the next page begins. Opaque to clients; made and checked here alone.
//
//   token  = hex(plain || check)
//   plain  = query(8) height(8, big-endian) after
//   query  = first 8 bytes of BLAKE2b-256[LBRlist1](encoded request without page_size, page_token)
//   check  = first 8 bytes of BLAKE2b-256[LBRlist1](plain)
//   after  = index key of the last record sent, at most 128 bytes
//
// The height pins every page to the state of the first. `check` catches mangled tokens; it is no
// secret, so whoever forges one learns nothing that a query would not tell.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <expected>
#include <string>
#include <string_view>

#include "protocol/types.h"

namespace node {

struct PageToken {
  protocol::Height height{};
  std::string after;

  bool operator==(PageToken const&) const = default;
};

enum class PageTokenRefusal : std::uint8_t {
  malformed,      // Not a token of this node's making.
  other_request,  // Made for a request with other fields.
};
std::string_view explain(PageTokenRefusal refusal);

std::string encode(PageToken const& token, labor::v1::ListRecordsRequest const& request);

// The token in `request`, which must not be empty.
std::expected<PageToken, PageTokenRefusal> decode_page_token(
    labor::v1::ListRecordsRequest const& request);

}  // namespace node
