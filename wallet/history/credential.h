// An exported contract as a file: a W3C Verifiable Credential 2.0 that its holder issues about
// themselves and that carries what proves it.
//
//   file    = JSON as json.h's pretty() writes it with a line break, or canonical_json() of it; any
//             other spelling is refused, so that no byte changes without being noticed
//   subject = {id: did of the holder, account, proved: {...}, stated: {...}}
//   proved  = what the evidence shows, and exactly that: contract, client, talent, role, ended,
//             outcome; rating, handles; from the contract's record: title, start, skills, amounts
//   stated  = the holder's word for what the evidence leaves out: title, start, skills, rating
//   evidence.bytes = "f" hex( labor.v1.HistoryEvidence in the canonical encoding )
//
// Whoever checks a file makes it anew from its evidence, its stated part and the signing key; the
// two must be equal. The key must be one that signs for the account alone, as of the evidence.
//
// Amounts are text in units; other numbers are text, too.
// Threads: pure functions.

#pragma once

#include <labor/v1/history.pb.h>

#include <string>
#include <string_view>

#include "protocol/genesis.h"
#include "wallet/history/data_integrity.h"
#include "wallet/history/evidence.h"
#include "wallet/json.h"

namespace wallet {

struct CredentialParts {
  protocol::PublicKey key;
  json::object stated;
  labor::v1::HistoryEvidence evidence;
};

// The file, unsigned. Whatever check_evidence() refuses; NOT_THE_ACCOUNTS_KEY.
Result<json::object> make_credential(protocol::Chain const& chain, CredentialParts const& parts);

// The text of a file.
std::string credential_text(json::object const& secured);

struct CheckedCredential {
  protocol::PublicKey key;
  std::string created;
  Engagement shown;
  json::object proved;
  json::object stated;
};

// UNVERIFIED (exit 10), as of a file (of_file()): NOT_A_CREDENTIAL, NOT_AS_WRITTEN, NOT_SIGNED,
// BAD_SIGNATURE, WRONG_GENESIS, CLAIM_NOT_PROVED, and whatever make_credential() refuses.
Result<CheckedCredential> check_credential(protocol::Chain const& chain, std::string_view text);

// The scales of a rating, as text: {"quality": "5", ...}.
json::object rating_json(labor::v1::FeedbackContent const& content);

// How a contract ended, in words: by its record.
std::string_view outcome_of(labor::v1::Contract const& contract);

}  // namespace wallet
