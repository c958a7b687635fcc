// What the wallet takes for granted about a chain: its genesis, and nothing that a node says.
//
// The genesis names the validators of epoch 0; those of later epochs are known once epochs.h has
// proved them, or its cache remembers that it did.

#pragma once

#include <labor/v1/validators.pb.h>

#include <map>
#include <optional>
#include <utility>

#include "consensus/certificate/verify.h"
#include "protocol/address.h"
#include "protocol/genesis.h"
#include "wallet/problem.h"

namespace wallet {

// The validators of one epoch: as the chain has them, and as certificates are checked.
struct KnownSet {
  labor::v1::ValidatorSet set;
  consensus::Committee committee;
};

class Trust {
 public:
  static Result<Trust> from(protocol::Chain chain);

  protocol::Chain const& chain() const { return chain_; }
  protocol::Network network() const {
    return chain_.devnet() ? protocol::Network::devnet : protocol::Network::main;
  }
  // View 0's block of epoch 0: final by definition, without a certificate.
  protocol::BlockHash const& root_block() const;

  // Those that are known, by epoch; epoch 0 always is.
  std::map<protocol::Epoch, KnownSet> const& sets() const { return sets_; }
  KnownSet const* find(protocol::Epoch epoch) const;
  // Of the latest known epoch that is not after `epoch`.
  KnownSet const& latest(protocol::Epoch epoch) const;
  // False for what makes no set: no keys, too many, one twice or out of order. That these are the
  // validators of that epoch is for the caller to have proved.
  bool know(labor::v1::ValidatorSet set);

 private:
  explicit Trust(protocol::Chain chain) : chain_{std::move(chain)} {}

  protocol::Chain chain_;
  std::map<protocol::Epoch, KnownSet> sets_;
  // Executing a genesis costs time: only when block 0 is asked about.
  mutable std::optional<protocol::BlockHash> root_block_;
};

}  // namespace wallet
