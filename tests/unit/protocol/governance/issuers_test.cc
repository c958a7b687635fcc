// Issuers of attestations, admitted and removed by ballots.

#include "protocol/talent/issuer.h"

#include <functional>

#include "protocol/limits.h"
#include "tests/unit/protocol/governance/ballot_house.h"

namespace governance {
namespace {

class Issuers : public Ballots {
 protected:
  static SubmitBallot changing(Person const& who, std::string const& name) {
    auto made = proposal();
    add_change(made, who, name);
    return made;
  }
  static void add_change(SubmitBallot& ballot, Person const& who, std::string const& name) {
    auto& change = *ballot.mutable_actions()->add_issuers();
    change.set_account(who.address().str());
    change.set_name(name);
  }
  bool is_issuer(Person const& who) const {
    return talent::is_issuer(chain_.state(), who.address().chars());
  }
};

TEST_F(Issuers, AreAdmittedAndRemovedByBallots) {
  lock(alice_, 1000 * lbr, 200);
  EXPECT_EQ(decided(changing(carol_, "Carol's Identity")), BALLOT_STATE_EXECUTED);
  EXPECT_TRUE(is_issuer(carol_));
  EXPECT_EQ(decided(changing(carol_, "")), BALLOT_STATE_EXECUTED);
  EXPECT_FALSE(is_issuer(carol_));
}

TEST_F(Issuers, OfABallotAreCheckedWhenItIsSubmitted) {
  struct Case {
    char const* name;
    TxStatus want;
    std::function<void(SubmitBallot&)> change;
  };
  Case const cases[] = {
      {"no address", TX_STATUS_INVALID_ADDRESS,
       [](auto& m) { m.mutable_actions()->mutable_issuers(0)->set_account("short"); }},
      {"a long name", TX_STATUS_INVALID_ISSUER,
       [](auto& m) {
         m.mutable_actions()->mutable_issuers(0)->set_name(
             std::string(protocol::limits::issuer_name_bytes_max + 1, 'n'));
       }},
      {"the same twice", TX_STATUS_ISSUER_TWICE,
       [](auto& m) { *m.mutable_actions()->add_issuers() = m.actions().issuers(0); }},
      {"one that is none removed", TX_STATUS_ISSUER_NOT_FOUND,
       [](auto& m) { m.mutable_actions()->mutable_issuers(0)->clear_name(); }},
      {"too many changes", TX_STATUS_TOO_MANY_CHANGES,
       [](auto& m) {
         for (std::uint64_t i = 10; i < 26; ++i) add_change(m, Person{i}, "x");
       }},
      {"sixteen of them", TX_STATUS_OK,
       [](auto& m) {
         for (std::uint64_t i = 10; i < 25; ++i) add_change(m, Person{i}, "x");
       }},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    auto inner = changing(carol_, "Carol's Identity");
    row.change(inner);
    EXPECT_EQ(send(alice_, inner), row.want);
  }
}

TEST_F(Issuers, WhatHasBecomeUntrueFailsAsAWhole) {
  lock(alice_, 1000 * lbr, 200);
  auto two = changing(carol_, "Carol's Identity");
  auto const first = submit(bob_, two);
  add_change(two, dave_, "Dave's Identity");
  auto const second = submit(bob_, two);
  to_voting();
  ASSERT_EQ(vote(alice_, first, CHOICE_YES), TX_STATUS_OK);
  ASSERT_EQ(vote(alice_, second, CHOICE_YES), TX_STATUS_OK);
  advance(7 * day_ms);
  advance(2 * day_ms);
  EXPECT_EQ(state_of(first), BALLOT_STATE_EXECUTED);
  EXPECT_EQ(state_of(second), BALLOT_STATE_FAILED);
  EXPECT_FALSE(is_issuer(dave_));
  EXPECT_EQ(send(alice_, changing(carol_, "Again")), TX_STATUS_ISSUER_EXISTS);
}

}  // namespace
}  // namespace governance
