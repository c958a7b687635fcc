#include "tests/sim/epochs.h"

#include <utility>

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
  auto checked = validators::consensus_keys(set).and_then(consensus::ValidatorSet::from);
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
