#include "wallet/history/base58.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace wallet {

namespace {

constexpr std::string_view digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

// number * factor + added, least significant place first, each below `base`.
void multiply_and_add(std::vector<std::uint32_t>& number, std::uint32_t base, std::uint32_t factor,
                      std::uint32_t added) {
  for (auto& place : number) {
    added += place * factor;
    place = added % base;
    added /= base;
  }
  for (; added > 0; added /= base) number.push_back(added % base);
}

}  // namespace

std::string base58(base::ByteView bytes) {
  auto const rest = std::ranges::find_if(bytes, [](std::uint8_t byte) { return byte != 0; });
  std::string text(static_cast<std::size_t>(rest - bytes.begin()), digits.front());
  std::vector<std::uint32_t> number;
  for (auto at = rest; at != bytes.end(); ++at) multiply_and_add(number, 58, 256, *at);
  for (auto place = number.rbegin(); place != number.rend(); ++place) text += digits[*place];
  return text;
}

std::optional<std::string> from_base58(std::string_view text) {
  if (text.size() > base58_digits_max) return std::nullopt;
  auto const zeros = std::min(text.find_first_not_of(digits.front()), text.size());
  std::string bytes(zeros, '\0');
  std::vector<std::uint32_t> number;
  for (auto const c : text.substr(zeros)) {
    auto const digit = digits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    multiply_and_add(number, 256, 58, static_cast<std::uint32_t>(digit));
  }
  for (auto place = number.rbegin(); place != number.rend(); ++place) {
    bytes += static_cast<char>(static_cast<unsigned char>(*place));
  }
  return bytes;
}

}  // namespace wallet
