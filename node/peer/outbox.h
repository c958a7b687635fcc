// What waits to be written to one peer, in four lanes by importance. Invariant: no lane holds
// more than its bound; when a message does not fit, the oldest of its lane go. Consensus repeats
// what matters, so losing the oldest is the right way to fall behind.
//
// Threads: none of its own; the owner locks.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "node/peer/wire.h"

namespace node::peer {

enum class Lane : std::uint8_t {
  consensus,     // Votes, certificates, proposals, and the fetches that unblock them.
  answers,       // Bodies and final blocks for those who asked: bulk, and they can ask again.
  transactions,  // Gossip.
  documents,     // Texts beside the chain: nothing ever waits for one.
};
inline constexpr std::size_t lanes = 4;

Lane lane_of(labor::v1::PeerMessage const& message);

class Outbox {
 public:
  void push(Lane lane, Encoded message);

  // Takes what the next write carries: higher lanes first, in order within a lane, as many as
  // fit into write_bytes and messages_per_request_max, at least one if there is any.
  std::vector<Encoded> take();

  bool empty() const;
  void clear();
  std::uint64_t dropped() const { return dropped_; }

  // Two of the largest messages a lane: enough to ride out a pause, little enough to hold for
  // every peer.
  static constexpr std::size_t lane_bytes_max = 8u << 20;
  // gRPC reaches full bandwidth at 256 KiB a message; a vote waits at most for this much.
  static constexpr std::size_t write_bytes = 256u << 10;

 private:
  struct Queue {
    std::deque<Encoded> messages;
    std::size_t bytes = 0;
  };
  std::array<Queue, lanes> queues_;
  std::uint64_t dropped_ = 0;
};

}  // namespace node::peer
