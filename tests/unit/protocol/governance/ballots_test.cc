// Messages about ballots: what is refused, in order; what counts.

#include <algorithm>
#include <functional>

#include "protocol/governance/ballot_machine.h"
#include "protocol/governance/tally.h"
#include "protocol/limits.h"
#include "tests/unit/protocol/governance/ballot_house.h"

namespace governance {
namespace {

namespace limits = protocol::limits;

TEST_F(Ballots, SubmittingIsRefusedInOrderOfPrecedence) {
  struct Case {
    char const* name;
    TxStatus want;
    std::function<void(SubmitBallot&)> change;
  };
  auto const set = [](SubmitBallot& message, Parameter parameter, std::uint64_t value) {
    auto& change = *message.mutable_actions()->add_parameters();
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

TEST_F(Ballots, WithAPartOfADepositKeepNobodyElseFromAsking) {
  for (std::size_t i = 0; i <= limits::open_ballots_max; ++i) {
    submit(alice_, proposal(needed / 20));
  }
  submit(bob_, proposal());
  advance(14 * day_ms);
  EXPECT_EQ(free_of(alice_), endowment);
}

TEST_F(Ballots, AsManyAsPeopleCanFollowAreBeforeTheOwnersAtOnce) {
  auto const gathering = submit(alice_, proposal(needed / 2));
  auto const first = submit(bob_, proposal());
  auto const open = [&] { return agenda_of(chain_.state()).ballots_size(); };
  EXPECT_EQ(open(), 1);
  auto full = agenda_of(chain_.state());
  while (std::cmp_less(full.ballots_size(), limits::open_ballots_max)) {
    full.add_ballots(1000 + static_cast<std::uint64_t>(full.ballots_size()));
  }
  chain_.tamper_with(full);
  EXPECT_EQ(send(carol_, proposal()), TX_STATUS_TOO_MANY_BALLOTS);
  EXPECT_EQ(add(carol_, gathering, needed / 2), TX_STATUS_TOO_MANY_BALLOTS);
  EXPECT_EQ(free_of(carol_), endowment);
  EXPECT_EQ(add(carol_, gathering, needed / 4), TX_STATUS_OK);
  advance(7 * day_ms);
  advance(7 * day_ms);
  EXPECT_EQ(state_of(first), BALLOT_STATE_REJECTED);
  EXPECT_EQ(open(), static_cast<int>(limits::open_ballots_max) - 1);
}

TEST_F(Ballots, WhoseDepositNeverCameTogetherLeaveTheStateAndOthersStay) {
  auto const lapsed = submit(alice_, proposal(needed / 2));
  auto const ignored = submit(bob_, proposal());
  advance(14 * day_ms);
  ASSERT_EQ(state_of(lapsed), BALLOT_STATE_REJECTED);
  advance(limits::over_kept_ms - second_ms);
  EXPECT_EQ(state_of(lapsed), BALLOT_STATE_REJECTED);
  advance(second_ms);
  EXPECT_FALSE(chain_.find<Ballot>(state::keys::ballot(lapsed)));
  EXPECT_EQ(state_of(ignored), BALLOT_STATE_REJECTED);
  EXPECT_EQ(ballot(ignored).ends_at_ms(), 0u);
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
  EXPECT_EQ(ballot(id).tokens().eligible(), 100 * lbr);
  to_voting();
  EXPECT_EQ(vote(carol_, id, CHOICE_YES), TX_STATUS_NO_VOTING_WEIGHT);
  EXPECT_EQ(vote(dave_, id, CHOICE_YES), TX_STATUS_NO_VOTING_WEIGHT);
  EXPECT_EQ(vote(alice_, id, CHOICE_YES), TX_STATUS_OK);
  EXPECT_EQ(ballot(id).tokens().tally().yes(), 100 * lbr);
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
  EXPECT_EQ(ballot(id).tokens().eligible(), 100 * lbr);
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
    EXPECT_EQ(cast(ballot(id).tokens().tally()), 100 * lbr);
  }
  EXPECT_EQ(vote(bob_, id, CHOICE_NO), TX_STATUS_OK);
  EXPECT_EQ(ballot(id).tokens().tally().yes(), 100 * lbr);
  EXPECT_EQ(ballot(id).tokens().tally().no(), 70 * lbr);
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

}  // namespace
}  // namespace governance
