// Final blocks by height, from several peers at once, checked before they count.
//
// A peer answers with blocks in order of height and the finalization of the last; hash links
// backwards from it prove the rest. Nothing is stored by the height a peer claims: the height is
// in the header, the header in the hash, the hash in what q validators signed.

#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "consensus/certificate/verify.h"
#include "consensus/shell/body.h"
#include "consensus/shell/ports.h"

namespace consensus {

enum class FinalBlocksRefusal {
  empty,
  too_many,
  bad_block,    // A body is refused (see BlockRefusal).
  broken_link,  // A block is not the child of the one before.
  not_a_finalization,
  not_the_last,      // The finalization is of another block than the last one.
  bad_finalization,  // Its bytes or signatures are refused.
};
std::string_view explain(FinalBlocksRefusal refusal);

// Blocks of consecutive heights, all final.
struct FinalRange {
  std::vector<Block> blocks;
  Verified<Certificate> finalization;  // Of the last.
};

// The fields of labor.v1.FinalBlocks. For the worker pool: reads every body, checks q signatures.
std::expected<FinalRange, FinalBlocksRefusal> verify_final_blocks(Committee const& committee,
                                                                  std::vector<Body> const& blocks,
                                                                  std::string_view finalization);

}  // namespace consensus
