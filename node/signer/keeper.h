// The signer from epoch to epoch (consensus/README.md, R17): one Guard at a time, over the
// validators and the journal of the present epoch. It goes to the next one on the word of a quorum
// of this one.
//
// Invariant: the set and the mark of an epoch are kept before anything is signed in it, and the
// epoch before is never signed in again. Threads: one.

#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>

#include <labor/v1/node_service.pb.h>
#include <labor/v1/validators.pb.h>

#include "node/signer/guard.h"
#include "node/store/vote_journal.h"

namespace node::signer {

class Keeper {
 public:
  // What is there at the start.
  struct Epoch {
    labor::v1::ValidatorSet set;
    std::unique_ptr<VoteJournal> journal;
    consensus::JournalEntry entry;
    protocol::View dropped{};
  };
  // Makes them durable, both or neither.
  using Keep = std::function<std::expected<void, consensus::DiskFailure>(
      labor::v1::ValidatorSet const&, JournalMark const&)>;

  Keeper(protocol::GenesisHash const& genesis, crypto::SecretKey const& key, Epoch epoch,
         Keep keep);

  consensus::Committee const& committee() const { return committee_; }
  crypto::SecretKey const& key() const { return key_; }
  // Null: the key is not in the set of this epoch, and nothing is signed.
  Guard* guard() { return guard_.get(); }
  labor::v1::ValidatorSet const& set() const { return set_; }
  JournalMark mark() const { return journal_->mark(); }

  // False: it does not prove the end of this epoch.
  std::expected<bool, consensus::DiskFailure> advance(labor::v1::EpochChange const& change);

 private:
  void begin(Epoch epoch);

  crypto::SecretKey const& key_;
  Keep keep_;
  consensus::Committee committee_;
  labor::v1::ValidatorSet set_;  // The committee's.
  std::unique_ptr<VoteJournal> journal_;
  std::unique_ptr<Guard> guard_;
};

// The consensus keys of a set, in its order; nothing if they make none.
std::optional<consensus::ValidatorSet> keys_of(labor::v1::ValidatorSet const& set);

}  // namespace node::signer
