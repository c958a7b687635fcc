// What a node starts from, out of what its disk says.

#pragma once

#include <optional>
#include <vector>

#include "consensus/certificate/verify.h"
#include "consensus/core/step.h"
#include "node/store/store.h"
#include "protocol/genesis.h"

namespace node {

// The genesis as the first row of a new store.
ExecutedFinal genesis_row(protocol::Chain const& chain);

// Epoch 0's validators.
consensus::Committee committee_of(protocol::Chain const& chain);

consensus::Config config_of(Store const& store, consensus::Committee const& committee,
                            std::optional<protocol::ValidatorIndex> self,
                            consensus::Timing const& timing);

// The store holds the genesis at least.
Head head_of(Store const& store);

// The last block of the store, with its finalization, and what of the journal is signed by
// validators of this epoch.
consensus::Recovered recovered_from(consensus::Config const& config,
                                    consensus::Committee const& committee, Store const& store,
                                    consensus::JournalEntry const& journaled);

}  // namespace node
