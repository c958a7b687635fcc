// A Network that says everything as it was told to: what a deviation that changes some of it
// starts from. Lives no longer than the network behind it.

#pragma once

#include <cstdint>

#include "consensus/shell/ports.h"

namespace sim {

class ForwardingNetwork : public consensus::Network {
 public:
  explicit ForwardingNetwork(consensus::Network& real) : real_{real} {}

  void send(consensus::SignerSet to, consensus::Vote const& vote) override;
  void send(consensus::SignerSet to, consensus::Certificate const& certificate) override;
  void send(consensus::SignerSet to, consensus::ProposalMessage const& proposal) override;
  void fetch_view(consensus::ValidatorIndex from, consensus::View view) override;
  void fetch_body(consensus::ValidatorIndex from, consensus::BlockHash const& block) override;
  void fetch_blocks(consensus::PublicKey const& from, consensus::Height first,
                    std::uint32_t count_max) override;
  void gossip_again() override;

 private:
  consensus::Network& real_;
};

}  // namespace sim
