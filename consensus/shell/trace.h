// The trace of a run: one line per input, one per non-empty output, from which the run can be read
// and, with the bodies left out that the core never sees, replayed through step().
//
//   line  = ("in" | "out") { " " field }
//   field = name | name "=" value        hashes in hex, signatures left out
//
//   in vote e=0 v=7 kind=notarize p=6 h=12 block=8f3a.. voter=2
//   out write=[notarize v=7] send=[vote->0,1,3] arm=[advance/7+750] want=[store 8f3a..]

#pragma once

#include <string>

#include "consensus/core/input.h"
#include "consensus/core/output.h"

namespace consensus {

std::string describe(Input const& input);
std::string describe(Output const& output);

}  // namespace consensus
