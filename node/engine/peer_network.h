// Consensus' way out in one epoch: its messages as PeerMessages, its validators as peers.
//
// Threads: the loop's.

#pragma once

#include "consensus/certificate/verify.h"
#include "consensus/shell/ports.h"
#include "node/engine/gossip.h"
#include "node/engine/peers.h"
#include "node/mempool/mempool.h"

namespace node {

class PeerNetwork final : public consensus::Network {
 public:
  // What gossip_again() repeats at most: a view is nullified twice a second at worst.
  static constexpr std::size_t again_bytes_max = 256u << 10;

  PeerNetwork(Peers& peers, Gossip& gossip, Mempool const& mempool,
              consensus::Committee const& committee)
      : peers_{peers}, gossip_{gossip}, mempool_{mempool}, committee_{committee} {}

  void send(consensus::SignerSet to, consensus::Vote const& vote) override;
  void send(consensus::SignerSet to, consensus::Certificate const& certificate) override;
  void send(consensus::SignerSet to, consensus::ProposalMessage const& proposal) override;
  void fetch_view(protocol::ValidatorIndex from, protocol::View view) override;
  void fetch_body(protocol::ValidatorIndex from, protocol::BlockHash const& block) override;
  void fetch_blocks(PeerId const& from, protocol::Height first, std::uint32_t count_max) override;
  void gossip_again() override;

 private:
  void send(consensus::SignerSet const& to, labor::v1::PeerMessage const& message);
  PeerId const& peer(protocol::ValidatorIndex validator) const {
    return committee_.validators.key(validator);
  }

  Peers& peers_;
  Gossip& gossip_;
  Mempool const& mempool_;
  consensus::Committee const& committee_;
};

}  // namespace node
