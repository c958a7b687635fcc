// Reads records, receipts and ends of epochs from a node as evidence: with what proves them, block
// by block. Whoever uses the evidence checks it (evidence.h).

#pragma once

#include <labor/v1/history.pb.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "wallet/chain.h"

namespace wallet {

class ProofReader {
 public:
  static Result<ProofReader> of(Chain const& chain);

  // The record whose key fields stand in `key`, kept as evidence; nothing, proved, if there is
  // none.
  Result<std::optional<labor::v1::Record>> record(labor::v1::Record const& key);

  // The receipt of a transaction in the block at `height`, kept as evidence. NOT_INCLUDED.
  Result<labor::v1::Receipt> receipt(std::uint64_t height, std::string const& transaction_id);

  // All that was kept, with the ends of epochs that it needs.
  Result<labor::v1::HistoryEvidence> evidence();

 private:
  ProofReader(Chain const& chain, Trust trust) : chain_{chain}, trust_{std::move(trust)} {}

  Result<void> keep(labor::v1::FinalityProof proof);
  Result<void> follow(protocol::Epoch epoch);

  Chain const& chain_;
  Trust trust_;  // Of the genesis alone at first, so that all changes are read.
  std::vector<labor::v1::EpochChange> changes_;
  protocol::Epoch last_epoch_{0};
  std::map<std::uint64_t, labor::v1::FinalityProof> blocks_;  // By height.
  labor::v1::HistoryEvidence kept_;
};

}  // namespace wallet
