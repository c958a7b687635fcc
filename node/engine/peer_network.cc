#include "node/engine/peer_network.h"

#include "consensus/certificate/encoding.h"

namespace node {

using labor::v1::PeerMessage;

void PeerNetwork::send(consensus::SignerSet to, consensus::Vote const& vote) {
  PeerMessage message;
  message.set_vote(consensus::encode(vote));
  send(to, message);
}

void PeerNetwork::send(consensus::SignerSet to, consensus::Certificate const& certificate) {
  PeerMessage message;
  message.set_certificate(consensus::encode(certificate, committee_.validators));
  send(to, message);
}

void PeerNetwork::send(consensus::SignerSet to, consensus::ProposalMessage const& proposal) {
  PeerMessage message;
  auto& out = *message.mutable_proposal();
  out.set_vote(consensus::encode(proposal.vote));
  out.set_block(*proposal.body);
  for (auto const& certificate : proposal.certificates) {
    out.add_certificates(consensus::encode(certificate, committee_.validators));
  }
  send(to, message);
}

void PeerNetwork::send(consensus::SignerSet const& to, PeerMessage const& message) {
  if (to.size() + 1 == committee_.validators.size()) return peers_.broadcast(message);
  for (auto const member : to.members()) peers_.send(peer(member), message);
}

void PeerNetwork::fetch_view(protocol::ValidatorIndex from, protocol::View view) {
  PeerMessage message;
  message.mutable_fetch_view()->set_epoch(committee_.epoch.value());
  message.mutable_fetch_view()->set_view(view.value());
  peers_.send(peer(from), message);
}

void PeerNetwork::fetch_body(protocol::ValidatorIndex from, protocol::BlockHash const& block) {
  PeerMessage message;
  message.mutable_fetch_body()->set_block_hash(block.str());
  peers_.send(peer(from), message);
}

void PeerNetwork::fetch_blocks(PeerId const& from, protocol::Height first,
                               std::uint32_t count_max) {
  PeerMessage message;
  message.mutable_fetch_blocks()->set_from_height(first.value());
  message.mutable_fetch_blocks()->set_count_max(count_max);
  peers_.send(from, message);
}

void PeerNetwork::gossip_again() {
  gossip_.again(mempool_.oldest(again_bytes_max));
}

}  // namespace node
