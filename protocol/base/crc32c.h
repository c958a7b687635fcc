// CRC-32C (Castagnoli): tells torn and damaged bytes on our own disk from whole ones. No defence
// against anybody who can write there.

#pragma once

#include <cstdint>

#include "protocol/base/bytes.h"

namespace base {

std::uint32_t crc32c(ByteView bytes);

}  // namespace base
