#include "wallet/keystore/secret.h"

#include <sodium.h>

#include <algorithm>
#include <string>
#include <utility>

#include "protocol/base/check.h"

namespace wallet {

namespace {

void ready() {
  CHECK(sodium_init() >= 0);
}

}  // namespace

Secret::Secret(std::size_t size) : size_{size} {
  ready();
  bytes_ = static_cast<std::uint8_t*>(sodium_malloc(std::max<std::size_t>(size, 1)));
  CHECK(bytes_ != nullptr);
  sodium_memzero(bytes_, size);
}

Secret Secret::copy_of(base::ByteView bytes) {
  Secret secret{bytes.size()};
  std::ranges::copy(bytes, secret.bytes_);
  return secret;
}

Secret Secret::random(std::size_t size) {
  Secret secret{size};
  randombytes_buf(secret.bytes_, size);
  return secret;
}

Secret::~Secret() {
  if (bytes_ != nullptr) sodium_free(bytes_);
}

Secret::Secret(Secret&& other) noexcept
    : bytes_{std::exchange(other.bytes_, nullptr)}, size_{std::exchange(other.size_, 0)} {}

Secret& Secret::operator=(Secret&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  std::swap(size_, other.size_);
  return *this;
}

Secret Secret::prefix(std::size_t size) const {
  CHECK(size <= size_);
  return copy_of(view().first(size));
}

bool Secret::equals(Secret const& other) const {
  return size_ == other.size_ && (size_ == 0 || sodium_memcmp(bytes_, other.bytes_, size_) == 0);
}

std::string random_bytes(std::size_t size) {
  ready();
  std::string bytes(size, '\0');
  randombytes_buf(bytes.data(), size);
  return bytes;
}

void wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

}  // namespace wallet
