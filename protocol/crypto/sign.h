// Ed25519. The verification rule of the chain is exactly libsodium's
// crypto_sign_verify_detached; libraries differ on edge cases and a second rule is a fork.
//
// Every signed statement is: a tag zero-padded to 16 bytes, the genesis hash, the body.

#pragma once

#include <string>
#include <string_view>

#include "protocol/types.h"

namespace crypto {

struct Tag {
  std::string_view text;  // Up to 16 bytes.
};

namespace tags {
inline constexpr Tag transaction{"LABOR/tx/v1"};
inline constexpr Tag vote{"LABOR/vote/v1"};
inline constexpr Tag peer{"LABOR/peer/v1"};
inline constexpr Tag message{"LABOR/message/v1"};
inline constexpr Tag ready{"LABOR/ready/v1"};
inline constexpr Tag rotate{"LABOR/rotate/v1"};
inline constexpr Tag random{"LABOR/random/v1"};
inline constexpr Tag put_document{"LABOR/putdoc/v1"};
inline constexpr Tag delete_document{"LABOR/deldoc/v1"};
}  // namespace tags

// The bytes that are signed.
std::string signing_bytes(Tag tag, protocol::GenesisHash const& genesis, base::ByteView body);

bool verify(protocol::PublicKey const& key, base::ByteView message,
            protocol::Signature const& signature);

// Whether the key may be registered: a canonical point of the prime-order group, not small.
bool valid_key(protocol::PublicKey const& key);

// A signing key in locked memory, wiped when it goes. Never printed, never copied.
class SecretKey {
 public:
  // From the 32-byte RFC 8032 seed.
  explicit SecretKey(base::ByteView seed);
  ~SecretKey();
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  SecretKey(SecretKey const&) = delete;
  SecretKey& operator=(SecretKey const&) = delete;

  protocol::PublicKey public_key() const;
  protocol::Signature sign(base::ByteView message) const;

 private:
  std::uint8_t* expanded_ = nullptr;  // 64 bytes from sodium_malloc.
};

}  // namespace crypto
