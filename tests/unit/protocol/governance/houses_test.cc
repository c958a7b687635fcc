// Two houses: who sits in the members' house, the council in its place, and what either can stop.

#include "protocol/governance/council.h"
#include "protocol/limits.h"
#include "tests/unit/protocol/governance/ballot_house.h"

namespace governance {
namespace {

namespace limits = protocol::limits;

constexpr auto missing = CHOICE_UNSPECIFIED;

TEST_F(Ballots, PassOnlyIfBothHousesPass) {
  struct Case {
    char const* name;
    Choice carols;  // All of the tokens.
    Choice alices;  // Half of the members.
    Choice bobs;    // The other half.
    BallotState want;
  };
  Case const cases[] = {
      {"both", CHOICE_YES, CHOICE_YES, missing, BALLOT_STATE_TIMELOCK},
      {"owners alone", CHOICE_YES, CHOICE_NO, CHOICE_NO, BALLOT_STATE_REJECTED},
      {"a tie of members", CHOICE_YES, CHOICE_YES, CHOICE_NO, BALLOT_STATE_REJECTED},
      {"members alone", CHOICE_NO, CHOICE_YES, CHOICE_YES, BALLOT_STATE_REJECTED},
      {"no member comes", CHOICE_YES, missing, missing, BALLOT_STATE_REJECTED},
      {"no owner comes", missing, CHOICE_YES, CHOICE_YES, BALLOT_STATE_REJECTED},
      {"a veto of members", CHOICE_YES, CHOICE_YES, CHOICE_VETO, BALLOT_STATE_VETOED},
      {"a veto of owners", CHOICE_VETO, CHOICE_YES, CHOICE_YES, BALLOT_STATE_VETOED},
      {"members abstain but one", CHOICE_YES, CHOICE_ABSTAIN, CHOICE_YES, BALLOT_STATE_TIMELOCK},
      {"members abstain", CHOICE_YES, CHOICE_ABSTAIN, CHOICE_ABSTAIN, BALLOT_STATE_REJECTED},
  };
  lock(carol_, 100 * lbr);
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    TestChain::Fork const fork{chain_};
    auto const id = submit(dave_, proposal());
    to_voting();
    auto const cast = [&](Person const& who, Choice choice) {
      if (choice == missing) return;
      ASSERT_EQ(vote(who, id, choice), TX_STATUS_OK);
    };
    cast(carol_, row.carols);
    cast(alice_, row.alices);
    cast(bob_, row.bobs);
    advance(7 * day_ms);
    EXPECT_EQ(state_of(id), row.want);
  }
}

TEST_F(Ballots, CountMembersWhoWereEnrolledBefore) {
  lock(alice_, 100 * lbr);
  auto const id = submit(dave_, proposal());
  enrol(carol_);
  EXPECT_EQ(ballot(id).members().eligible(), 2u);
  to_voting();
  EXPECT_EQ(vote(carol_, id, CHOICE_YES), TX_STATUS_NO_VOTING_WEIGHT);
  EXPECT_EQ(vote(bob_, id, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(vote(bob_, id, CHOICE_NO), TX_STATUS_OK);
  EXPECT_EQ(ballot(id).members().tally().no(), 1u);
  EXPECT_EQ(ballot(id).members().tally().yes(), 0u);
}

TEST_F(Ballots, TakeTheirSnapshotWithTheLastShareOfTheDeposit) {
  lock(alice_, 100 * lbr);
  auto const id = submit(dave_, proposal(needed / 2));
  EXPECT_EQ(ballot(id).snapshot(), 0u);
  lock(bob_, 50 * lbr);
  enrol(carol_);
  ASSERT_EQ(add(dave_, id, needed / 2), TX_STATUS_OK);
  EXPECT_EQ(ballot(id).tokens().eligible(), 150 * lbr);
  EXPECT_EQ(ballot(id).members().eligible(), 3u);
}

TEST_F(Ballots, OfTheConstitutionTakeFourWeeksAndNineTenths) {
  lock(alice_, 85 * lbr);
  lock(bob_, 15 * lbr);
  auto inner = proposal();
  auto& change = *inner.mutable_actions()->add_parameters();
  change.set_parameter(PARAMETER_HOLDER_CAP_BPS);
  change.set_value(500);
  auto const id = submit(dave_, inner);
  EXPECT_EQ(ballot(id).ballot_class(), BALLOT_CLASS_CONSTITUTION);
  EXPECT_EQ(ballot(id).periods().voting_ms(), limits::constitution_voting_ms_min);
  to_voting();
  ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  ASSERT_EQ(vote(bob_, id, CHOICE_NO), TX_STATUS_OK);
  advance(28 * day_ms);
  EXPECT_EQ(state_of(id), BALLOT_STATE_REJECTED);
}

class Councils : public Ballots {
 protected:
  // Alice, and nobody enrolled.
  static Genesis with_council() {
    auto made = genesis();
    testing_support::make_councillor(made, Person{1});
    return made;
  }
  Councils() : Ballots{with_council()} {}
};

TEST_F(Councils, SitForTheMembersWhileTheyAreFew) {
  lock(bob_, 100 * lbr);
  EXPECT_EQ(send(dave_, fee_proposal(900)), TX_STATUS_COUNCIL_SITS);
  auto const id = submit(dave_, proposal());
  EXPECT_TRUE(ballot(id).council());
  EXPECT_EQ(ballot(id).members().eligible(), 1u);
  enrol(bob_);  // The house that came too late does not take the council's place.
  to_voting();
  ASSERT_EQ(vote(bob_, id, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(ballot(id).members().tally().yes(), 0u);
  ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(ballot(id).members().tally().yes(), 1u);
  EXPECT_FALSE(ballot(submit(dave_, fee_proposal(900))).council());
}

TEST_F(Councils, DoNotDecideWhatTheyMayNotHoweverLateItsDepositComes) {
  enrol(bob_);
  auto const id = submit(dave_, [] {
    auto inner = fee_proposal(900);
    inner.set_deposit(needed / 2);
    return inner;
  }());
  chain_.tamper(
      [](state::Overlay& overlay) { execution::set_counter(overlay, enrolled_counter, 0); });
  EXPECT_EQ(add(dave_, id, needed / 2), TX_STATUS_COUNCIL_SITS);
  EXPECT_EQ(state_of(id), BALLOT_STATE_DEPOSIT);
}

TEST_F(Councils, SitForTwoYearsAtMost) {
  advance(limits::council_ms_max);
  lock(bob_, 100 * lbr, 100);
  auto const id = submit(dave_, fee_proposal(900));
  EXPECT_FALSE(ballot(id).council());
  EXPECT_EQ(ballot(id).members().eligible(), 0u);
  to_voting();
  EXPECT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_NO_VOTING_WEIGHT);
  ASSERT_EQ(vote(bob_, id, CHOICE_YES), TX_STATUS_OK);
  advance(7 * day_ms);
  EXPECT_EQ(state_of(id), BALLOT_STATE_REJECTED) << "nobody speaks for the members";
}

class Movers : public Ballots {
 protected:
  static Genesis with_issuer() {
    auto made = genesis();
    testing_support::endow(made, testing_support::issuer_of_persons(), true, lbr, 0);
    return made;
  }
  Movers() : Ballots{with_issuer()} {}

  // Alice's first account is nobody's person from now on, erin's is hers.
  void move_to_erin() {
    auto const issuer = testing_support::issuer_of_persons();
    RevokeAttestation revoke;
    revoke.set_attestation(1);
    ASSERT_EQ(send(issuer, revoke), TX_STATUS_OK);
    Attest attest;
    attest.set_subject(erin_.address().str());
    attest.set_schema("identity");
    attest.set_data_hash(alice_.address().str());
    attest.set_expires_at_ms(chain_.time().value() + 300 * day_ms);
    ASSERT_EQ(send(issuer, attest), TX_STATUS_OK);
  }
};

TEST_F(Movers, HaveOneVoteHoweverManyAccountsTheyMoveThrough) {
  lock(alice_, 100 * lbr);
  lock(erin_, 100 * lbr);
  auto const id = submit(dave_, proposal());
  to_voting();
  ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  move_to_erin();
  EXPECT_EQ(vote(erin_, id, CHOICE_YES), TX_STATUS_NO_VOTING_WEIGHT);
  EXPECT_EQ(vote(alice_, id, CHOICE_NO), TX_STATUS_NO_VOTING_WEIGHT);
  auto const later = submit(dave_, proposal());
  to_voting();
  EXPECT_EQ(vote(erin_, later, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(ballot(later).tokens().tally().yes(), 100 * lbr);
}

}  // namespace
}  // namespace governance
