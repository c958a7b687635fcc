// The final blocks that a validator is given when it asks for them.
//
// Threads: any.

#pragma once

#include <labor/v1/peer_service.pb.h>

#include <optional>

#include "node/store/snapshot.h"

namespace node {

// Blocks in order, no more than anybody accepts, of one epoch: what follows a boundary block is
// proved by validators that the asker does not know yet. They end with one that has a finalization
// of its own; where none of those that fit into an answer has one, with whichever, and the headers
// lead from there to the next finalization. Nothing where there are none that can be proved so.
std::optional<labor::v1::FinalBlocks> final_range(Snapshot const& snapshot,
                                                  labor::v1::FetchBlocks const& wanted);

}  // namespace node
