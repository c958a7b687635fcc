// Bytes as hexadecimal text, two digits a byte, most significant first.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/base/bytes.h"

namespace base {

// Lower case.
std::string hex(ByteView bytes);
inline std::string hex(std::string_view bytes) {
  return hex(bytes_of(bytes));
}

// Either case; nothing for an odd length or another character.
std::optional<std::string> from_hex(std::string_view text);

// from_hex_as<BlockHash>(text): nothing unless it is exactly that long.
template <class T>
std::optional<T> from_hex_as(std::string_view text) {
  auto const bytes = from_hex(text);
  if (!bytes) return std::nullopt;
  return T::from(*bytes);
}

}  // namespace base
