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

void Readiness::tick() {
  auto const now = parts_.clock.now();
  if (parts_.key == nullptr || now < due_) return;
  due_ = protocol::TimeMs{now.value() + look_ms};
  auto const snapshot = parts_.store.latest();
  auto const& head = snapshot->head();
  if (head.time.value() + recent_ms < now.value()) return;
  auto const key = parts_.key->public_key();
  auto const seat = validators::seat_of_key(*snapshot, key.chars());
  if (!seat || !waits_for(*seat, key)) return;

  labor::v1::Message message;
  auto& ready = *message.mutable_ready_seat();
  ready.set_consensus_key(key.str());
  ready.set_height(head.height.value());
  ready.set_block_hash(head.hash.str());
  auto const signed_bytes =
      validators::ready_bytes(parts_.chain.hash(), seat->id(), head.height, head.hash);
  ready.set_signature(parts_.key->sign(base::bytes_of(signed_bytes)).str());
  parts_.account.send(message, fmt::format("ready for the seat of {}", seat->validator().name()));
  due_ = protocol::TimeMs{now.value() + OwnAccount::valid_ms};
}

}  // namespace node
