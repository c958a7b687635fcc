// Base58 as Bitcoin writes it: bytes as a number in base 58, most significant digit first, after a
// "1" for each zero byte at the front.
//
//   digit = "1".."9" / "A".."Z" without I, O / "a".."z" without l

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/base/bytes.h"

namespace wallet {

// Keys and signatures are shorter; the time that reading takes grows with the square.
inline constexpr std::size_t base58_digits_max = 128;

std::string base58(base::ByteView bytes);

// Nothing for another character, or for more digits than that.
std::optional<std::string> from_base58(std::string_view text);

}  // namespace wallet
