#include "node/engine/beacon.h"

#include <fmt/format.h>
#include <labor/v1/validators.pb.h>

#include <algorithm>

#include "protocol/base/big_endian.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/block.h"
#include "protocol/execution/context.h"
#include "protocol/state/keys.h"
#include "protocol/validators/randomness.h"
#include "protocol/validators/seats.h"

namespace node {
namespace {

using labor::v1::RandomRound;
using labor::v1::SeatRandomness;

bool waits_for(RandomRound const& round, SeatRandomness const& randomness) {
  return std::ranges::any_of(round.members(), [&](auto const& member) {
    return validators::waits_for(member, randomness);
  });
}

}  // namespace

void Beacon::tick() {
  auto const now = parts_.clock.now();
  if (parts_.key == nullptr || now < look_due_) return;
  look_due_ = protocol::TimeMs{now.value() + look_ms};
  auto const snapshot = parts_.store.latest();
  auto const node_key = parts_.key->public_key();
  auto const seat = validators::seat_of_key(*snapshot, node_key.chars());
  if (!seat || seat->validator().node_key() != node_key.chars() ||
      seat->state() == labor::v1::SEAT_STATE_GONE) {
    return;
  }
  auto const randomness =
      execution::find_record<SeatRandomness>(*snapshot, state::keys::seat_randomness(seat->id()));
  if (!randomness) return commit(0);
  auto const tip = protocol::Hash::from(randomness->tip());
  auto const next = tip ? value_after(randomness->generation(), *tip) : std::nullopt;
  if (!next) return commit(randomness->generation() + 1);
  auto const round = validators::latest_round(*snapshot);
  auto const time = std::max(snapshot->head().time, now);
  auto const chain_time = protocol::TimeMs{time.value() - execution::outages_ms(*snapshot)};
  if (!round || !validators::is_open(*round, chain_time) || !waits_for(*round, *randomness)) {
    return;
  }
  reveal(round->id(), *next);
}

void Beacon::commit(std::uint64_t generation) {
  auto const now = parts_.clock.now();
  if (now < commit_due_) return;
  commit_due_ = protocol::TimeMs{now.value() + OwnAccount::valid_ms};
  labor::v1::Message message;
  auto& commitment = *message.mutable_commit_randomness();
  commitment.set_node_key(parts_.key->public_key().str());
  commitment.set_tip(values(generation).front().str());
  parts_.account.send(message, fmt::format("commitment to chain {} of random values", generation));
}

void Beacon::reveal(std::uint64_t round, protocol::Hash const& value) {
  auto const now = parts_.clock.now();
  if (told_round_ == round && now < reveal_due_) return;
  told_round_ = round;
  reveal_due_ = protocol::TimeMs{now.value() + OwnAccount::valid_ms};
  labor::v1::Message message;
  auto& revealed = *message.mutable_reveal_randomness();
  revealed.set_node_key(parts_.key->public_key().str());
  revealed.set_round(round);
  revealed.set_preimage(value.str());
  parts_.account.send(message, fmt::format("random value for round {}", round));
}

std::vector<protocol::Hash> const& Beacon::values(std::uint64_t generation) {
  if (kept_generation_ == generation) return kept_values_;
  auto const body = base::big_endian(generation);
  auto const signed_bytes =
      crypto::signing_bytes(crypto::tags::random, parts_.chain.hash(), base::bytes_of(body));
  auto const signature = parts_.key->sign(base::bytes_of(signed_bytes));
  kept_generation_ = generation;
  kept_values_.assign(chain_values, {});
  auto value = crypto::hash(crypto::domains::randomness, {signature.view()});
  for (auto place = kept_values_.rbegin(); place != kept_values_.rend(); ++place) {
    *place = value;
    value = validators::randomness_before(value);
  }
  return kept_values_;
}

std::optional<protocol::Hash> Beacon::value_after(std::uint64_t generation,
                                                  protocol::Hash const& tip) {
  auto const& all = values(generation);
  auto const at = std::ranges::find(all, tip);
  if (at == all.end() || std::next(at) == all.end()) return std::nullopt;
  return *std::next(at);
}

}  // namespace node
