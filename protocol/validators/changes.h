// Which changes of the set the next boundary makes.
//
//   - at most max(1, f) of those that wait, f = floor((n - 1) / 3) of the present set: a new set
//     shares a quorum's worth of honest validators with the one before it
//   - offenders first, then by turn; one that may not be made now lets the next one pass
//   - a place is given up only where at least min(4, n) remain: below 4 no fault is tolerated. A
//     devnet that began with fewer keeps what it has. So a removal waits for its replacement

#pragma once

#include <labor/v1/validators.pb.h>

#include <vector>

#include "protocol/execution/context.h"

namespace validators {

// Of the seats that are not gone, those whose change is to be made, in order.
std::vector<labor::v1::Seat> next_changes(std::vector<labor::v1::Seat> seats);

// Seats, turns or ends each; notes whether others still wait.
void make_changes(execution::Context& context, std::vector<labor::v1::Seat> changes);

}  // namespace validators
