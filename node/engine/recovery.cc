#include "node/engine/recovery.h"

#include <memory>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "protocol/base/check.h"
#include "protocol/codec/canonical.h"
#include "protocol/execution/block.h"

namespace node {
namespace {

using protocol::Height;
using protocol::View;

// As it was written: to make the first block again, all accounts of the genesis would be executed
// with every start.
consensus::BlockRef root_of(Store const& store) {
  auto const bytes = store.latest()->block(Height{0});
  CHECK(bytes.has_value());  // Never pruned.
  auto const block = canonical::decode<labor::v1::Block>(*bytes);
  CHECK(block.has_value());  // We wrote it; a damaged disk stops in the store.
  return {.view = View{0}, .height = Height{0}, .block = execution::block_hash(block->header())};
}

}  // namespace

ExecutedFinal genesis_row(protocol::Chain const& chain) {
  return {
      .block = std::make_shared<execution::ExecutedBlock const>(execution::genesis_block(chain)),
      .finalization = {}};
}

consensus::Committee committee_of(protocol::Chain const& chain) {
  std::vector<protocol::PublicKey> keys;
  for (auto const& validator : chain.validators()) {
    auto const key = protocol::PublicKey::from(validator.consensus_key());
    CHECK(key.has_value());
    keys.push_back(*key);
  }
  auto set = consensus::ValidatorSet::from(std::move(keys));
  CHECK(set.has_value());
  return {.genesis = chain.hash(), .epoch = {}, .validators = *std::move(set)};
}

consensus::Config config_of(Store const& store, consensus::Committee const& committee,
                            std::optional<protocol::ValidatorIndex> self,
                            consensus::Timing const& timing) {
  return {.epoch = committee.epoch,
          .self = self,
          .validators = committee.validators,
          .root = root_of(store),
          .timing = timing};
}

Head head_of(Store const& store) {
  auto const head = store.head();
  CHECK(head.has_value());
  return *head;
}

consensus::Recovered recovered_from(consensus::Config const& config,
                                    consensus::Committee const& committee, Store const& store,
                                    consensus::JournalEntry const& journaled) {
  auto const head = head_of(store);
  auto recovered = consensus::Recovered{
      .final = config.root, .committed_height = head.height, .committed_block = head.hash};
  // The head lacks one of its own if a crash came between it and the descendant that has.
  auto const snapshot = store.latest();
  for (auto height = head.height.value(); height > 0; --height) {
    auto const bytes = snapshot->finalization(Height{height});
    if (!bytes) continue;
    auto finalization = consensus::decode_certificate(*bytes, committee.validators);
    CHECK(finalization.has_value());  // We wrote it; a damaged disk stops in the store.
    recovered.final = {.view = finalization->statement.view,
                       .height = finalization->statement.height,
                       .block = finalization->statement.block};
    recovered.finalization = *std::move(finalization);
    break;
  }
  // The store outlives the call.
  auto const state = std::shared_ptr<state::Reader const>{std::shared_ptr<void>{}, &store};
  auto const earliest = execution::earliest_time({.epoch = head.epoch,
                                                  .height = head.height,
                                                  .hash = head.hash,
                                                  .time = head.time,
                                                  .state = state});
  recovered.block_interval_ms = earliest.value() - head.time.value();
  for (auto const& ground : journaled.grounds) {
    if (auto verified = consensus::verify(committee, ground)) {
      recovered.grounds.push_back(*std::move(verified));
    }
  }
  for (auto const& vote : journaled.votes) {
    if (auto verified = consensus::verify(committee, vote)) {
      recovered.own_votes.push_back(*std::move(verified));
    }
  }
  return recovered;
}

}  // namespace node
