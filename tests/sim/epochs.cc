#include "tests/sim/epochs.h"

#include <algorithm>
#include <utility>

#include "protocol/base/check.h"
#include "protocol/execution/block.h"
#include "protocol/validators/set.h"
#include "tests/support/consensus_words.h"

namespace sim {

std::optional<consensus::ValidatorIndex> KnownEpoch::place_of(std::size_t node) const {
  auto const found = std::ranges::find(nodes, node);
  if (found == nodes.end()) return std::nullopt;
  return consensus::words::validator(static_cast<std::size_t>(found - nodes.begin()));
}

Epochs::Epochs(protocol::Chain const& chain) : genesis_{chain.hash()} {
  auto const first = validators::first_set(chain);
  auto const keys = validators::consensus_keys(first);
  CHECK(keys);
  for (std::size_t i = 0; i < keys->size(); ++i) run_with(keys->at(i), i);
  begin(first, execution::genesis_block(chain).hash);
}

std::optional<std::size_t> Epochs::node_with(protocol::PublicKey const& key) const {
  auto const found = nodes_.find(key);
  if (found == nodes_.end() || key_of(found->second) != key) return std::nullopt;
  return found->second;
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
  std::vector<std::size_t> nodes;
  for (std::size_t i = 0; i < checked->size(); ++i) {
    nodes.push_back(nodes_.at(checked->key(consensus::words::validator(i))));
  }
  known_.try_emplace(
      epoch,
      KnownEpoch{
          .committee = {.genesis = genesis_, .epoch = epoch, .validators = *std::move(checked)},
          .root = {.view = {}, .height = consensus::Height{set.first_height() - 1}, .block = last},
          .nodes = std::move(nodes)});
}

}  // namespace sim
