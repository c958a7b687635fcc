// Bech32m (BIP 350): bytes as text with a prefix that says what they are and a checksum that
// catches every mistake in up to four characters.
//
//   text = prefix "1" data checksum(6)       all lower case, or all upper case; at most 90
//
// prefix: 1 to 83 characters of '!'..'~'; data: 5 bits a character, the last padded with zeros.

#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "protocol/base/bytes.h"

namespace base {

inline constexpr std::size_t bech32m_chars_max = 90;

enum class Bech32mRefusal {
  too_long,
  bad_character,  // Outside the alphabet, in the prefix or the data.
  mixed_case,
  no_prefix,  // No separator, or nothing before it.
  too_short,  // No room for the checksum.
  bad_checksum,
  bad_padding,  // Not a whole number of bytes, or padding that is not zero.
};

// A sentence a person can act on.
std::string_view explain(Bech32mRefusal refusal);

struct Bech32m {
  std::string prefix;  // Lower case.
  std::string bytes;
};

// Lower case. The prefix must be lower case and the text fit into bech32m_chars_max.
std::string bech32m_encode(std::string_view prefix, ByteView bytes);

std::expected<Bech32m, Bech32mRefusal> bech32m_decode(std::string_view text);

}  // namespace base
