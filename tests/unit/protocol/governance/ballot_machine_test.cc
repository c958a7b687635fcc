// The life of a ballot: every row of the machine fired and refused.

#include "protocol/governance/ballot_machine.h"

#include <algorithm>

#include "protocol/bank/holders.h"
#include "protocol/execution/feature.h"
#include "tests/unit/protocol/governance/ballot_house.h"

namespace governance {
namespace {

TEST_F(Ballots, PassThroughTheTimelockAndChangeTheFee) {
  lock(alice_, 100 * lbr);
  auto const id = submit(alice_, fee_proposal(800));
  EXPECT_EQ(ballot(id).ballot_class(), BALLOT_CLASS_FEE);
  to_voting();
  ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  advance(7 * day_ms);
  EXPECT_EQ(state_of(id), BALLOT_STATE_TIMELOCK);
  EXPECT_EQ(free_of(alice_), endowment - 100 * lbr);  // The deposit is back.
  EXPECT_EQ(execution::parameter_of(chain_.state(), PARAMETER_CLIENT_FEE_BPS), 1000u);
  advance(2 * day_ms);
  EXPECT_EQ(state_of(id), BALLOT_STATE_EXECUTED);
  EXPECT_EQ(execution::parameter_of(chain_.state(), PARAMETER_CLIENT_FEE_BPS), 800u);
  EXPECT_EQ(ballot(id).ends_at_ms(), 0u);
}

TEST_F(Ballots, EndAsTheVotesSay) {
  struct Case {
    char const* name;
    Choice bobs;
    Choice carols;  // UNSPECIFIED: does not vote.
    BallotState want;
    bool returned;
    bool burnt;
  };
  // Alice holds 20 of 100 and votes yes, bob 40, carol 40.
  Case const cases[] = {
      {"nobody else comes", CHOICE_UNSPECIFIED, CHOICE_UNSPECIFIED, BALLOT_STATE_REJECTED, false,
       false},
      {"most agree", CHOICE_YES, CHOICE_NO, BALLOT_STATE_TIMELOCK, true, false},
      {"most do not", CHOICE_NO, CHOICE_NO, BALLOT_STATE_REJECTED, true, false},
      {"others abstain", CHOICE_ABSTAIN, CHOICE_ABSTAIN, BALLOT_STATE_TIMELOCK, true, false},
      {"a third vetoes", CHOICE_YES, CHOICE_VETO, BALLOT_STATE_VETOED, false, true},
  };
  lock(alice_, 20 * lbr);
  lock(bob_, 40 * lbr);
  lock(carol_, 40 * lbr);
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    TestChain::Fork const fork{chain_};
    auto const supply = chain_.find<Supply>(state::keys::supply(ASSET_LBR))->amount();
    auto const before = free_of(alice_);
    auto const id = submit(alice_, proposal());
    to_voting();
    ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
    if (row.bobs != CHOICE_UNSPECIFIED) {
      ASSERT_EQ(vote(bob_, id, row.bobs), TX_STATUS_OK);
    }
    if (row.carols != CHOICE_UNSPECIFIED) {
      ASSERT_EQ(vote(carol_, id, row.carols), TX_STATUS_OK);
    }
    advance(7 * day_ms);
    EXPECT_EQ(state_of(id), row.want);
    EXPECT_EQ(free_of(alice_), row.returned ? before : before - needed);
    auto const after = chain_.find<Supply>(state::keys::supply(ASSET_LBR))->amount();
    EXPECT_EQ(after, row.burnt ? supply - needed : supply);
    auto const treasury =
        bank::balance_of(chain_.state(), bank::treasury_address(), ASSET_LBR).value();
    EXPECT_EQ(treasury, row.returned || row.burnt ? 0 : needed);
  }
}

TEST_F(Ballots, ALateQuorumExtendsTheVotingOnce) {
  lock(alice_, 20 * lbr);
  lock(bob_, 80 * lbr);
  auto const id = submit(alice_, proposal());
  to_voting();
  auto const ends = ballot(id).ends_at_ms();
  ASSERT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  advance(ends - chain_.time().value() - 2 * day_ms - 5 * second_ms);
  {
    TestChain::Fork const fork{chain_};
    ASSERT_EQ(vote(bob_, id, CHOICE_YES), TX_STATUS_OK);
    EXPECT_EQ(ballot(id).ends_at_ms(), ends) << "in time for an answer";
  }
  advance(10 * second_ms);
  ASSERT_EQ(vote(bob_, id, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(ballot(id).ends_at_ms(), ends + 2 * day_ms);
  EXPECT_TRUE(ballot(id).extended());
  advance(2 * day_ms);
  ASSERT_EQ(vote(bob_, id, CHOICE_NO), TX_STATUS_OK);
  EXPECT_EQ(ballot(id).ends_at_ms(), ends + 2 * day_ms);
}

TEST_F(Ballots, WhatHasBecomeIllegalFailsAsAWhole) {
  lock(alice_, 100 * lbr);
  auto const first = submit(alice_, fee_proposal(1100));
  auto both = fee_proposal(1050);  // Legal now; not once the first has executed.
  both.mutable_actions()->mutable_parameters(0)->set_value(1100);
  auto& other = *both.mutable_actions()->add_parameters();
  other.set_parameter(PARAMETER_JOB_IDLE_MS);
  other.set_value(8 * day_ms);
  auto const lower = submit(alice_, fee_proposal(900));
  auto const second = submit(alice_, both);
  to_voting();
  ASSERT_EQ(vote(alice_, first, CHOICE_NO), TX_STATUS_OK);
  ASSERT_EQ(vote(alice_, lower, CHOICE_YES), TX_STATUS_OK);
  ASSERT_EQ(vote(alice_, second, CHOICE_YES), TX_STATUS_OK);
  advance(7 * day_ms);
  advance(2 * day_ms);
  EXPECT_EQ(state_of(first), BALLOT_STATE_REJECTED);
  EXPECT_EQ(state_of(lower), BALLOT_STATE_EXECUTED);
  EXPECT_EQ(state_of(second), BALLOT_STATE_FAILED);
  EXPECT_EQ(execution::parameter_of(chain_.state(), PARAMETER_CLIENT_FEE_BPS), 900u);
  EXPECT_EQ(execution::parameter_of(chain_.state(), PARAMETER_JOB_IDLE_MS), 30 * day_ms);
}

TEST_F(Ballots, EveryRowOfTheMachineIsFired) {
  chain_.tamper([](state::Overlay& overlay) {
    Features features;
    features.add_features()->set_number(
        static_cast<std::uint32_t>(execution::Feature::votes_leave));
    overlay.put(state::key_of(features), canonical::encode(features));
  });
  lock(alice_, 20 * lbr);
  lock(bob_, 40 * lbr);
  lock(carol_, 40 * lbr);
  submit(alice_, proposal(needed / 20));
  auto const ignored = submit(alice_, proposal(needed / 2));
  ASSERT_EQ(add(bob_, ignored, needed / 2), TX_STATUS_OK);
  auto const vetoed_one = submit(alice_, proposal());
  auto const rejected_one = submit(alice_, proposal());
  auto const lowering = submit(alice_, fee_proposal(900));
  auto const raising = submit(bob_, fee_proposal(1000));
  auto higher = fee_proposal(1100);
  auto const too_high = submit(bob_, higher);
  to_voting();
  for (auto const* const who : {&bob_, &carol_}) {
    ASSERT_EQ(vote(*who, vetoed_one, CHOICE_VETO), TX_STATUS_OK);
    ASSERT_EQ(vote(*who, rejected_one, CHOICE_NO), TX_STATUS_OK);
    for (auto const id : {lowering, raising, too_high}) {
      ASSERT_EQ(vote(*who, id, CHOICE_YES), TX_STATUS_OK);
    }
  }
  advance(7 * day_ms);
  advance(2 * day_ms);
  EXPECT_EQ(state_of(too_high), BALLOT_STATE_FAILED);
  EXPECT_EQ(agenda_of(chain_.state()).ballots_size(), 0);
  advance(90 * day_ms);

  std::set<std::string> rows;
  for (auto const& row : ballot_machine().rows) rows.insert(ballot_machine().cause(row.act));
  EXPECT_EQ(causes_, rows);
}

TEST_F(Ballots, EveryMessageIsRefusedFromEveryStateWithoutARow) {
  lock(alice_, 100 * lbr);
  auto const id = submit(bob_, proposal(needed / 2));
  auto record = ballot(id);
  record.set_ends_at_ms(chain_.time().value() + day_ms);
  record.set_snapshot_enrolment(10);  // As on the agenda.
  for (int number = BALLOT_STATE_DEPOSIT; number <= BallotState_MAX; ++number) {
    record.set_state(static_cast<BallotState>(number));
    for (std::string_view const act : {"add_deposit", "vote"}) {
      SCOPED_TRACE(BallotState_Name(record.state()) + " " + std::string{act});
      auto const allowed = std::ranges::any_of(ballot_machine().rows, [&](auto const& row) {
        return row.act == act && row.from == record.state();
      });
      state::Overlay overlay{std::make_shared<testing_support::MemoryState>(chain_.values())};
      execution::Context context{overlay, {.height = {}, .time = chain_.time()}, alice_.address()};
      auto copy = record;
      CastVote yes;
      yes.set_choice(CHOICE_YES);
      BallotAct subject{.context = context, .ballot = copy, .deposit = needed / 4, .vote = &yes};
      auto const fired = ballot_machine().run(act, copy.state(), subject);
      ASSERT_EQ(fired.has_value(), allowed);
      if (!allowed) {
        EXPECT_EQ(fired.error().status, TX_STATUS_WRONG_STATE);
      }
    }
  }
}

}  // namespace
}  // namespace governance
