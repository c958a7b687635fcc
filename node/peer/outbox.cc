#include "node/peer/outbox.h"

#include <algorithm>
#include <utility>

#include "protocol/base/check.h"
#include "protocol/limits.h"

namespace node::peer {

static_assert(Outbox::lane_bytes_max >= 2 * protocol::limits::peer_message_bytes_max);

Lane lane_of(labor::v1::PeerMessage const& message) {
  using labor::v1::PeerMessage;
  switch (message.message_case()) {
    case PeerMessage::kHello:
    case PeerMessage::kVote:
    case PeerMessage::kCertificate:
    case PeerMessage::kProposal:
    case PeerMessage::kFetchView:
    case PeerMessage::kFetchBody:
    case PeerMessage::kFetchBlocks:
      return Lane::consensus;
    case PeerMessage::kBody:
    case PeerMessage::kFinalBlocks:
      return Lane::answers;
    case PeerMessage::kTransactions:
      return Lane::transactions;
    case PeerMessage::kFetchDocument:
    case PeerMessage::kDocument:
    case PeerMessage::kDocumentErasures:
      return Lane::documents;
    case PeerMessage::MESSAGE_NOT_SET:
      break;
  }
  UNREACHABLE();
}

void Outbox::push(Lane lane, Encoded message) {
  auto& queue = queues_[static_cast<std::size_t>(lane)];
  queue.bytes += message->size();
  queue.messages.push_back(std::move(message));
  while (queue.bytes > lane_bytes_max && queue.messages.size() > 1) {
    queue.bytes -= queue.messages.front()->size();
    queue.messages.pop_front();
    ++dropped_;
  }
}

std::vector<Encoded> Outbox::take() {
  std::vector<Encoded> taken;
  std::size_t bytes = 0;
  for (auto& queue : queues_) {
    while (!queue.messages.empty()) {
      auto const size = queue.messages.front()->size();
      if (!taken.empty() && bytes + size > write_bytes) return taken;
      if (taken.size() == messages_per_request_max) return taken;
      bytes += size;
      queue.bytes -= size;
      taken.push_back(std::move(queue.messages.front()));
      queue.messages.pop_front();
    }
  }
  return taken;
}

bool Outbox::empty() const {
  return std::ranges::all_of(queues_, [](Queue const& queue) { return queue.messages.empty(); });
}

void Outbox::clear() {
  queues_ = {};
}

}  // namespace node::peer
