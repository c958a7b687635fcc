// Whether keys of a document's owner have signed, by the last final state: one key, or as many of
// several as the account asks for, whatever keys it began with (protocol/bank/authority.h).
//
// Threads: pure functions.

#pragma once

#include <google/protobuf/repeated_ptr_field.h>
#include <labor/v1/transaction.pb.h>

#include <string_view>

#include "node/documents/refusal.h"
#include "protocol/state/reader.h"
#include "protocol/types.h"

namespace node {

// bad_signatures, no_account, not_the_owner; in this order.
DocumentResult<void> must_be_signed_by_owner(
    state::Reader const& state, protocol::Address const& owner,
    google::protobuf::RepeatedPtrField<labor::v1::Signature> const& signatures,
    std::string_view signed_bytes);

}  // namespace node
