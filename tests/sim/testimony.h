// What the oracle is told, in its own plain terms, of what the product says.

#pragma once

#include <cstddef>
#include <vector>

#include "consensus/certificate/vote.h"
#include "consensus/shell/body.h"
#include "tests/sim/epochs.h"
#include "tests/sim/oracle.h"

namespace sim {

// Without a voter.
Said said(consensus::Statement const& statement);
// By their places in the set.
Said said(consensus::Vote const& vote);
std::vector<std::size_t> signers_of(consensus::Certificate const& certificate);
// By the nodes that hold the places in the set of `epoch`, which is the statement's.
Said said(consensus::Vote const& vote, KnownEpoch const& epoch);
std::vector<std::size_t> signers_of(consensus::Certificate const& certificate,
                                    KnownEpoch const& epoch);
BlockFacts facts_of(consensus::Block const& block);

}  // namespace sim
