// Key files: an Ed25519 seed as 64 hexadecimal digits and a newline, readable by its owner alone.
//
//   file = hex(32 bytes) "\n"       mode 0600

#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "protocol/base/bytes.h"
#include "protocol/crypto/sign.h"

namespace node {

// 32 secret bytes, wiped when they go.
class Seed {
 public:
  // From the system's entropy.
  static Seed random();
  explicit Seed(base::ByteView bytes);
  ~Seed();
  Seed(Seed&& other) noexcept;
  Seed& operator=(Seed&&) = delete;
  Seed(Seed const&) = delete;
  Seed& operator=(Seed const&) = delete;

  base::ByteView view() const { return bytes_; }
  crypto::SecretKey key() const { return crypto::SecretKey{bytes_}; }

 private:
  std::array<std::uint8_t, 32> bytes_{};
};

// `message` names the file and what to do; never its content.
struct KeyFileFault {
  std::string message;
};

// Refuses a file that others may read: the key must be taken for known.
std::expected<Seed, KeyFileFault> read_key_file(std::filesystem::path const& path);

// Creates the file, mode 0600, synced. Never overwrites.
std::expected<void, KeyFileFault> write_key_file(std::filesystem::path const& path,
                                                 Seed const& seed);

}  // namespace node
