// What a node starts from, out of what its disk says.

#pragma once

#include <optional>
#include <vector>

#include "consensus/certificate/verify.h"
#include "consensus/core/step.h"
#include "node/engine/consensus_report.h"
#include "node/store/store.h"
#include "protocol/genesis.h"

namespace node {

// The genesis as the first row of a new store.
ExecutedFinal genesis_row(protocol::Chain const& chain);

// The validators of a set on chain, in its order.
consensus::ValidatorSet set_of(labor::v1::ValidatorSet const& set);

// Those of the epoch that the block after the snapshot's head belongs to; and what they are called.
consensus::Committee committee_of(protocol::Chain const& chain, Snapshot const& snapshot);
std::vector<Member> members_of(Snapshot const& snapshot);

// The last block of an epoch, its boundary block; nothing while it runs, and where its record has
// been dropped for age.
std::optional<protocol::Height> last_height_of(Snapshot const& snapshot, protocol::Epoch epoch);

// `key` is the node's consensus key; nothing for an observer, which `self` is also where the key is
// not in the set.
consensus::Config config_of(Snapshot const& snapshot, consensus::Committee const& committee,
                            std::optional<protocol::PublicKey> const& key,
                            consensus::Timing const& timing);

// The store holds the genesis at least.
Head head_of(Store const& store);
// What its child stands on. Reads through the store, which outlives it.
execution::Parent parent_from(Head const& head, Store const& store);

// What of a journal is signed by validators of this epoch, its votes by `self`.
struct CheckedEntry {
  std::vector<consensus::Verified<consensus::Certificate>> grounds;
  std::vector<consensus::Verified<consensus::Vote>> votes;
};
CheckedEntry checked_entry(consensus::Committee const& committee,
                           std::optional<protocol::ValidatorIndex> self,
                           consensus::JournalEntry const& entry);

// The last block of the snapshot, with its finalization, and what of the journal is signed by
// validators of this epoch.
consensus::Recovered recovered_from(consensus::Config const& config,
                                    consensus::Committee const& committee,
                                    std::shared_ptr<Snapshot const> const& snapshot,
                                    consensus::JournalEntry const& journaled);

}  // namespace node
