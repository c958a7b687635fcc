// The bytes of a stream, bounded before they are believed to be anything.
//
//   ConnectRequest = { 0x0A length PeerMessage }     length: varint
//
// Protobuf's concatenation is what makes it cheap: encodings of requests, one after the other,
// are the encoding of one request with all their messages. So a message is encoded once, shared
// by the queues of all peers, and whatever waits when a write ends goes out together.

#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <labor/v1/peer_service.pb.h>

namespace node::peer {

// One write carries at most this many messages. A full block's worth of votes, certificates and
// gossip is hundreds; an empty message is two bytes on the wire and fifty in memory.
inline constexpr std::size_t messages_per_request_max = 4096;
// Parts of one message: twice the transactions of the largest block.
inline constexpr std::size_t parts_per_message_max = 16384;

// What encode() puts around a message.
inline constexpr std::size_t framing_bytes_max = 1 + 5;

// The encoding of a ConnectRequest, or likewise a ConnectResponse, with this one message.
using Encoded = std::shared_ptr<std::string const>;
Encoded encode(labor::v1::PeerMessage const& message);

enum class WireRefusal {
  not_a_request,      // Not the encoding of a ConnectRequest.
  too_many_messages,  // More than messages_per_request_max.
  too_many_parts,     // A message of more than parts_per_message_max.
  empty_message,      // A message that says nothing this version knows.
};
std::string_view explain(WireRefusal refusal);

std::expected<std::vector<labor::v1::PeerMessage>, WireRefusal> decode(std::string_view request);

}  // namespace node::peer
