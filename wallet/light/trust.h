// What the wallet takes for granted about a chain: its genesis, and nothing that a node says.
//
// The genesis names the validators of epoch 0. Epochs do not change in this version, so their
// certificates are all a client needs; following epoch boundaries comes with them.

#pragma once

#include <optional>
#include <utility>

#include "consensus/certificate/verify.h"
#include "protocol/address.h"
#include "protocol/genesis.h"
#include "wallet/problem.h"

namespace wallet {

class Trust {
 public:
  static Result<Trust> from(protocol::Chain chain);

  protocol::Chain const& chain() const { return chain_; }
  protocol::Network network() const {
    return chain_.devnet() ? protocol::Network::devnet : protocol::Network::main;
  }
  consensus::Committee const& committee() const { return committee_; }
  // View 0's block: final by definition, without a certificate.
  protocol::BlockHash const& root_block() const;

 private:
  Trust(protocol::Chain chain, consensus::Committee committee)
      : chain_{std::move(chain)}, committee_{std::move(committee)} {}

  protocol::Chain chain_;
  consensus::Committee committee_;
  // Executing a genesis costs time: only when block 0 is asked about.
  mutable std::optional<protocol::BlockHash> root_block_;
};

}  // namespace wallet
