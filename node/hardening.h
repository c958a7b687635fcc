// What a process that holds keys does first.

#pragma once

namespace node {

// No core dumps and no reading of this process's memory by others of the same user.
void protect_memory();

// A peer that hangs up must not end the process.
void ignore_broken_pipes();

}  // namespace node
