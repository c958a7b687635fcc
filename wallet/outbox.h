// What was signed, kept before it is sent: the same bytes can be sent again, by anyone and any
// number of times, and remain one transaction.
//
//   HOME/transactions/CHAIN_ID/ID.json = {"labor", "chain_id", "body", "transaction", ...} as
//   document.h writes it

#pragma once

#include <filesystem>
#include <vector>

#include "protocol/types.h"
#include "wallet/document.h"
#include "wallet/problem.h"

namespace wallet {

class Outbox {
 public:
  Outbox(std::filesystem::path const& home, std::string_view chain_id)
      : folder_{home / "transactions" / chain_id} {}

  // Where it went; synced.
  Result<std::filesystem::path> keep(Document const& document) const;
  // UNKNOWN_TRANSACTION if this wallet never signed it.
  Result<Document> find(protocol::TransactionId const& id) const;
  // Newest first, at most `count`.
  Result<std::vector<Document>> last(std::size_t count) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace wallet
