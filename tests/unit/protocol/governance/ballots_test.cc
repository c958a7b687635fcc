// Ballots: every message refused in order, every row of the machine fired and refused.

#include "protocol/governance/ballots.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "protocol/bank/account.h"
#include "protocol/bank/conservation.h"
#include "protocol/bank/holders.h"
#include "protocol/codec/canonical.h"
#include "protocol/governance/ballot_machine.h"
#include "protocol/governance/tally.h"
#include "protocol/limits.h"
#include "tests/support/test_chain.h"

namespace governance {
namespace {

using namespace labor::v1;  // NOLINT: statuses, choices and states by name.
using testing_support::day_ms;
using testing_support::lbr;
using testing_support::message;
using testing_support::Person;
using testing_support::second_ms;
using testing_support::TestChain;

namespace limits = protocol::limits;

constexpr std::uint64_t needed = 1000 * lbr;
constexpr std::uint64_t endowment = 10'000 * lbr;

class Ballots : public testing::Test {
 protected:
  static Genesis genesis() {
    auto made = testing_support::test_genesis();
    for (std::uint64_t i = 1; i <= 4; ++i) {
      testing_support::endow(made, Person{i}, true, endowment, 0);
    }
    return made;
  }

  Receipt run(Person const& who, Message const& inner) {
    auto receipt = chain_.send(who, {inner});
    note(receipt.events());
    return receipt;
  }
  template <class M>
  TxStatus send(Person const& who, M const& inner) {
    return run(who, message(inner)).status();
  }

  void advance(std::uint64_t ms) {
    chain_.advance(ms);
    note(chain_.last().events.begin());
  }

  void note(google::protobuf::RepeatedPtrField<Event> const& events) {
    for (auto const& event : events) {
      auto const& changed = event.record_changed();
      if (changed.record().has_ballot()) causes_.insert(changed.cause());
    }
  }

  void lock(Person const& who, std::uint64_t amount, std::uint64_t days = 60) {
    LockTokens tokens;
    tokens.set_amount(amount);
    tokens.set_until_ms(chain_.time().value() + days * day_ms);
    ASSERT_EQ(send(who, tokens), TX_STATUS_OK);
  }

  static SubmitBallot proposal(std::uint64_t deposit = needed) {
    SubmitBallot made;
    made.set_title("Lower the fee");
    made.set_deposit(deposit);
    return made;
  }
  static SubmitBallot fee_proposal(std::uint64_t bps) {
    auto made = proposal();
    auto& change = *made.add_changes();
    change.set_parameter(PARAMETER_CLIENT_FEE_BPS);
    change.set_value(bps);
    return made;
  }

  std::uint64_t submit(Person const& who, SubmitBallot const& inner) {
    auto const receipt = run(who, message(inner));
    EXPECT_EQ(receipt.status(), TX_STATUS_OK) << TxStatus_Name(receipt.status());
    return receipt.created_ids_size() == 1 ? receipt.created_ids(0) : 0;
  }

  TxStatus vote(Person const& who, std::uint64_t id, Choice choice) {
    CastVote inner;
    inner.set_ballot(id);
    inner.set_choice(choice);
    return send(who, inner);
  }

  TxStatus add(Person const& who, std::uint64_t id, std::uint64_t amount) {
    AddDeposit inner;
    inner.set_ballot(id);
    inner.set_amount(amount);
    return send(who, inner);
  }

  Ballot ballot(std::uint64_t id) const {
    return chain_.find<Ballot>(state::keys::ballot(id)).value();
  }
  BallotState state_of(std::uint64_t id) const { return ballot(id).state(); }
  std::uint64_t free_of(Person const& who) const {
    return bank::balance_of(chain_.state(), who.address(), ASSET_LBR).value();
  }
  void to_voting() { advance(7 * day_ms); }

