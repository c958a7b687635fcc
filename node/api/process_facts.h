// What the kernel says about this process. Zero where it does not say.

#pragma once

#include <cstdint>

namespace node {

// Of memory, now.
std::uint64_t resident_bytes();
// Handed to the disk since start.
std::uint64_t disk_bytes_written();

}  // namespace node
