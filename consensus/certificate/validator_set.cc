#include "consensus/certificate/validator_set.h"

#include <algorithm>
#include <set>

namespace consensus {

std::optional<ValidatorSet> ValidatorSet::from(std::vector<PublicKey> keys) {
  if (keys.empty()) return std::nullopt;
  if (keys.size() > protocol::limits::validators_max) return std::nullopt;
  if (std::set<PublicKey>{keys.begin(), keys.end()}.size() != keys.size()) return std::nullopt;
  return ValidatorSet{std::move(keys)};
}

ValidatorIndex ValidatorSet::leader(Epoch epoch, View view) const {
  // Each term is reduced first, so that their sum cannot wrap.
  auto const n = std::uint64_t{size()};
  auto const index = (view.value() % n + epoch.value() % n) % n;
  return ValidatorIndex{static_cast<std::uint8_t>(index)};
}

PublicKey const& ValidatorSet::key(ValidatorIndex index) const {
  CHECK(contains(index));
  return keys_[index.value()];
}

std::optional<ValidatorIndex> ValidatorSet::index_of(PublicKey const& key) const {
  auto const found = std::ranges::find(keys_, key);
  if (found == keys_.end()) return std::nullopt;
  return ValidatorIndex{static_cast<std::uint8_t>(found - keys_.begin())};
}

}  // namespace consensus
