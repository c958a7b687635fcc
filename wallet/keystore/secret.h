// Bytes that nobody else may see: in memory that is locked, kept out of core dumps, fenced by
// guard pages and wiped when it goes. Never printed, never copied by accident.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "protocol/base/bytes.h"

namespace wallet {

class Secret {
 public:
  // `size` zero bytes. Memory that cannot be had stops the program.
  explicit Secret(std::size_t size);
  static Secret copy_of(base::ByteView bytes);
  static Secret copy_of(std::string_view text) { return copy_of(base::bytes_of(text)); }
  // Random, from the operating system.
  static Secret random(std::size_t size);

  ~Secret();
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(Secret const&) = delete;
  Secret& operator=(Secret const&) = delete;

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  base::ByteView view() const { return {bytes_, size_}; }
  std::string_view chars() const { return base::chars_of(view()); }
  std::span<std::uint8_t> writable() { return {bytes_, size_}; }

  // A copy of the first `size` bytes.
  Secret prefix(std::size_t size) const;
  // Whether both hold the same bytes, in time that does not tell where they differ.
  bool equals(Secret const& other) const;

 private:
  std::uint8_t* bytes_ = nullptr;
  std::size_t size_ = 0;
};

// Random bytes that are not secret for long: salts, nonces.
std::string random_bytes(std::size_t size);

// Overwrites a library's buffer that held a secret for a moment.
void wipe(std::string& text);

}  // namespace wallet
