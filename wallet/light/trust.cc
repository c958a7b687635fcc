#include "wallet/light/trust.h"

#include "protocol/execution/block.h"

namespace wallet {

Result<Trust> Trust::from(protocol::Chain chain) {
  std::vector<protocol::PublicKey> keys;
  for (auto const& validator : chain.validators()) {
    auto const key = protocol::PublicKey::from(validator.consensus_key());
    if (!key) return usage("INVALID_GENESIS", "The genesis has a validator key that is no key.");
    keys.push_back(*key);
  }
  auto set = consensus::ValidatorSet::from(std::move(keys));
  if (!set) return usage("INVALID_GENESIS", "The validators of the genesis make no set.");
  consensus::Committee committee{
      .genesis = chain.hash(), .epoch = protocol::Epoch{0}, .validators = *std::move(set)};
  return Trust{std::move(chain), std::move(committee)};
}

protocol::BlockHash const& Trust::root_block() const {
  if (!root_block_) root_block_ = execution::genesis_block(chain_).hash;
  return *root_block_;
}

}  // namespace wallet
