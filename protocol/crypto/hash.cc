#include "protocol/crypto/hash.h"

#include <sodium.h>

#include <algorithm>

#include "protocol/base/check.h"
#include "protocol/crypto/sodium.h"

namespace crypto {
namespace {

using Personal = std::array<std::uint8_t, crypto_generichash_blake2b_PERSONALBYTES>;

Personal personal_of(Domain domain) {
  Personal personal{};
  CHECK(!domain.tag.empty() && domain.tag.size() <= personal.size());
  std::ranges::copy(base::bytes_of(domain.tag), personal.begin());
  return personal;
}

// Tree nodes and leaves fit: joining their parts beats three calls into the library.
constexpr std::size_t joined_bytes_max = 256;

std::size_t size_of(std::initializer_list<base::ByteView> parts) {
  std::size_t size = 0;
  for (auto const part : parts) size += part.size();
  return size;
}

}  // namespace

protocol::Hash hash(Domain domain, std::initializer_list<base::ByteView> parts) {
  ready();
  auto const personal = personal_of(domain);
  protocol::Hash digest;
  if (size_of(parts) <= joined_bytes_max) {
    std::array<std::uint8_t, joined_bytes_max> joined;
    auto end = joined.begin();
    for (auto const part : parts) end = std::ranges::copy(part, end).out;
    auto const failed = crypto_generichash_blake2b_salt_personal(
        digest.data.data(), digest.data.size(), joined.data(),
        static_cast<std::size_t>(end - joined.begin()), nullptr, 0, nullptr, personal.data());
    CHECK(failed == 0);
    return digest;
  }
  crypto_generichash_blake2b_state state;
  CHECK(crypto_generichash_blake2b_init_salt_personal(&state, nullptr, 0, digest.data.size(),
                                                      nullptr, personal.data()) == 0);
  for (auto const part : parts) {
    CHECK(crypto_generichash_blake2b_update(&state, part.data(), part.size()) == 0);
  }
  CHECK(crypto_generichash_blake2b_final(&state, digest.data.data(), digest.data.size()) == 0);
  return digest;
}

}  // namespace crypto
