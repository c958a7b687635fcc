// A JSON document secured by one Ed25519 signature (W3C Data Integrity EdDSA Cryptosuites 1.0,
// eddsa-jcs-2022), by a key that is its own identifier.
//
//   secured   = document with "proof": config with "proofValue": "z" base58(signature (64))
//   config    = {type: DataIntegrityProof, cryptosuite: eddsa-jcs-2022, created,
//                verificationMethod, proofPurpose: assertionMethod, @context of the document}
//   signature = Ed25519 over SHA-256(config) || SHA-256(document), each in canonical_json.h's form
//
// What is signed is two hashes, so it can be no statement of a chain, which begins with a tag.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/types.h"
#include "wallet/json.h"
#include "wallet/problem.h"

namespace wallet {

struct SignedBy {
  protocol::PublicKey key;
  std::string created;  // "2026-01-05T00:00:00Z"
};
using SignBytes = std::function<Result<protocol::Signature>(std::string_view bytes)>;

// Without "proof", a document that canonical_json() takes.
Result<json::object> secure(json::object document, SignedBy const& by, SignBytes const& sign);

// The key that signed. UNVERIFIED: NOT_SIGNED where the proof is not of this shape, BAD_SIGNATURE.
Result<protocol::PublicKey> check_secured(json::object const& secured);

// What is signed; nothing for what canonical_json() refuses.
std::optional<std::string> hash_data(json::object const& document, json::object const& config);

}  // namespace wallet