  Person const alice_{1};
  Person const bob_{2};
  Person const carol_{3};
  Person const dave_{4};  // Never locks.
  TestChain chain_{genesis()};
  std::set<std::string> causes_;
};

TEST_F(Ballots, SubmittingIsRefusedInOrderOfPrecedence) {
  struct Case {
    char const* name;
    TxStatus want;
    std::function<void(SubmitBallot&)> change;
  };
  auto const set = [](SubmitBallot& message, Parameter parameter, std::uint64_t value) {
    auto& change = *message.add_changes();
    change.set_parameter(parameter);
    change.set_value(value);
  };
  Case const cases[] = {
      {"a short hash and no title", TX_STATUS_INVALID_HASH,
       [](auto& m) {
         m.set_document_hash("short");
         m.clear_title();
       }},
      {"a long title", TX_STATUS_TEXT_TOO_LONG,
       [](auto& m) { m.set_title(std::string(limits::title_bytes_max + 1, 't')); }},
      {"a long summary and no title", TX_STATUS_TEXT_TOO_LONG,
       [](auto& m) {
         m.set_summary(std::string(limits::summary_bytes_max + 1, 's'));
         m.clear_title();
       }},
      {"no title, too many changes", TX_STATUS_TEXT_MISSING,
       [&](auto& m) {
         m.clear_title();
         for (int i = 0; i < 17; ++i) set(m, PARAMETER_JOB_IDLE_MS, 1);
       }},
      {"too many changes", TX_STATUS_TOO_MANY_CHANGES,
       [&](auto& m) {
         for (int i = 0; i < 17; ++i) set(m, PARAMETER_JOB_IDLE_MS, 1);
       }},
      {"the same parameter twice", TX_STATUS_PARAMETER_TWICE,
       [&](auto& m) {
         set(m, PARAMETER_JOB_IDLE_MS, 30 * day_ms);
         set(m, PARAMETER_JOB_IDLE_MS, 1);
       }},
      {"no parameter", TX_STATUS_UNKNOWN_PARAMETER,
       [&](auto& m) { set(m, PARAMETER_UNSPECIFIED, 1); }},
      {"out of bounds", TX_STATUS_PARAMETER_OUT_OF_BOUNDS,
       [&](auto& m) {
         set(m, PARAMETER_CLIENT_FEE_BPS, 1501);
         m.set_deposit(0);
       }},
      {"the fee rises too fast", TX_STATUS_FEE_RISES_TOO_FAST,
       [&](auto& m) {
         set(m, PARAMETER_CLIENT_FEE_BPS, 1101);
         m.set_deposit(0);
       }},
      {"no deposit", TX_STATUS_DEPOSIT_TOO_SMALL, [](auto& m) { m.set_deposit(0); }},
      {"less than a twentieth", TX_STATUS_DEPOSIT_TOO_SMALL,
       [](auto& m) { m.set_deposit(needed / 20 - 1); }},
      {"too much", TX_STATUS_DEPOSIT_TOO_LARGE, [](auto& m) { m.set_deposit(needed + 1); }},
      {"a twentieth", TX_STATUS_OK, [](auto& m) { m.set_deposit(needed / 20); }},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    auto inner = proposal();
    row.change(inner);
    EXPECT_EQ(send(alice_, inner), row.want);
  }
  ASSERT_EQ(send(bob_, testing_support::transfer(alice_, endowment - lbr)), TX_STATUS_OK);
  EXPECT_EQ(send(bob_, proposal()), TX_STATUS_INSUFFICIENT_BALANCE);
}

TEST_F(Ballots, AsManyAsPeopleCanFollowAreOpenAtOnce) {
  for (std::size_t i = 0; i < limits::open_ballots_max; ++i) {
    submit(alice_, proposal(needed / 20));
  }
  EXPECT_EQ(send(bob_, proposal()), TX_STATUS_TOO_MANY_BALLOTS);
  advance(14 * day_ms);
  EXPECT_EQ(free_of(alice_), endowment);
  submit(bob_, proposal());
}

TEST_F(Ballots, ADepositIsCompletedByMany) {
  auto const id = submit(alice_, proposal(needed / 2));
  EXPECT_EQ(state_of(id), BALLOT_STATE_DEPOSIT);
  EXPECT_EQ(add(bob_, id, 0), TX_STATUS_INVALID_AMOUNT);
  EXPECT_EQ(add(bob_, 99, 1), TX_STATUS_BALLOT_NOT_FOUND);
  EXPECT_EQ(add(bob_, id, needed / 20 - 1), TX_STATUS_DEPOSIT_TOO_SMALL);
  EXPECT_EQ(add(bob_, id, needed / 2 + 1), TX_STATUS_DEPOSIT_TOO_LARGE);
  EXPECT_EQ(add(bob_, id, needed / 2 - 1), TX_STATUS_OK);
  EXPECT_EQ(state_of(id), BALLOT_STATE_DEPOSIT);
  EXPECT_EQ(add(bob_, id, 1), TX_STATUS_OK);  // All that lacks, however little.
  EXPECT_EQ(state_of(id), BALLOT_STATE_REVIEW);
  EXPECT_EQ(add(bob_, id, needed / 20), TX_STATUS_WRONG_STATE);
  EXPECT_EQ(ballot(id).deposit(), needed);
  EXPECT_EQ(ballot(id).depositors_size(), 2);
}

TEST_F(Ballots, ADepositThatStaysIncompleteIsReturnedAfterFourteenDays) {
  auto const id = submit(alice_, proposal(needed / 2));
  ASSERT_EQ(add(bob_, id, needed / 4), TX_STATUS_OK);
  auto const left = ballot(id).ends_at_ms() - chain_.time().value();
  advance(left - 1);
  EXPECT_EQ(state_of(id), BALLOT_STATE_DEPOSIT);
  advance(second_ms);
  EXPECT_EQ(state_of(id), BALLOT_STATE_REJECTED);
  EXPECT_EQ(free_of(alice_), endowment);
  EXPECT_EQ(free_of(bob_), endowment);
  EXPECT_FALSE(chain_.find<DepositShare>(state::keys::deposit_share(id, bob_.address())));
  EXPECT_EQ(add(carol_, id, needed / 4), TX_STATUS_WRONG_STATE);
}

TEST_F(Ballots, OnlyLocksMadeBeforeAndLastingBeyondItCount) {
  lock(alice_, 100 * lbr);
  lock(alice_, 50 * lbr, 31);  // Ends before the latest possible execution.
  auto const id = submit(bob_, proposal());
  lock(alice_, 500 * lbr);  // Too late.
  lock(carol_, 900 * lbr);
  EXPECT_EQ(ballot(id).eligible(), 100 * lbr);
  to_voting();
  EXPECT_EQ(vote(carol_, id, CHOICE_YES), TX_STATUS_NO_VOTING_WEIGHT);
  EXPECT_EQ(vote(dave_, id, CHOICE_YES), TX_STATUS_NO_VOTING_WEIGHT);
  EXPECT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(ballot(id).tally().yes(), 100 * lbr);
}

TEST_F(Ballots, ALockOfTheSameBlockCountsOnlyIfItCameFirst) {
  lock(alice_, 100 * lbr);
  LockTokens late;
  late.set_amount(400 * lbr);
  late.set_until_ms(chain_.time().value() + 60 * day_ms);
  chain_.block({chain_.transaction(bob_, {message(proposal())}),
                chain_.transaction(carol_, {message(late)})});
  auto const& receipts = chain_.last().receipts;
  ASSERT_EQ(receipts.size(), 2u);
  ASSERT_EQ(receipts[0].created_ids_size(), 1);
  auto const id = receipts[0].created_ids(0);
  EXPECT_EQ(ballot(id).eligible(), 100 * lbr);
  to_voting();
  EXPECT_EQ(vote(carol_, id, CHOICE_YES), TX_STATUS_NO_VOTING_WEIGHT);
}

TEST_F(Ballots, ALaterVoteReplacesTheEarlier) {
  lock(alice_, 100 * lbr);
  lock(bob_, 70 * lbr);
  auto const id = submit(alice_, proposal());
  EXPECT_EQ(vote(alice_, id, CHOICE_UNSPECIFIED), TX_STATUS_INVALID_CHOICE);
  EXPECT_EQ(vote(alice_, 99, CHOICE_YES), TX_STATUS_BALLOT_NOT_FOUND);
  EXPECT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_WRONG_STATE);  // Still in review.
  to_voting();
  for (auto const choice : {CHOICE_YES, CHOICE_NO, CHOICE_VETO, CHOICE_ABSTAIN, CHOICE_YES}) {
    EXPECT_EQ(vote(alice_, id, choice), TX_STATUS_OK);
    EXPECT_EQ(cast(ballot(id).tally()), 100 * lbr);
  }
  EXPECT_EQ(vote(bob_, id, CHOICE_NO), TX_STATUS_OK);
  EXPECT_EQ(ballot(id).tally().yes(), 100 * lbr);
  EXPECT_EQ(ballot(id).tally().no(), 70 * lbr);
}

TEST_F(Ballots, AVoteAtTheDeadlineIsTooLate) {
  lock(alice_, 100 * lbr);
  auto const id = submit(alice_, proposal());
  to_voting();
  auto const left = ballot(id).ends_at_ms() - chain_.time().value();
  advance(left - 2 * second_ms);
  auto const on_time = chain_.transaction(alice_, {message([&] {
                                            CastVote inner;
                                            inner.set_ballot(id);
                                            inner.set_choice(CHOICE_NO);
                                            return inner;
                                          }())});
  // Not fired yet: the guard itself compares block time.
  state::Overlay overlay{std::make_shared<testing_support::MemoryState>(chain_.values())};
  auto const at = [&](std::uint64_t ms) {
    execution::Context context{
        overlay, {.height = {}, .time = protocol::TimeMs{ms}}, alice_.address()};
    auto const done = apply(context, on_time->body().messages(0).cast_vote());
    return done ? TX_STATUS_OK : done.error().status;
  };
  EXPECT_EQ(at(ballot(id).ends_at_ms()), TX_STATUS_DEADLINE_PASSED);
  EXPECT_EQ(at(ballot(id).ends_at_ms() - 1), TX_STATUS_OK);
}

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
  both.mutable_changes(0)->set_value(1100);
  auto& other = *both.add_changes();
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

  std::set<std::string> rows;
  for (auto const& row : ballot_machine().rows) rows.insert(ballot_machine().cause(row.act));
  EXPECT_EQ(causes_, rows);
}

TEST_F(Ballots, EveryMessageIsRefusedFromEveryStateWithoutARow) {
  lock(alice_, 100 * lbr);
  auto const id = submit(bob_, proposal(needed / 2));
  auto record = ballot(id);
  record.set_ends_at_ms(chain_.time().value() + day_ms);
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
      BallotAct subject{
          .context = context, .ballot = copy, .deposit = needed / 4, .choice = CHOICE_YES};
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
