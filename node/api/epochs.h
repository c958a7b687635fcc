// How the chain went from epoch to epoch, for clients that follow its validators from the genesis.
//
// The state keeps the set of every epoch and the store every boundary block with its finalization,
// so that a node with pruned history answers as well as any.
//
// Threads: any. Nothing here waits.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <cstdint>

#include "node/store/snapshot.h"

namespace node {

// With 100 validators a change has 19 kB, so a page 1.2 MB: below the 4 MB that gRPC clients take.
inline constexpr std::uint32_t epoch_changes_per_page_max = 64;

labor::v1::GetEpochsResponse get_epochs(Snapshot const& snapshot,
                                        labor::v1::GetEpochsRequest const& request);

}  // namespace node
