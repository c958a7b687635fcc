// The two doors between the engine and the other validators. The engine owns both contracts;
// node/peer stands behind them with gRPC, tests with two queues.
//
//   gRPC threads --PeerSink::deliver--> engine         decoded and bounded, not yet believed
//   engine       --Peers::send--------> gRPC threads   never blocks, may drop: the core repeats

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <labor/v1/peer_service.pb.h>

#include "protocol/types.h"

namespace node {

// A node at the other end, by the consensus key that its Hello has proved. It need not be of the
// present set: who is about to join one, or has just left it, follows the chain as well.
using PeerId = protocol::PublicKey;

// A message of `from`, who has proved by mutual TLS and its Hello that the stream is its own: a
// vote of another signer on it must be refused. `message` is never a Hello and never
// empty. Everything inside is unverified.
//
// Holding `credit` holds this message's bytes against what `from` may have under way. Let go of
// it when the message has been dealt with (or copied to where another bound counts): when too
// much is held, transactions of that peer are dropped and then its stream is not read further.
struct PeerDelivery {
  PeerId from{};
  labor::v1::PeerMessage message;
  std::shared_ptr<void const> credit;
};

class PeerSink {
 public:
  virtual ~PeerSink() = default;
  // From gRPC threads: several peers at once, one peer in order. Must not block.
  virtual void deliver(PeerDelivery delivery) = 0;
  // Our stream to `peer` is open: what is sent from now on is carried. Again after each loss.
  virtual void connected(PeerId const& peer) = 0;
};

// What GetNodeInfo tells of a peer.
struct PeerStatus {
  std::string name;
  protocol::PublicKey node_key;
  std::optional<PeerId> key{};  // Once its Hello has proved it.
  bool connected = false;
  std::uint64_t since_ms = 0;  // For so long; since start, if it never changed.
};

class Peers {
 public:
  virtual ~Peers() = default;
  // Best effort, from any thread, at once: queues by priority (votes, certificates, proposals and
  // fetches; then answers; then transactions), each queue bounded in bytes, the oldest dropped.
  // Nothing is kept for a peer that is not connected, nor for this node itself.
  virtual void send(PeerId const& to, labor::v1::PeerMessage const& message) = 0;
  // Encoded once for all.
  virtual void broadcast(labor::v1::PeerMessage const& message) = 0;

  virtual std::vector<PeerStatus> status() const = 0;
  // Messages handed to TLS since start, before encryption.
  virtual std::uint64_t bytes_sent() const = 0;
};

}  // namespace node
