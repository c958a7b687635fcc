// The numbers of a random act, read one after the other, repeating: what becomes of them, and whom
// of the crowd they find.

#pragma once

#include <labor/v1/work.pb.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/execution/context.h"
#include "tests/support/prng.h"
#include "tests/support/random_people.h"

namespace testing_support {

// The first of the crowd for whom it holds, from this one on and round; nullptr if for nobody.
template <class Holds>
Person const* person_where(std::size_t first, Holds const& holds) {
  for (std::size_t i = 0; i < crowd_size; ++i) {
    auto const& person = crowd()[(first + i) % crowd_size];
    if (holds(person)) return &person;
  }
  return nullptr;
}

// nullptr if it is the address of somebody else.
inline Person const* with_address(std::string_view address) {
  return person_where(0, [&](Person const& person) { return person.address().chars() == address; });
}

class Draws {
 public:
  Draws(TestChain const& chain, Act const& act) : chain_{chain}, act_{act} {}

  std::uint64_t below(std::uint64_t bound) {
    // One number serves several fields: stirred, so that they are independent.
    auto const drawn = sim::mix(act_.draws[next_ % act_.draws.size()] + 7919 * (next_ + 1));
    ++next_;
    return drawn % bound;
  }
  // Who acts unless the message is about somebody's record.
  Person const& sender() const { return crowd()[act_.who % crowd_size]; }
  // Who acts on a contract, if they may.
  std::string const& side_of(labor::v1::Contract const& contract) const {
    return act_.who % 2 == 0 ? contract.client() : contract.talent();
  }
  Person const& somebody() { return crowd()[below(crowd_size)]; }
  // Mostly one of the last records made, about which something can still be done; sometimes any,
  // sometimes none.
  std::uint64_t id(std::string_view counter) {
    auto const made = execution::counter_of(chain_.state(), counter);
    if (made == 0 || below(16) == 0) return made + 1;
    return below(4) == 0 ? 1 + below(made) : made - below(std::min<std::uint64_t>(made, 3));
  }
  // Mostly the first of a contract, sometimes one that it does not have.
  std::uint32_t milestone() { return static_cast<std::uint32_t>(below(4) == 0 ? below(3) : 0); }
  std::string hash() { return std::string(32, static_cast<char>('a' + below(26))); }
  TestChain const& chain() const { return chain_; }

 private:
  TestChain const& chain_;
  Act const& act_;
  std::size_t next_ = 0;
};

}  // namespace testing_support
