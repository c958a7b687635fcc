#include "protocol/base/bech32m.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "protocol/base/check.h"

namespace base {
namespace {

constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t checksum_chars = 6;
// What separates bech32m from bech32, whose constant is 1.
constexpr std::uint32_t checksum_constant = 0x2bc830a3;

using Words = std::vector<std::uint8_t>;  // 5 bits each.

// The BCH code of BIP 173 over GF(32): the remainder of the words as a polynomial.
std::uint32_t polymod(Words const& words) {
  constexpr std::uint32_t generator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                         0x2a1462b3};
  std::uint32_t remainder = 1;
  for (auto const word : words) {
    auto const top = remainder >> 25;
    remainder = (remainder & 0x1ffffff) << 5 ^ word;
    for (unsigned i = 0; i < 5; ++i) {
      if ((top >> i & 1) != 0) remainder ^= generator[i];
    }
  }
  return remainder;
}

Words expand(std::string_view prefix) {
  Words words;
  for (auto const byte : bytes_of(prefix)) words.push_back(byte >> 5);
  words.push_back(0);
  for (auto const byte : bytes_of(prefix)) words.push_back(byte & 31);
  return words;
}

Words to_words(ByteView bytes) {
  Words words;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (auto const byte : bytes) {
    bits = (bits << 8 | byte) & 0xfff;
    count += 8;
    for (; count >= 5; count -= 5) words.push_back(bits >> (count - 5) & 31);
  }
  if (count > 0) words.push_back(bits << (5 - count) & 31);
  return words;
}

std::optional<std::string> to_bytes(std::span<std::uint8_t const> words) {
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (auto const word : words) {
    bits = (bits << 5 | word) & 0xfff;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 255);
  }
  auto const padding = bits & ((1u << count) - 1);
  if (count >= 5 || padding != 0) return std::nullopt;
  return bytes;
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_printable(char c) {
  return c >= '!' && c <= '~';
}

std::string lower(std::string_view text) {
  std::string copy{text};
  for (auto& c : copy) {
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return copy;
}

}  // namespace

std::string_view explain(Bech32mRefusal refusal) {
  switch (refusal) {
    case Bech32mRefusal::too_long:
      return "longer than 90 characters";
    case Bech32mRefusal::bad_character:
      return "holds a character that cannot be part of it; look for a typing mistake";
    case Bech32mRefusal::mixed_case:
      return "mixes upper and lower case";
    case Bech32mRefusal::no_prefix:
      return "has no prefix before a '1'";
    case Bech32mRefusal::too_short:
      return "is cut short";
    case Bech32mRefusal::bad_checksum:
      return "fails its checksum: a character is wrong or missing";
    case Bech32mRefusal::bad_padding:
      return "does not hold a whole number of bytes";
  }
  UNREACHABLE();
}

std::string bech32m_encode(std::string_view prefix, ByteView bytes) {
  CHECK(!prefix.empty() && std::ranges::all_of(prefix, is_printable));
  CHECK(std::ranges::none_of(prefix, is_upper));
  auto words = to_words(bytes);
  CHECK(prefix.size() + 1 + words.size() + checksum_chars <= bech32m_chars_max);

  auto summed = expand(prefix);
  summed.insert(summed.end(), words.begin(), words.end());
  summed.insert(summed.end(), checksum_chars, 0);
  auto const checksum = polymod(summed) ^ checksum_constant;
  for (std::size_t i = 0; i < checksum_chars; ++i) {
    words.push_back(checksum >> 5 * (checksum_chars - 1 - i) & 31);
  }
  std::string text{prefix};
  text += '1';
  for (auto const word : words) text += alphabet[word];
  return text;
}

std::expected<Bech32m, Bech32mRefusal> bech32m_decode(std::string_view text) {
  if (text.size() > bech32m_chars_max) return std::unexpected{Bech32mRefusal::too_long};
  if (!std::ranges::all_of(text, is_printable)) {
    return std::unexpected{Bech32mRefusal::bad_character};
  }
  if (std::ranges::any_of(text, is_upper) && std::ranges::any_of(text, is_lower)) {
    return std::unexpected{Bech32mRefusal::mixed_case};
  }
  auto const folded = lower(text);
  auto const separator = folded.rfind('1');
  if (separator == std::string::npos || separator == 0) {
    return std::unexpected{Bech32mRefusal::no_prefix};
  }
  auto const prefix = folded.substr(0, separator);
  Words words;
  for (auto const c : std::string_view{folded}.substr(separator + 1)) {
    auto const word = alphabet.find(c);
    if (word == std::string_view::npos) return std::unexpected{Bech32mRefusal::bad_character};
    words.push_back(static_cast<std::uint8_t>(word));
  }
  if (words.size() < checksum_chars) return std::unexpected{Bech32mRefusal::too_short};

  auto summed = expand(prefix);
  summed.insert(summed.end(), words.begin(), words.end());
  if (polymod(summed) != checksum_constant) {
    return std::unexpected{Bech32mRefusal::bad_checksum};
  }
  auto bytes = to_bytes(std::span{words}.first(words.size() - checksum_chars));
  if (!bytes) return std::unexpected{Bech32mRefusal::bad_padding};
  return Bech32m{.prefix = prefix, .bytes = std::move(*bytes)};
}

}  // namespace base
