#include "protocol/crypto/sha256.h"

#include <sodium.h>

#include "protocol/base/check.h"
#include "protocol/crypto/sodium.h"

namespace crypto {

protocol::Hash sha256(base::ByteView bytes) {
  ready();
  protocol::Hash digest;
  static_assert(protocol::Hash::size == crypto_hash_sha256_BYTES);
  CHECK(crypto_hash_sha256(digest.data.data(), bytes.data(), bytes.size()) == 0);
  return digest;
}

}  // namespace crypto
