// The epochs that a cluster has entered, with the validators of each and the nodes behind them. A
// node has its number for good, its place in a set for one epoch. One for all nodes: whoever in
// an epoch has committed the block that names its set, so it is known before it is needed.

#pragma once

#include <labor/v1/validators.pb.h>

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "consensus/certificate/verify.h"
#include "consensus/core/input.h"
#include "protocol/genesis.h"

namespace sim {

struct KnownEpoch {
  consensus::Committee committee;
  // The last block of the epoch before, or the genesis block, as view 0.
  consensus::BlockRef root;
  // Who holds each place, by the validator's index.
  std::vector<std::size_t> nodes;

  std::size_t node_of(consensus::ValidatorIndex place) const { return nodes.at(place.value()); }
  // Nothing: the node observes in this epoch.
  std::optional<consensus::ValidatorIndex> place_of(std::size_t node) const;
};

class Epochs {
 public:
  // The nodes of the first set are numbered by their places in it.
  explicit Epochs(protocol::Chain const& chain);

  // `key` is the node's, before any epoch whose set holds it.
  void give(protocol::PublicKey const& key, std::size_t node) { nodes_.emplace(key, node); }
  // The key that the node runs with.
  void run_with(protocol::PublicKey const& key, std::size_t node) {
    give(key, node);
    running_.insert_or_assign(node, key);
  }
  protocol::PublicKey const& key_of(std::size_t node) const { return running_.at(node); }
  // Nothing: no node runs with it now.
  std::optional<std::size_t> node_with(protocol::PublicKey const& key) const;

  // Null: nobody has entered it. What is found stays where it is.
  KnownEpoch const* find(consensus::Epoch epoch) const;
  KnownEpoch const& at(consensus::Epoch epoch) const;
  KnownEpoch const& latest() const { return known_.rbegin()->second; }
  // The block `last`, committed by somebody, names `set`. What is known already is left.
  void begin(labor::v1::ValidatorSet const& set, consensus::BlockHash const& last);

 private:
  consensus::GenesisHash genesis_;
  std::map<protocol::PublicKey, std::size_t> nodes_;  // By key, of all there ever were.
  std::map<std::size_t, protocol::PublicKey> running_;
  std::map<consensus::Epoch, KnownEpoch> known_;
};

}  // namespace sim
