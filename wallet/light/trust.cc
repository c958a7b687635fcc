#include "wallet/light/trust.h"

#include <iterator>
#include <utility>

#include "protocol/execution/block.h"
#include "protocol/validators/set.h"

namespace wallet {

using protocol::Epoch;

Result<Trust> Trust::from(protocol::Chain chain) {
  Trust trust{std::move(chain)};
  if (!trust.know(validators::first_set(trust.chain_))) {
    return usage("INVALID_GENESIS", "The validators of the genesis make no set.");
  }
  return trust;
}

protocol::BlockHash const& Trust::root_block() const {
  if (!root_block_) root_block_ = execution::genesis_block(chain_).hash;
  return *root_block_;
}

KnownSet const* Trust::find(Epoch epoch) const {
  auto const found = sets_.find(epoch);
  return found == sets_.end() ? nullptr : &found->second;
}

KnownSet const& Trust::latest(Epoch epoch) const {
  return std::prev(sets_.upper_bound(epoch))->second;
}

bool Trust::know(labor::v1::ValidatorSet set) {
  auto checked = validators::consensus_keys(set).and_then(consensus::ValidatorSet::from);
  if (!checked) return false;
  Epoch const epoch{set.epoch()};
  consensus::Committee committee{
      .genesis = chain_.hash(), .epoch = epoch, .validators = *std::move(checked)};
  sets_.insert_or_assign(epoch, KnownSet{.set = std::move(set), .committee = std::move(committee)});
  return true;
}

}  // namespace wallet
