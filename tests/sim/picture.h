// The last events before a violation as a message sequence: a column for each node, time downwards.
//
//     time/ms       0     1*    2     3          * breaks the rules
//    1234.567       o----->----->     |    NOTARIZE 7 8f3a12cd       3 does not get it
//    1240.001       |     |     X     |    crashes
//    1250.000       <-----------:-----o    nullification 7           2 is down
//
// What is drawn as arriving was sent and not lost on its way; it may still come to a node that is
// down by then.

#pragma once

#include <string>
#include <vector>

#include "tests/sim/trace.h"

namespace sim {

std::vector<std::string> picture(std::vector<TraceEvent> const& events,
                                 std::vector<bool> const& honest);

}  // namespace sim
