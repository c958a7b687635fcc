#include "node/engine/recovery.h"

#include <memory>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "protocol/base/check.h"
#include "protocol/codec/canonical.h"
#include "protocol/execution/block.h"
#include "protocol/validators/set.h"

namespace node {
namespace {

using protocol::Height;
using protocol::View;

labor::v1::ValidatorSet set_at(Snapshot const& snapshot) {
  auto set = validators::set_of_epoch(snapshot, snapshot.head().epoch);
  CHECK(set.has_value());  // Written by the boundary block, and kept while its epoch runs.
  return *std::move(set);
}

// As it was written: to make the first block again, all accounts of the genesis would be executed
// with every start.
consensus::BlockRef root_of(Snapshot const& snapshot) {
  auto const height = Height{set_at(snapshot).first_height() - 1};
  auto const bytes = snapshot.block(height);
  CHECK(bytes.has_value());  // Boundary blocks and the genesis are never pruned.
  auto const block = canonical::decode<labor::v1::Block>(*bytes);
  CHECK(block.has_value());  // We wrote it; a damaged disk stops in the store.
  return {.view = View{0}, .height = height, .block = execution::block_hash(block->header())};
}

}  // namespace

ExecutedFinal genesis_row(protocol::Chain const& chain) {
  return {
      .block = std::make_shared<execution::ExecutedBlock const>(execution::genesis_block(chain)),
      .finalization = {}};
}

consensus::ValidatorSet set_of(labor::v1::ValidatorSet const& set) {
  auto validators = validators::consensus_keys(set).and_then(consensus::ValidatorSet::from);
  CHECK(validators.has_value());  // The chain writes no other.
  return *std::move(validators);
}

consensus::Committee committee_of(protocol::Chain const& chain, Snapshot const& snapshot) {
  return {.genesis = chain.hash(),
          .epoch = snapshot.head().epoch,
          .validators = set_of(set_at(snapshot))};
}

std::vector<Member> members_of(Snapshot const& snapshot) {
  auto const set = set_at(snapshot);
  std::vector<Member> members;
  for (auto const& validator : set.validators()) {
    auto const key = protocol::PublicKey::from(validator.consensus_key());
    auto const node_key = protocol::PublicKey::from(validator.node_key());
    CHECK(key.has_value() && node_key.has_value());
    members.push_back({.name = validator.name(), .key = *key, .node_key = *node_key});
  }
  return members;
}

std::optional<protocol::Height> last_height_of(Snapshot const& snapshot, protocol::Epoch epoch) {
  auto const next = validators::set_of_epoch(snapshot, epoch.next());
  if (!next) return std::nullopt;
  return Height{next->first_height() - 1};
}

consensus::Config config_of(Snapshot const& snapshot, consensus::Committee const& committee,
                            std::optional<protocol::PublicKey> const& key,
                            consensus::Timing const& timing) {
  return {.epoch = committee.epoch,
          .self = key ? committee.validators.index_of(*key) : std::nullopt,
          .validators = committee.validators,
          .root = root_of(snapshot),
          .timing = timing};
}

Head head_of(Store const& store) {
  auto const head = store.head();
  CHECK(head.has_value());
  return *head;
}

execution::Parent parent_from(Head const& head, Store const& store) {
  auto const state = std::shared_ptr<state::Reader const>{std::shared_ptr<void>{}, &store};
  return {.epoch = head.epoch,
          .height = head.height,
          .hash = head.hash,
          .time = head.time,
          .state = state};
}

CheckedEntry checked_entry(consensus::Committee const& committee,
                           std::optional<protocol::ValidatorIndex> self,
                           consensus::JournalEntry const& entry) {
  CheckedEntry checked;
  for (auto const& ground : entry.grounds) {
    if (auto verified = consensus::verify(committee, ground)) {
      checked.grounds.push_back(*std::move(verified));
    }
  }
  for (auto const& vote : entry.votes) {
    if (self != vote.voter) continue;  // Of a key that this node had before.
    if (auto verified = consensus::verify(committee, vote)) {
      checked.votes.push_back(*std::move(verified));
    }
  }
  return checked;
}

consensus::Recovered recovered_from(consensus::Config const& config,
                                    consensus::Committee const& committee,
                                    std::shared_ptr<Snapshot const> const& snapshot,
                                    consensus::JournalEntry const& journaled) {
  auto const& head = snapshot->head();
  auto recovered = consensus::Recovered{
      .final = config.root, .committed_height = head.height, .committed_block = head.hash};
  // The head lacks one of its own if a crash came between it and the descendant that has.
  for (auto height = head.height.value(); height > config.root.height.value(); --height) {
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
  auto const earliest = execution::earliest_time({.epoch = head.epoch,
                                                  .height = head.height,
                                                  .hash = head.hash,
                                                  .time = head.time,
                                                  .state = snapshot});
  recovered.block_interval_ms = earliest.value() - head.time.value();
  auto checked = checked_entry(committee, config.self, journaled);
  recovered.grounds = std::move(checked.grounds);
  recovered.own_votes = std::move(checked.votes);
  return recovered;
}

}  // namespace node
