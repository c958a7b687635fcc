// People who do random things, legal and not: numbers become messages of every kind the schema
// has, mostly about records that exist, sometimes about ones that do not or are somebody else's.

#pragma once

#include <labor/v1/transaction.pb.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/test_chain.h"

namespace testing_support {

// Six people; the last two are no members.
inline constexpr std::size_t crowd_size = 6;
std::vector<Person> const& crowd();

// Everybody has LBR, USD and, but for the last, an active profile; some LBR is locked. There are
// jurors besides (random_justice.h).
TestChain crowded_chain();
// The same, with three cases that wait for a jury, a milestone funded and a week.
TestChain quarrelsome_chain();

// Random numbers of one act; meaningless by themselves, so that they shrink to small ones.
struct Act {
  std::uint32_t kind = 0;
  std::uint32_t who = 0;
  std::array<std::uint32_t, 3> draws{};
};

// Kinds are numbers below this: every message, some several times, and the passing of time.
std::uint32_t act_kinds();

// "fund_milestone", or "time".
std::string name_of(Act const& act);

// Does it: the receipt's status, or OK where time passed.
labor::v1::TxStatus perform(TestChain& chain, Act const& act);
// The same, with one number of the message, drawn, at an end of what it can be: an amount, a date,
// a count or an id that is 0, 1, or as large as it gets.
labor::v1::TxStatus perform_at_an_end(TestChain& chain, Act const& act);

}  // namespace testing_support
