#include "devnet/bench_accounts.h"

#include <fmt/format.h>

#include "devnet/people.h"
#include "protocol/address.h"

namespace devnet {
namespace {

protocol::Hash seed_of(std::uint64_t number) {
  return derived("bench", fmt::format("account {}", number));
}

}  // namespace

crypto::SecretKey bench_key(std::uint64_t number) {
  return crypto::SecretKey{seed_of(number).view()};
}

protocol::Address bench_address(std::uint64_t number) {
  if (number < bench_keys_max) return protocol::address_of(bench_key(number).public_key());
  return protocol::Address{seed_of(number).data};
}

std::vector<protocol::Address> bench_addresses(std::uint64_t count) {
  std::vector<protocol::Address> addresses;
  for (std::uint64_t i = 0; i < count; ++i) addresses.push_back(bench_address(i));
  return addresses;
}

}  // namespace devnet
