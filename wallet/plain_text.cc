#include "wallet/plain_text.h"

#include <cstddef>
#include <cstdint>

namespace wallet {

namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

struct Decoded {
  std::uint32_t code = 0;
  std::size_t bytes = 0;  // 0: not UTF-8.
};

// One code point at the start of `text`, which is not empty.
Decoded decode(std::string_view text) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  auto const first = byte(0);
  if (first < 0x80) return {.code = first, .bytes = 1};
  auto const bytes = first >= 0xf0 ? 4u : first >= 0xe0 ? 3u : 2u;
  if (first < 0xc2 || first > 0xf4 || text.size() < bytes) return {};
  std::uint32_t code = first & (0xffu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3f);
  }
  constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  bool const surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < least[bytes] || code > 0x10ffff || surrogate) return {};
  return {.code = code, .bytes = bytes};
}

bool harmless(std::uint32_t code) {
  bool const control = code < 0x20 || (code >= 0x7f && code <= 0x9f);
  bool const separator = code == 0x2028 || code == 0x2029;
  bool const direction = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
                         code == 0x200e || code == 0x200f || code == 0x061c;
  return !control && !separator && !direction;
}

}  // namespace

std::string plain_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto const [code, bytes] = decode(text);
    bool const good = bytes != 0 && harmless(code);
    out += good ? text.substr(0, bytes) : replacement;
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  return out;
}

}  // namespace wallet
