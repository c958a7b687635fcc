#include "devnet/people.h"

#include "protocol/address.h"
#include "protocol/base/check.h"
#include "protocol/crypto/hash.h"
#include "wallet/keystore/derivation.h"
#include "wallet/keystore/words.h"

namespace devnet {
namespace {

constexpr crypto::Domain devnet_secret{"LBRdevnet1"};

}  // namespace

protocol::Hash derived(std::string_view seed, std::string_view name) {
  std::uint8_t const length = static_cast<std::uint8_t>(seed.size());
  return crypto::hash(devnet_secret,
                      {base::ByteView{&length, 1}, base::bytes_of(seed), base::bytes_of(name)});
}

std::string words_of(std::string_view seed, std::string_view name) {
  auto const entropy = wallet::Secret::copy_of(derived(seed, name).view());
  return std::string{wallet::words_of(entropy).chars()};
}

protocol::Address address_of_person(std::string_view seed, std::string_view name) {
  auto const entropy = wallet::Secret::copy_of(derived(seed, name).view());
  auto const wallet_seed = wallet::seed_of(wallet::words_of(entropy));
  CHECK(wallet_seed.has_value());  // Words from our own list, and no passphrase.
  return protocol::address_of(wallet::account_key(*wallet_seed, 0).public_key());
}

}  // namespace devnet
