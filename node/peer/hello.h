// The first message each way binds the stream to a consensus key: the consensus key signs the node
// key that TLS has proved.
//
//   signature = Ed25519(consensus key, tag "LABOR/peer/v1" | genesis hash | epoch | node key)
//   tag: 16 bytes, zero-padded; epoch: 8 bytes, big-endian; node key: 32 bytes
//
// A node keeps its key for longer than an epoch, so a Hello of another epoch is not stale. Whether
// the key is in the present set is asked of every message: streams outlive epochs, and who will
// join a set must have followed the chain. Who may connect at all, the operator says ([[peers]]).

#pragma once

#include <expected>
#include <string_view>

#include <labor/v1/peer_service.pb.h>

#include "node/engine/peers.h"
#include "protocol/crypto/sign.h"
#include "protocol/types.h"

namespace node::peer {

// What both sides of a connection must know of this node.
struct Seat {
  protocol::GenesisHash genesis{};
  protocol::Epoch epoch{};  // At the start; for people.
  PeerId self{};
};

labor::v1::Hello make_hello(Seat const& seat, crypto::SecretKey const& consensus_key,
                            protocol::PublicKey const& node_key, std::string_view version);

// The same with a signature that was made elsewhere, over peer_binding() (node/signer/binding.h) of
// this epoch.
labor::v1::Hello make_hello(Seat const& seat, protocol::Signature const& signature,
                            std::string_view version);

enum class HelloRefusal {
  malformed,      // A field of the wrong size.
  another_chain,  // Its genesis hash is not ours.
  our_own_key,    // It signs with this node's validator key: two nodes with one key.
  bad_signature,  // The key did not sign for the node key of this connection.
};
std::string_view explain(HelloRefusal refusal);

// Who speaks on a connection whose other side has proved to hold `node_key`.
std::expected<PeerId, HelloRefusal> check_hello(Seat const& seat, labor::v1::Hello const& hello,
                                                protocol::PublicKey const& node_key);

}  // namespace node::peer
