// Attestations: what an admitted issuer says of an account, shaped as those of the Ethereum
// Attestation Service. attestation_machine.h has the rows.
//
//   schema     "identity"  the account is one person's (identity.h); data_hash is the nullifier
//              a URI       whatever it stands for; data_hash is salted, what it hashes is off chain
//
// Only issuers that the genesis or a ballot has admitted attest: what anybody could say of anybody
// would fill the state, and the lists of people who never asked.

#pragma once

#include <labor/v1/attestation.pb.h>

#include <string_view>

#include "protocol/execution/context.h"

namespace talent {

inline constexpr std::string_view identity_schema = "identity";

inline bool is_identity(labor::v1::Attestation const& attestation) {
  return attestation.schema() == identity_schema;
}

// INVALID_ADDRESS, INVALID_HASH, INVALID_TIME {got, have, most} (past, or an identity without end),
// INVALID_SCHEMA, ATTESTATION_NOT_FOUND (of refers_to), NOT_AN_ISSUER, and of an identity
// PERSON_HAS_ACCOUNT, ACCOUNT_IS_ANOTHER_PERSON, TOO_MANY_ATTESTATIONS {have, most}. Makes an
// attestation id.
execution::Done apply(execution::Context& context, labor::v1::Attest const& message);

// ATTESTATION_NOT_FOUND, NOT_YOUR_ATTESTATION, DEADLINE_PASSED {until_ms}, WRONG_STATE,
// NOT_REVOCABLE.
execution::Done apply(execution::Context& context, labor::v1::RevokeAttestation const& message);

// A clock of the attestation has run out.
execution::Done fire(execution::Context& context, labor::v1::Attestation const& attestation);

}  // namespace talent
