#include "tests/sim/epochs.h"

#include <utility>
#include <vector>

#include "protocol/base/check.h"
#include "protocol/execution/block.h"
#include "protocol/validators/set.h"

namespace sim {

Epochs::Epochs(protocol::Chain const& chain) : genesis_{chain.hash()} {
  begin(validators::first_set(chain), execution::genesis_block(chain).hash);
}

KnownEpoch const* Epochs::find(consensus::Epoch epoch) const {
  auto const found = known_.find(epoch);
  return found == known_.end() ? nullptr : &found->second;
}

KnownEpoch const& Epochs::at(consensus::Epoch epoch) const {
  auto const* const found = find(epoch);
  CHECK(found != nullptr);
  return *found;
}

void Epochs::begin(labor::v1::ValidatorSet const& set, consensus::BlockHash const& last) {
  std::vector<consensus::PublicKey> keys;
  for (auto const& validator : set.validators()) {
    auto const key = consensus::PublicKey::from(validator.consensus_key());
    CHECK(key);
    keys.push_back(*key);
  }
  auto checked = consensus::ValidatorSet::from(std::move(keys));
  CHECK(checked);
  consensus::Epoch const epoch{set.epoch()};
  known_.try_emplace(
      epoch,
      KnownEpoch{
          .committee = {.genesis = genesis_, .epoch = epoch, .validators = *std::move(checked)},
          .root = {
              .view = {}, .height = consensus::Height{set.first_height() - 1}, .block = last}});
}

}  // namespace sim
