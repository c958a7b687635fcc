#include "node/engine/readiness.h"

#include <fmt/format.h>
#include <labor/v1/validators.pb.h>

#include "protocol/validators/seats.h"

namespace node {
namespace {

using labor::v1::Seat;

bool waits_for(Seat const& seat, protocol::PublicKey const& key) {
  switch (seat.state()) {
    case labor::v1::SEAT_STATE_ADMITTED:
      return seat.validator().consensus_key() == key.chars();
    case labor::v1::SEAT_STATE_ROTATING:
      return seat.new_consensus_key() == key.chars();
    default:
      return false;
  }
}

}  // namespace

SignReady ready_signed_by(crypto::SecretKey const& key, protocol::Chain const& chain) {
  return [&key, genesis = chain.hash()](std::uint64_t seat, protocol::Height height,
                                        protocol::BlockHash const& block) {
    auto const bytes = validators::ready_bytes(genesis, seat, height, block);
    return std::optional{key.sign(base::bytes_of(bytes))};
  };
}

void Readiness::tick() {
  auto const now = parts_.clock.now();
  if (!parts_.key || !parts_.sign || now < due_) return;
  due_ = protocol::TimeMs{now.value() + look_ms};
  auto const snapshot = parts_.store.latest();
  auto const& head = snapshot->head();
  if (head.time.value() + recent_ms < now.value()) return;
  auto const& key = *parts_.key;
  auto const seat = validators::seat_of_key(*snapshot, key.chars());
  if (!seat || !waits_for(*seat, key)) return;
  auto const signature = parts_.sign(seat->id(), head.height, head.hash);
  if (!signature) return;

  labor::v1::Message message;
  auto& ready = *message.mutable_ready_seat();
  ready.set_consensus_key(key.str());
  ready.set_height(head.height.value());
  ready.set_block_hash(head.hash.str());
  ready.set_signature(signature->str());
  parts_.account.send(message, fmt::format("ready for the seat of {}", seat->validator().name()));
  due_ = protocol::TimeMs{now.value() + OwnAccount::valid_ms};
}

}  // namespace node
