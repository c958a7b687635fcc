#include "protocol/base/crc32c.h"

#include <array>

namespace base {
namespace {

constexpr std::uint32_t reflected_polynomial = 0x82f63b78;

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    auto remainder = byte;
    for (int bit = 0; bit < 8; ++bit) {
      remainder = remainder >> 1 ^ ((remainder & 1) != 0 ? reflected_polynomial : 0);
    }
    table[byte] = remainder;
  }
  return table;
}

constexpr auto table = make_table();

}  // namespace

std::uint32_t crc32c(std::initializer_list<ByteView> parts) {
  std::uint32_t remainder = ~0u;
  for (auto const part : parts) {
    for (auto const byte : part) remainder = remainder >> 8 ^ table[(remainder ^ byte) & 255];
  }
  return ~remainder;
}

}  // namespace base
