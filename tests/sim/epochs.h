// The epochs that a cluster has entered, with the validators of each. One for all nodes: whoever
// speaks in an epoch has committed the block that names its set, so it is known before it is
// needed.

#pragma once

#include <labor/v1/validators.pb.h>

#include <map>

#include "consensus/certificate/verify.h"
#include "consensus/core/input.h"
#include "protocol/genesis.h"

namespace sim {

struct KnownEpoch {
  consensus::Committee committee;
  // The last block of the epoch before, or the genesis block, as view 0.
  consensus::BlockRef root;
};

class Epochs {
 public:
  explicit Epochs(protocol::Chain const& chain);

  // Null: nobody has entered it. What is found stays where it is.
  KnownEpoch const* find(consensus::Epoch epoch) const;
  KnownEpoch const& at(consensus::Epoch epoch) const;
  // The block `last`, committed by somebody, names `set`. What is known already is left.
  void begin(labor::v1::ValidatorSet const& set, consensus::BlockHash const& last);

 private:
  consensus::GenesisHash genesis_;
  std::map<consensus::Epoch, KnownEpoch> known_;
};

}  // namespace sim
