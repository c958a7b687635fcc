#include "wallet/authority.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "protocol/base/hex.h"
#include "wallet/session.h"

namespace wallet {

using labor::v1::Authority;
using labor::v1::WeightedKey;

namespace {

// A key of this wallet, or the hex of anybody's.
Result<std::string> parse_key(Session& session, std::string const& text) {
  if (auto const key = base::from_hex_as<protocol::PublicKey>(text)) return key->str();
  TRY(file, session.keystore().find(text));
  return file.public_key.str();
}

Result<WeightedKey> parse_weighted(Session& session, std::string const& text) {
  WeightedKey weighted;
  weighted.set_weight(1);
  auto const colon = text.rfind(':');
  auto const name = text.substr(0, colon);
  if (colon != std::string::npos) {
    std::uint32_t weight = 0;
    auto const* const end = text.data() + text.size();
    auto const [rest, error] = std::from_chars(text.data() + colon + 1, end, weight);
    if (error != std::errc{} || rest != end || weight == 0) {
      return usage("INVALID_WEIGHT", fmt::format("`{}` has no weight that counts.", text),
                   "Write KEY, or KEY:WEIGHT with a weight of at least 1.");
    }
    weighted.set_weight(weight);
  }
  TRY(key, parse_key(session, name));
  weighted.set_public_key(key);
  return weighted;
}

}  // namespace

Result<Authority> parse_authority(Session& session, TypedAuthority const& typed) {
  Authority authority;
  std::uint32_t sum = 0;
  for (auto const& text : typed.keys) {
    TRY(weighted, parse_weighted(session, text));
    sum += weighted.weight();
    *authority.add_keys() = weighted;
  }
  if (typed.keys.size() == 1 && sum == 1 && typed.threshold <= 1) {
    Authority single;
    single.set_public_key(authority.keys(0).public_key());
    return single;
  }
  // The order of listing must not matter.
  std::ranges::sort(*authority.mutable_keys(), {}, &WeightedKey::public_key);
  authority.set_threshold(typed.threshold == 0 ? sum : typed.threshold);
  return authority;
}

std::vector<std::string> describe(Authority const& authority) {
  if (authority.keys().empty()) {
    return {fmt::format("the key {}", base::hex(authority.public_key()))};
  }
  std::vector<std::string> lines{
      fmt::format("keys that weigh {} together, of these", authority.threshold())};
  for (auto const& key : authority.keys()) {
    lines.push_back(fmt::format("  {} weighs {}", base::hex(key.public_key()), key.weight()));
  }
  return lines;
}

}  // namespace wallet
