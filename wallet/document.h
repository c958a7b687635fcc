// A transaction on its way through `tx build | simulate | sign | send`, as one line of JSON that
// may pass over a stick to a machine without a network and back:
//
//   {"labor": "transaction/1", "chain_id": C, "genesis_hash": HEX, "body": HEX,
//    "transaction": HEX, "id": HEX}
//
// `transaction` is absent until it is signed. The envelope of --json around it is understood too.

#pragma once

#include <labor/v1/transaction.pb.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/types.h"
#include "wallet/json.h"
#include "wallet/problem.h"

namespace wallet {

struct Document {
  protocol::GenesisHash genesis_hash;
  // Encoded TransactionBody, and the same decoded.
  std::string body_bytes;
  labor::v1::TransactionBody body;
  // Encoded Transaction; empty until signed.
  std::string transaction;

  bool is_signed() const { return !transaction.empty(); }
  protocol::TransactionId id() const;
  json::object json() const;
  // One line.
  std::string text() const;
};

// With these among its signatures; ascending by key, no key twice.
Document with_signatures(Document document, std::span<labor::v1::Signature const> signatures);
// Those it has.
std::vector<labor::v1::Signature> signatures_of(Document const& document);

Document document_of(protocol::GenesisHash const& genesis, labor::v1::TransactionBody body);

// Also takes a bare hex transaction. The body within `transaction` must be `body`.
Result<Document> parse_document(std::string_view text);

}  // namespace wallet
