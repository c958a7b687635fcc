#include "protocol/validators/set.h"

#include <algorithm>
#include <utility>

#include "protocol/base/check.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/context.h"
#include "protocol/state/keys.h"
#include "protocol/validators/changes.h"
#include "protocol/validators/seat_machine.h"
#include "protocol/validators/seats.h"

namespace validators {

using labor::v1::Seat;
using labor::v1::ValidatorSet;
using protocol::Epoch;
using protocol::Height;

namespace {

std::string const& key_of_seat(Seat const& seat) {
  return seat.validator().consensus_key();
}

}  // namespace

ValidatorSet first_set(protocol::Chain const& chain) {
  ValidatorSet set;
  set.set_first_height(1);
  for (auto const& from : chain.validators()) {
    auto& validator = *set.add_validators();
    validator.set_name(from.name());
    validator.set_consensus_key(from.consensus_key());
    validator.set_node_key(from.node_key());
    validator.set_operator_(from.operator_());
  }
  return set;
}

protocol::Hash hash_of(ValidatorSet const& set) {
  return crypto::hash(crypto::domains::validator_set, {base::bytes_of(canonical::encode(set))});
}

std::optional<std::vector<protocol::PublicKey>> consensus_keys(ValidatorSet const& set) {
  std::vector<protocol::PublicKey> keys;
  for (auto const& validator : set.validators()) {
    auto const key = protocol::PublicKey::from(validator.consensus_key());
    if (!key) return std::nullopt;
    keys.push_back(*key);
  }
  if (!std::ranges::is_sorted(keys)) return std::nullopt;
  return keys;
}

std::optional<ValidatorSet> set_of_epoch(state::Reader const& state, Epoch epoch) {
  auto const value = state.get(state::keys::validator_set(epoch));
  if (!value) return std::nullopt;
  ValidatorSet set;
  CHECK(set.ParseFromString(*value));  // Execution wrote it.
  return set;
}

ValidatorSet present_set(state::Reader const& state, Epoch epoch) {
  auto set = set_of_epoch(state, epoch);
  CHECK(set.has_value());
  return *std::move(set);
}

std::optional<ValidatorSet> end_epoch(execution::Context& context, Epoch epoch) {
  auto const present = present_set(context.state(), epoch);
  auto const after = context.height().next();
  auto const blocks = after.value() - present.first_height();
  auto const old = blocks >= context.parameter(labor::v1::PARAMETER_EPOCH_BLOCKS_MAX);
  auto const waits = context.counter(waiting_counter) != 0;
  auto changes = waits ? next_changes(seats(context.state())) : std::vector<Seat>{};
  if (changes.empty() && !old) return std::nullopt;

  make_changes(context, std::move(changes));
  ValidatorSet next;
  next.set_epoch(epoch.next().value());
  next.set_first_height(after.value());
  auto present_seats = seats(context.state());
  std::erase_if(present_seats, [](Seat const& seat) { return !holds_place(seat.state()); });
  std::ranges::sort(present_seats, {}, key_of_seat);
  for (auto& seat : present_seats) *next.add_validators() = std::move(*seat.mutable_validator());
  context.put(next, "epoch.end");
  return next;
}

}  // namespace validators
