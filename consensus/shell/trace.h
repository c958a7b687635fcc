// The trace of a run: one line for what it starts from, one per input, one per non-empty output,
// from which the run can be read and, with the bodies left out that the core never sees, replayed
// through step() (trace_replay.h).
//
//   line  = ("start" | "in" | "out") { " " field }
//   field = name | name "=" value        hashes and keys in hex, signatures left out
//   value = word | "[" [ item { "; " item } ] "]"
//
//   start e=0 self=1 ... root=[v=0 h=0 block=17c0..] final=[v=6 h=11 block=4e2b..] votes=[...]
//   in vote e=0 v=7 kind=notarize p=6 h=12 block=8f3a.. voter=2
//   out write=[notarize v=7] send=[vote->0,1,3] arm=[advance/7+750] want=[store 8f3a..]

#pragma once

#include <string>

#include "consensus/core/input.h"
#include "consensus/core/output.h"
#include "consensus/core/step.h"

namespace consensus {

// What a runner starts from.
struct Start {
  Config config;
  Recovered recovered;
};

std::string describe(Start const& start);
std::string describe(Input const& input);
std::string describe(Output const& output);

}  // namespace consensus
