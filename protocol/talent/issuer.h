// Issuers: who may attest. The genesis names the first, ballots admit and remove.
//
// What an issuer has said stays on record when it is removed; what depends on its word (identity.h)
// asks whether it is still admitted.

#pragma once

#include <google/protobuf/repeated_ptr_field.h>
#include <labor/v1/attestation.pb.h>

#include <string_view>

#include "protocol/execution/context.h"

namespace talent {

bool is_issuer(state::Reader const& state, std::string_view account);

using IssuerChanges = google::protobuf::RepeatedPtrField<labor::v1::IssuerChange>;

// Whether a ballot may make all of them, in order: INVALID_ADDRESS, INVALID_ISSUER (its name),
// ISSUER_TWICE, ISSUER_EXISTS, ISSUER_NOT_FOUND.
execution::Done may_make(execution::Context const& context, IssuerChanges const& changes);
void make(execution::Context& context, IssuerChanges const& changes);

}  // namespace talent
