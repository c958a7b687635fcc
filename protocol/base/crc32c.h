// CRC-32C (Castagnoli): tells torn and damaged bytes on our own disk from whole ones. No defence
// against anybody who can write there.

#pragma once

#include <cstdint>
#include <initializer_list>

#include "protocol/base/bytes.h"

namespace base {

// Of the parts, one after the other.
std::uint32_t crc32c(std::initializer_list<ByteView> parts);

}  // namespace base
