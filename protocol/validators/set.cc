#include "protocol/validators/set.h"

#include "protocol/base/check.h"
#include "protocol/codec/canonical.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/context.h"
#include "protocol/state/keys.h"

namespace validators {

using labor::v1::ValidatorSet;
using protocol::Epoch;
using protocol::Height;

ValidatorSet first_set(protocol::Chain const& chain) {
  ValidatorSet set;
  set.set_first_height(1);
  for (auto const& from : chain.validators()) {
    auto& validator = *set.add_validators();
    validator.set_name(from.name());
    validator.set_consensus_key(from.consensus_key());
    validator.set_node_key(from.node_key());
  }
  return set;
}

protocol::Hash hash_of(ValidatorSet const& set) {
  return crypto::hash(crypto::domains::validator_set, {base::bytes_of(canonical::encode(set))});
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

std::optional<ValidatorSet> end_epoch(state::Overlay& state, Epoch epoch, Height height) {
  auto next = present_set(state, epoch);
  auto const blocks = height.next().value() - next.first_height();
  auto const most = execution::parameter_of(state, labor::v1::PARAMETER_EPOCH_BLOCKS_MAX);
  if (blocks < most) return std::nullopt;
  next.set_epoch(epoch.next().value());
  next.set_first_height(height.next().value());
  state.put(state::key_of(next), canonical::encode(next));
  return next;
}

}  // namespace validators
