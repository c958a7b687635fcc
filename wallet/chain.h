// A chain as the wallet sees it through one node: everything that can be checked is checked
// against the genesis before anybody sees it.
//
// What cannot be proved is named so: simulations, lists (each record in them is proved; that none
// is missing is not), allowance and next sequence (a wrong one is refused by the chain).
// Threads: one at a time.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wallet/client.h"
#include "wallet/light/trust.h"
#include "wallet/light/verify.h"
#include "wallet/problem.h"

namespace wallet {

enum class Checking { on, off };

// Where a transaction stands, as far as the node's answer holds up.
struct Standing {
  labor::v1::TransactionOutcome outcome{};
  std::uint64_t height = 0;
  std::uint64_t block_time_ms = 0;
  labor::v1::Receipt receipt;
  std::string transaction;
};

class Chain {
 public:
  // `home` has the cache of proved epochs.
  Chain(Client client, Trust trust, Checking checking, std::filesystem::path home)
      : client_{std::move(client)},
        trust_{std::move(trust)},
        checking_{checking},
        home_{std::move(home)} {}

  Client const& client() const { return client_; }
  Trust const& trust() const { return trust_; }
  protocol::Network network() const { return trust_.network(); }
  Checking checking() const { return checking_; }

  // The node's own word, once it has shown that it serves this chain (WRONG_CHAIN otherwise).
  Result<labor::v1::GetNodeInfoResponse> info() const;

  // The record whose key fields stand in `key`, proved; nothing if it is proved that there is none.
  Result<std::optional<labor::v1::Record>> record(labor::v1::Record const& key) const;

  // Each record proved anew at the time of reading.
  Result<std::vector<labor::v1::Record>> list(labor::v1::ListRecordsRequest request,
                                              std::size_t records_max) const;

  // Waits up to `wait_ms`. FINAL comes with inclusion and receipt proved.
  // EXPIRED comes with a final block past valid_until_ms.
  Result<Standing> standing(labor::v1::GetTransactionRequest const& request) const;

  // The last final block, proved.
  Result<FinalHeader> head() const;

 private:
  Result<FinalHeader> final_header(labor::v1::FinalityProof const& proof,
                                   std::uint64_t height) const;

  // Makes the validators of the block's epoch known, as far as they can be proved.
  Result<void> follow(std::string_view header) const;

  Client client_;
  mutable Trust trust_;  // Learns the validators of later epochs as answers need them.
  Checking checking_;
  std::filesystem::path home_;
  // Certificates checked already, by height.
  mutable std::map<std::uint64_t, FinalHeader> proved_;
};

}  // namespace wallet
