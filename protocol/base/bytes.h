// Byte strings. Encoded things travel as std::string (what protobuf speaks); fixed-size things
// are Bytes<Tag, N>, which cannot be mixed up with one another.

#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace base {

using ByteView = std::span<std::uint8_t const>;

// The same bytes, seen as the other library wants to see them.
inline ByteView bytes_of(std::string_view text) {
  return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}
inline std::string_view chars_of(ByteView bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

template <class Tag, std::size_t N>
struct Bytes {
  static constexpr std::size_t size = N;

  std::array<std::uint8_t, N> data{};

  auto operator<=>(Bytes const&) const = default;

  ByteView view() const { return data; }
  std::string_view chars() const { return chars_of(data); }
  std::string str() const { return std::string{chars()}; }

  // Nothing unless there are exactly N bytes.
  static std::optional<Bytes> from(std::string_view text) {
    if (text.size() != N) return std::nullopt;
    Bytes bytes;
    std::ranges::copy(bytes_of(text), bytes.data.begin());
    return bytes;
  }
};

}  // namespace base
