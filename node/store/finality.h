// What shows that a block is final: its finalization or, where it has none of its own, that of the
// nearest descendant that has one, and the headers between. For clients and for laggards.
//
// Threads: as Snapshot.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "node/store/snapshot.h"

namespace node {

struct Finality {
  std::string finalization;  // An encoded certificate.
  // Encoded, from the finalized descendant down to the block's child.
  std::vector<std::string> headers;
};

// Of the block at `height`, from which on the snapshot has every block. Nothing: none up to `last`
// has a finalization.
std::optional<Finality> finality_of(Snapshot const& snapshot, protocol::Height height,
                                    protocol::Height last);

// The header of an encoded Block, encoded.
std::string header_of(std::string const& block);

}  // namespace node
