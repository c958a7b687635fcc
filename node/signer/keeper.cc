#include "node/signer/keeper.h"

#include <utility>

#include "consensus/certificate/encoding.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/codec/canonical.h"
#include "protocol/execution/block.h"
#include "protocol/validators/set.h"

namespace node::signer {
namespace {

// Whoever gives such a set has checked it.
consensus::ValidatorSet sound_keys_of(labor::v1::ValidatorSet const& set) {
  auto keys = keys_of(set);
  CHECK(keys.has_value());
  return *std::move(keys);
}

// Whether the change is proved to the validators of the present epoch.
bool proved(consensus::Committee const& committee, labor::v1::EpochChange const& change) {
  auto const certificate =
      consensus::decode_certificate(change.finalization(), committee.validators);
  if (!certificate || !consensus::verify(committee, *certificate)) return false;
  auto const& final = certificate->statement;
  if (final.kind != consensus::VoteKind::finalize) return false;
  if (execution::block_hash(change.boundary_header()) != final.block) return false;
  auto const header = canonical::decode<labor::v1::BlockHeader>(change.boundary_header());
  auto const& next = change.next_set();
  if (!header || !keys_of(next)) return false;
  if (header->next_set_hash() != validators::hash_of(next).chars()) return false;
  return next.epoch() == committee.epoch.value() + 1 &&
         next.first_height() == final.height.value() + 1;
}

}  // namespace

std::optional<consensus::ValidatorSet> keys_of(labor::v1::ValidatorSet const& set) {
  return validators::consensus_keys(set).and_then(consensus::ValidatorSet::from);
}

Keeper::Keeper(protocol::GenesisHash const& genesis, crypto::SecretKey const& key, Epoch epoch,
               Keep keep)
    : key_{key},
      keep_{std::move(keep)},
      committee_{.genesis = genesis, .epoch = {}, .validators = sound_keys_of(epoch.set)} {
  begin(std::move(epoch));
}

void Keeper::begin(Epoch epoch) {
  guard_ = nullptr;
  journal_ = std::move(epoch.journal);
  committee_.epoch = protocol::Epoch{epoch.set.epoch()};
  committee_.validators = sound_keys_of(epoch.set);
  set_ = std::move(epoch.set);
  auto const self = committee_.validators.index_of(key_.public_key());
  if (!self) return;
  guard_ = std::make_unique<Guard>(
      Guard::Parts{
          .committee = committee_,
          .root = {.view = {}, .height = protocol::Height{set_.first_height() - 1}, .block = {}},
          .self = *self,
          .key = key_,
          .journal = *journal_,
          .dropped = epoch.dropped},
      epoch.entry);
}

std::expected<bool, consensus::DiskFailure> Keeper::advance(labor::v1::EpochChange const& change) {
  if (!proved(committee_, change)) return false;
  auto const& next = change.next_set();
  TRY(journal, journal_->successor(sound_keys_of(next)));
  TRY_VOID(keep_(next, journal->mark()));
  // The journals of before go now: an epoch without the key writes nothing that would take them.
  TRY_VOID(journal->committed(protocol::View{0}));
  begin({.set = next, .journal = std::move(journal), .entry = {}, .dropped = {}});
  return true;
}

}  // namespace node::signer
