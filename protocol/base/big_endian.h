// Unsigned integers as fixed-width big-endian bytes: byte order is number order.

#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

#include "protocol/base/check.h"

namespace base {

// Appends sizeof(T) bytes.
template <std::unsigned_integral T>
void append_big_endian(std::string& bytes, T value) {
  for (std::size_t i = sizeof(T); i-- > 0;) {
    bytes += static_cast<char>(static_cast<unsigned char>(value >> 8 * i));
  }
}

template <std::unsigned_integral T>
std::string big_endian(T value) {
  std::string bytes;
  append_big_endian(bytes, value);
  return bytes;
}

// Reads the first sizeof(T) bytes; the caller has checked that they are there.
template <std::unsigned_integral T>
T read_big_endian(std::string_view bytes) {
  CHECK(bytes.size() >= sizeof(T));
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>(value << (8 * (sizeof(T) > 1)) | static_cast<unsigned char>(bytes[i]));
  }
  return value;
}

}  // namespace base
