// Who votes with whose locks: one level, overridden by who votes, as of the snapshot; and the cap.

#include "protocol/governance/delegation.h"

#include "protocol/governance/vote.h"
#include "tests/unit/protocol/governance/ballot_house.h"

namespace governance {
namespace {

class Delegations : public Ballots {
 protected:
  // A person's vote weighs at most a tenth of what is eligible.
  static Genesis capped() {
    auto made = genesis();
    testing_support::set_parameter(made, PARAMETER_HOLDER_CAP_BPS, 1000);
    return made;
  }
  using Ballots::Ballots;

  TxStatus delegate(Person const& who, Person const& to) {
    Delegate inner;
    inner.set_to(to.address().str());
    return send(who, inner);
  }
  TxStatus take_back(Person const& who) { return send(who, Delegate{}); }
  // Alice 10 LBR, bob 20, carol 40.
  void lock_of_three() {
    lock(alice_, 10 * lbr);
    lock(bob_, 20 * lbr);
    lock(carol_, 40 * lbr);
  }
  std::uint64_t yes(std::uint64_t id) { return ballot(id).tokens().tally().yes(); }
  std::uint64_t no(std::uint64_t id) { return ballot(id).tokens().tally().no(); }
};

class CappedDelegations : public Delegations {
 protected:
  CappedDelegations() : Delegations{capped()} {
    enrol(alice_);
    enrol(bob_);
  }
};

TEST_F(Delegations, AreRefusedWithAReason) {
  EXPECT_EQ(delegate(alice_, alice_), TX_STATUS_SAME_ACCOUNT);
  EXPECT_EQ(delegate(alice_, erin_), TX_STATUS_DELEGATE_NOT_ATTESTED);
  EXPECT_EQ(take_back(alice_), TX_STATUS_SAME_DELEGATE);
  Delegate broken;
  broken.set_to("x");
  EXPECT_EQ(send(alice_, broken), TX_STATUS_INVALID_ADDRESS);
  EXPECT_EQ(delegate(alice_, bob_), TX_STATUS_OK);
  EXPECT_EQ(delegate(alice_, bob_), TX_STATUS_SAME_DELEGATE);
  EXPECT_EQ(take_back(alice_), TX_STATUS_OK);
  EXPECT_FALSE(chain_.find<Delegation>(state::keys::delegation(alice_.address())));
}

TEST_F(Delegations, LetAnotherVoteWithOnesLocks) {
  lock(alice_, 10 * lbr);
  lock(bob_, 20 * lbr);
  lock(bob_, 5 * lbr, 31);  // Ends before the latest possible execution.
  ASSERT_EQ(delegate(bob_, alice_), TX_STATUS_OK);
  lock(bob_, 40 * lbr);  // Delegated as it is made.
  auto const id = submit(carol_, proposal());
  to_voting();
  ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(yes(id), 70 * lbr);
}

TEST_F(Delegations, AreOfOneLevel) {
  lock_of_three();
  ASSERT_EQ(delegate(carol_, bob_), TX_STATUS_OK);
  ASSERT_EQ(delegate(bob_, alice_), TX_STATUS_OK);
  auto const id = submit(dave_, proposal());
  to_voting();
  ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(yes(id), 30 * lbr) << "carol's are bob's to cast, not alice's";
  ASSERT_EQ(vote(bob_, id, CHOICE_NO), TX_STATUS_OK);
  EXPECT_EQ(no(id), 60 * lbr);
  EXPECT_EQ(yes(id), 10 * lbr);
}

TEST_F(Delegations, AreOverriddenByWhoeverVotesBeforeOrAfterTheDelegate) {
  lock_of_three();
  ASSERT_EQ(delegate(bob_, alice_), TX_STATUS_OK);
  ASSERT_EQ(delegate(carol_, alice_), TX_STATUS_OK);
  auto const id = submit(dave_, proposal());
  to_voting();
  ASSERT_EQ(vote(bob_, id, CHOICE_NO), TX_STATUS_OK);
  ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(yes(id), 50 * lbr);
  ASSERT_EQ(vote(carol_, id, CHOICE_NO), TX_STATUS_OK);
  EXPECT_EQ(yes(id), 10 * lbr);
  EXPECT_EQ(no(id), 60 * lbr);
  ASSERT_EQ(vote(carol_, id, CHOICE_YES), TX_STATUS_OK);
  ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(yes(id), 50 * lbr);
  EXPECT_EQ(no(id), 20 * lbr);
}

TEST_F(Delegations, OfBallotsBeforeTheOwnersStayAsTheyWere) {
  lock_of_three();
  ASSERT_EQ(delegate(bob_, alice_), TX_STATUS_OK);
  auto const first = submit(dave_, proposal());
  ASSERT_EQ(delegate(bob_, carol_), TX_STATUS_OK);
  auto const second = submit(dave_, proposal());
  ASSERT_EQ(take_back(bob_), TX_STATUS_OK);
  lock(bob_, 700 * lbr);  // On neither.
  auto const third = submit(dave_, proposal());
  to_voting();
  for (auto const id : {first, second, third}) {
    ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
    ASSERT_EQ(vote(carol_, id, CHOICE_NO), TX_STATUS_OK);
  }
  EXPECT_EQ(yes(first), 30 * lbr);
  EXPECT_EQ(no(first), 40 * lbr);
  EXPECT_EQ(yes(second), 10 * lbr);
  EXPECT_EQ(no(second), 60 * lbr);
  EXPECT_EQ(yes(third), 10 * lbr);
  EXPECT_EQ(no(third), 40 * lbr);
  for (auto const id : {first, second, third}) {
    ASSERT_EQ(vote(bob_, id, CHOICE_YES), TX_STATUS_OK);
  }
  EXPECT_EQ(yes(first), 30 * lbr);
  EXPECT_EQ(yes(second), 30 * lbr);
  EXPECT_EQ(no(second), 40 * lbr);
  EXPECT_EQ(yes(third), 730 * lbr);
}

TEST_F(Delegations, OfWhoIsNobodysPersonVoteThroughAPersonOnly) {
  lock(alice_, 10 * lbr);
  lock(erin_, 90 * lbr);
  ASSERT_EQ(delegate(erin_, alice_), TX_STATUS_OK);
  auto const id = submit(dave_, proposal());
  to_voting();
  EXPECT_EQ(vote(erin_, id, CHOICE_NO), TX_STATUS_NO_VOTING_WEIGHT);
  ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(yes(id), 100 * lbr);
}

TEST_F(CappedDelegations, GiveNobodyMoreThanTheCapOfWhatIsEligible) {
  lock(alice_, 300 * lbr);
  lock(bob_, 500 * lbr);
  lock(carol_, 200 * lbr);
  ASSERT_EQ(delegate(bob_, alice_), TX_STATUS_OK);
  auto const id = submit(dave_, proposal());
  EXPECT_EQ(ballot(id).holder_cap(), 100 * lbr);
  to_voting();
  ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(yes(id), 100 * lbr) << "a whale, and what it was lent";
  ASSERT_EQ(vote(bob_, id, CHOICE_NO), TX_STATUS_OK);
  EXPECT_EQ(yes(id), 100 * lbr) << "alone still more than the cap";
  EXPECT_EQ(no(id), 100 * lbr);
  advance(7 * day_ms);
  EXPECT_EQ(state_of(id), BALLOT_STATE_REJECTED) << "a fifth is no quorum, whoever holds the rest";
}

TEST_F(Delegations, AfterALockEndedDuringTheVoteCountAsBefore) {
  lock(alice_, 10 * lbr);
  lock(bob_, 20 * lbr, 9);
  lock(bob_, 30 * lbr);
  ASSERT_EQ(delegate(bob_, alice_), TX_STATUS_OK);
  auto const id = submit(dave_, proposal());
  EXPECT_EQ(ballot(id).tokens().eligible(), 40 * lbr);
  to_voting();
  advance(3 * day_ms);
  UnlockTokens unlock;
  unlock.set_lock_id(2);
  ASSERT_EQ(send(bob_, unlock), TX_STATUS_OK);
  ASSERT_EQ(take_back(bob_), TX_STATUS_OK);
  ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(yes(id), 40 * lbr);
}

}  // namespace
}  // namespace governance
