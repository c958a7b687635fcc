#include "wallet/keystore/derivation.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "protocol/base/check.h"

namespace wallet {

namespace {

constexpr std::uint32_t purpose = 44;
constexpr std::uint32_t coin = 1;
constexpr std::size_t half = 32;

Node hmac_node(base::ByteView key, base::ByteView data) {
  Secret digest{2 * half};
  unsigned int size = 0;
  auto const* const done = HMAC(EVP_sha512(), key.data(), static_cast<int>(key.size()), data.data(),
                                data.size(), digest.writable().data(), &size);
  CHECK(done != nullptr && size == digest.size());
  return {.key = Secret::copy_of(digest.view().first(half)),
          .chain_code = Secret::copy_of(digest.view().last(half))};
}

}  // namespace

Node master_node(Secret const& seed) {
  return hmac_node(base::bytes_of("ed25519 seed"), seed.view());
}

Node derive(Node node, std::span<std::uint32_t const> steps) {
  for (auto const step : steps) {
    CHECK(step < hardened);
    auto const index = step | hardened;
    Secret data{1 + half + 4};
    std::ranges::copy(node.key.view(), data.writable().begin() + 1);
    for (std::size_t i = 0; i < 4; ++i) {
      data.writable()[1 + half + i] = static_cast<std::uint8_t>(index >> (24 - 8 * i));
    }
    node = hmac_node(node.chain_code.view(), data.view());
  }
  return node;
}

crypto::SecretKey account_key(Secret const& seed, std::uint32_t account) {
  std::array const steps{purpose, coin, account, 0u};
  auto const node = derive(master_node(seed), steps);
  return crypto::SecretKey{node.key.view()};
}

std::string path_text(std::uint32_t account) {
  return fmt::format("m/{}'/{}'/{}'/0'", purpose, coin, account);
}

}  // namespace wallet
