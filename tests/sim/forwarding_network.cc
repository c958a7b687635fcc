#include "tests/sim/forwarding_network.h"

namespace sim {

void ForwardingNetwork::send(consensus::SignerSet to, consensus::Vote const& vote) {
  real_.send(to, vote);
}

void ForwardingNetwork::send(consensus::SignerSet to, consensus::Certificate const& certificate) {
  real_.send(to, certificate);
}

void ForwardingNetwork::send(consensus::SignerSet to, consensus::ProposalMessage const& proposal) {
  real_.send(to, proposal);
}

void ForwardingNetwork::fetch_view(consensus::ValidatorIndex from, consensus::View view) {
  real_.fetch_view(from, view);
}

void ForwardingNetwork::fetch_body(consensus::ValidatorIndex from,
                                   consensus::BlockHash const& block) {
  real_.fetch_body(from, block);
}

void ForwardingNetwork::fetch_blocks(consensus::PublicKey const& from, consensus::Height first,
                                     std::uint32_t count_max) {
  real_.fetch_blocks(from, first, count_max);
}

void ForwardingNetwork::gossip_again() {
  real_.gossip_again();
}

}  // namespace sim
