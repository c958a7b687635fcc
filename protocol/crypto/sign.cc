#include "protocol/crypto/sign.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "protocol/base/check.h"
#include "protocol/crypto/sodium.h"

namespace crypto {

static_assert(protocol::PublicKey::size == crypto_sign_PUBLICKEYBYTES);
static_assert(protocol::Signature::size == crypto_sign_BYTES);

namespace {
constexpr std::size_t tag_bytes = 16;
}  // namespace

std::string signing_bytes(Tag tag, protocol::GenesisHash const& genesis, base::ByteView body) {
  CHECK(!tag.text.empty() && tag.text.size() <= tag_bytes);
  std::string bytes;
  bytes.reserve(tag_bytes + genesis.data.size() + body.size());
  bytes += tag.text;
  bytes.resize(tag_bytes);
  bytes += genesis.chars();
  bytes += base::chars_of(body);
  return bytes;
}

bool verify(protocol::PublicKey const& key, base::ByteView message,
            protocol::Signature const& signature) {
  ready();
  return crypto_sign_verify_detached(signature.data.data(), message.data(), message.size(),
                                     key.data.data()) == 0;
}

bool valid_key(protocol::PublicKey const& key) {
  ready();
  return crypto_core_ed25519_is_valid_point(key.data.data()) == 1;
}

SecretKey::SecretKey(base::ByteView seed) {
  ready();
  CHECK(seed.size() == crypto_sign_SEEDBYTES);
  expanded_ = static_cast<std::uint8_t*>(sodium_malloc(crypto_sign_SECRETKEYBYTES));
  CHECK(expanded_ != nullptr);
  protocol::PublicKey unused;  // The expanded key holds it as well.
  CHECK(crypto_sign_seed_keypair(unused.data.data(), expanded_, seed.data()) == 0);
  CHECK(sodium_mprotect_readonly(expanded_) == 0);
}

SecretKey::~SecretKey() {
  sodium_free(expanded_);
}

SecretKey::SecretKey(SecretKey&& other) noexcept
    : expanded_{std::exchange(other.expanded_, nullptr)} {}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  std::swap(expanded_, other.expanded_);
  return *this;
}

protocol::PublicKey SecretKey::public_key() const {
  CHECK(expanded_ != nullptr);
  protocol::PublicKey key;
  CHECK(crypto_sign_ed25519_sk_to_pk(key.data.data(), expanded_) == 0);
  return key;
}

protocol::Signature SecretKey::sign(base::ByteView message) const {
  CHECK(expanded_ != nullptr);
  protocol::Signature signature;
  CHECK(crypto_sign_detached(signature.data.data(), nullptr, message.data(), message.size(),
                             expanded_) == 0);
  return signature;
}

}  // namespace crypto
