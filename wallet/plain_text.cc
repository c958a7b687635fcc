#include "wallet/plain_text.h"

#include <cstdint>

#include "protocol/base/utf8.h"

namespace wallet {

namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";
constexpr char const* quote = "| ";
constexpr char const* tab_spaces = "    ";

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
    auto const [code, bytes] = base::first_code_point(text);
    bool const good = bytes != 0 && harmless(code);
    out += good ? text.substr(0, bytes) : replacement;
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  return out;
}

std::string quoted_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto const end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    out += out.empty() ? quote : "\n" + std::string{quote};
    for (auto tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t')) {
      out += plain_text(line.substr(0, tab)) + tab_spaces;
      line.remove_prefix(tab + 1);
    }
    out += plain_text(line);
  }
  return out;
}

}  // namespace wallet
