#include "protocol/bank/authority.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "protocol/address.h"
#include "protocol/base/try.h"
#include "protocol/crypto/sign.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"

namespace bank {

namespace limits = protocol::limits;
using execution::Done;
using execution::fail;
using labor::v1::Account;
using labor::v1::Authority;
using labor::v1::WeightedKey;
using protocol::PublicKey;

namespace {

Done must_be_key(std::string_view bytes) {
  auto const key = PublicKey::from(bytes);
  return key && crypto::valid_key(*key) ? Done{} : fail(labor::v1::TX_STATUS_INVALID_KEY);
}

Done must_be_keys(Authority const& authority) {
  auto const& keys = authority.keys();
  auto const fits = !keys.empty() && std::cmp_less_equal(keys.size(), limits::authority_keys_max);
  if (!authority.public_key().empty() || !fits) return fail(labor::v1::TX_STATUS_INVALID_KEY);
  std::uint64_t sum = 0;
  std::string_view before;
  for (auto const& key : keys) {
    TRY_VOID(must_be_key(key.public_key()));
    if (key.public_key() <= before || key.weight() == 0) {
      return fail(labor::v1::TX_STATUS_INVALID_KEY);
    }
    before = key.public_key();
    sum += key.weight();
  }
  if (authority.threshold() >= 1 && authority.threshold() <= sum) return {};
  return fail(labor::v1::TX_STATUS_INVALID_THRESHOLD,
              {{"got", authority.threshold()}, {"most", sum}});
}

// Of one key; 0 for a stranger's.
std::uint64_t weight_of(Authority const& authority, PublicKey const& key) {
  if (authority.public_key() == key.chars()) return 1;
  auto const found = std::ranges::find(
      authority.keys(), key.chars(),
      [](WeightedKey const& one) -> std::string_view { return one.public_key(); });
  return found == authority.keys().end() ? 0 : found->weight();
}

std::uint64_t threshold_of(Authority const& authority) {
  return authority.keys().empty() ? 1 : authority.threshold();
}

std::uint64_t weight_of(Account const& account, PublicKey const& key) {
  if (account.has_authority()) return weight_of(account.authority(), key);
  auto const first = protocol::address_of(key).chars() == account.address();
  return first && crypto::valid_key(key) ? 1 : 0;
}

}  // namespace

Done must_be_authority(Authority const& authority) {
  auto const one = authority.keys().empty() && authority.threshold() == 0;
  return one ? must_be_key(authority.public_key()) : must_be_keys(authority);
}

bool may_sign(Account const& account, std::span<PublicKey const> signers) {
  std::uint64_t sum = 0;
  for (auto const& key : signers) sum += weight_of(account, key);
  return sum >= threshold_of(account.authority());
}

bool is_key_of(Account const& account, PublicKey const& key) {
  return weight_of(account, key) > 0;
}

bool share_a_key(Authority const& one, Authority const& other) {
  auto const holds = [&](std::string_view bytes) {
    auto const key = PublicKey::from(bytes);
    return key && weight_of(other, *key) > 0;
  };
  return holds(one.public_key()) || std::ranges::any_of(one.keys(), [&](WeightedKey const& key) {
           return holds(key.public_key());
         });
}

}  // namespace bank
