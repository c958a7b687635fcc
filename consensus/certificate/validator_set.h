// The validators of one epoch, and the arithmetic of quorums.
//
//   f = floor((n - 1) / 3)   how many may be faulty
//   q = n - f                how many make a certificate: any two quorums share f + 1, so at
//                            least one honest validator
//   leader(e, v) = set[(v + e) mod n]
//
// Invariant: 1 to validators_max keys, each once. The order is the caller's (by consensus key)
// and gives every validator its index.

#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "consensus/certificate/vote.h"

namespace consensus {

class ValidatorSet {
 public:
  // Nothing when there are no keys, too many, or one twice.
  static std::optional<ValidatorSet> from(std::vector<PublicKey> keys);

  std::size_t size() const { return keys_.size(); }
  std::size_t faults_max() const { return (size() - 1) / 3; }
  std::size_t quorum() const { return size() - faults_max(); }

  ValidatorIndex leader(Epoch epoch, View view) const;

  bool contains(ValidatorIndex index) const { return index.value() < size(); }
  PublicKey const& key(ValidatorIndex index) const;
  // By index.
  std::vector<PublicKey> const& keys() const { return keys_; }
  std::optional<ValidatorIndex> index_of(PublicKey const& key) const;

  bool operator==(ValidatorSet const&) const = default;

 private:
  explicit ValidatorSet(std::vector<PublicKey> keys) : keys_{std::move(keys)} {}
  std::vector<PublicKey> keys_;
};

}  // namespace consensus
