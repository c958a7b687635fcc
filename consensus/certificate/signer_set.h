// A set of validators, as bits by index. Ordered, fixed-size, comparable.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "protocol/base/check.h"
#include "protocol/limits.h"
#include "protocol/types.h"

namespace consensus {

class SignerSet {
 public:
  SignerSet() = default;

  static SignerSet of(std::initializer_list<protocol::ValidatorIndex> members) {
    SignerSet set;
    for (auto const member : members) set.insert(member);
    return set;
  }
  // The validators 0 .. count-1.
  static SignerSet first(std::size_t count) {
    SignerSet set;
    for (std::size_t i = 0; i < count; ++i) {
      set.insert(protocol::ValidatorIndex{static_cast<std::uint8_t>(i)});
    }
    return set;
  }

  // Returns whether `member` was new.
  bool insert(protocol::ValidatorIndex member) {
    auto const fresh = !contains(member);
    words_[word(member)] |= bit(member);
    return fresh;
  }
  void erase(protocol::ValidatorIndex member) { words_[word(member)] &= ~bit(member); }

  bool contains(protocol::ValidatorIndex member) const {
    return (words_[word(member)] & bit(member)) != 0;
  }
  std::size_t size() const {
    std::size_t count = 0;
    for (auto const w : words_) count += static_cast<std::size_t>(std::popcount(w));
    return count;
  }
  bool empty() const { return size() == 0; }

  // Ascending.
  std::vector<protocol::ValidatorIndex> members() const {
    std::vector<protocol::ValidatorIndex> out;
    for (std::size_t i = 0; i < protocol::limits::validators_max; ++i) {
      auto const member = protocol::ValidatorIndex{static_cast<std::uint8_t>(i)};
      if (contains(member)) out.push_back(member);
    }
    return out;
  }

  auto operator<=>(SignerSet const&) const = default;

 private:
  static constexpr std::size_t bits_per_word = 64;
  static std::size_t word(protocol::ValidatorIndex member) {
    CHECK(member.value() < protocol::limits::validators_max);
    return member.value() / bits_per_word;
  }
  static std::uint64_t bit(protocol::ValidatorIndex member) {
    return std::uint64_t{1} << (member.value() % bits_per_word);
  }

  std::array<std::uint64_t, protocol::limits::validators_max / bits_per_word> words_{};
};

static_assert(protocol::limits::validators_max % 64 == 0);

}  // namespace consensus
