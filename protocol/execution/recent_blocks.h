// The hashes of the last blocks, in the state: what a Ready may name (validators/seats.h), to show
// that its node follows the chain.
//
//   system  block  "b" height mod 256 (1)  ->  height(8) hash(32)

#pragma once

#include <optional>

#include "protocol/execution/block.h"
#include "protocol/state/overlay.h"
#include "protocol/state/reader.h"
#include "protocol/types.h"

namespace execution {

// The parent becomes the newest; the 256th before it is forgotten.
void note_block(state::Overlay& overlay, Parent const& parent);

// Nothing if the height is none of the last 256.
std::optional<protocol::BlockHash> recent_block(state::Reader const& state,
                                                protocol::Height height);

}  // namespace execution
