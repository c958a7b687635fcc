// What a process that holds keys does first.

#pragma once

namespace node {

// No core dumps and no reading of this process's memory by others of the same user.
void protect_memory();

// A peer that hangs up and a file that may not grow are errors of a call, to be reported with what
// to do about them; neither may end the process by a signal.
void turn_signals_into_errors();

}  // namespace node
