// Evidence on a whole chain: what costs a validator its seat, and what does not.

#include "protocol/validators/vote.h"
#include "tests/unit/protocol/validators/validator_house.h"

namespace validators {
namespace {

TEST_F(SeatsOfSeven, OfOffendersGoBeforeAllThatWaits) {
  for (std::uint64_t i = 1; i <= 2; ++i) {
    ASSERT_EQ(send(Person{first_operator + i}, rotation(first_key + i, i)), TX_STATUS_OK);
  }
  chain_.block({chain_.transaction(Person{first_operator + 1}, {message(readiness(new_key + 1))}),
                chain_.transaction(Person{first_operator + 2}, {message(readiness(new_key + 2))}),
                chain_.transaction(owner_, {message(double_vote(first_key))})});
  EXPECT_EQ(epoch(), Epoch{1});
  EXPECT_EQ(state_of(first_key), SEAT_STATE_GONE);
  EXPECT_GT(seat(first_key).offended_height(), 0u);
  EXPECT_EQ(set().validators_size(), 6);
  EXPECT_TRUE(keys_of_set().contains(key(new_key + 1)));
  EXPECT_FALSE(keys_of_set().contains(key(new_key + 2))) << "two changes were made";
  chain_.block({});
  EXPECT_TRUE(keys_of_set().contains(key(new_key + 2)));
}

TEST_F(Seats, OfAnOffenderAreKeptUntilAnotherTakesItsPlace) {
  ASSERT_EQ(send(owner_, double_vote(first_key)), TX_STATUS_OK);
  EXPECT_EQ(state_of(first_key), SEAT_STATE_OFFENDED);
  EXPECT_EQ(epoch(), Epoch{0});
  auto const seen = [](Event const& event) {
    return event.record_changed().cause() == "seat.offend";
  };
  EXPECT_EQ(std::ranges::count_if(events_, seen), 1);

  EXPECT_EQ(send(owner_, double_vote(first_key)), TX_STATUS_ALREADY_OFFENDED);
  EXPECT_EQ(send(Person{first_operator}, rotation(first_key, 1)), TX_STATUS_ALREADY_OFFENDED);
  ASSERT_EQ(decide(admission(0, "replacement")), BALLOT_STATE_EXECUTED);
  ASSERT_EQ(send(owner_, readiness(new_key)), TX_STATUS_OK);
  chain_.block({});
  EXPECT_EQ(state_of(first_key), SEAT_STATE_GONE);
  EXPECT_EQ(set().validators_size(), 4);
}

TEST_F(Seats, AreLostForVotesThatNoHonestValidatorCastsAndForNoOthers) {
  using enum consensus::VoteKind;
  struct Case {
    std::string_view what;
    consensus::Statement first;
    consensus::Statement second;
    TxStatus status;
  };
  auto other_view = statement(nullify);
  other_view.view = protocol::View{6};
  auto other_parent = statement(notarize, 'a');
  other_parent.parent_view = protocol::View{1};
  std::vector<Case> const cases = {
      {"twice the same", statement(finalize, 'a'), statement(finalize, 'a'), TX_STATUS_NO_OFFENCE},
      {"both of one block", statement(notarize, 'a'), statement(finalize, 'a'),
       TX_STATUS_NO_OFFENCE},
      {"another block finalized than voted for", statement(notarize, 'a'), statement(finalize, 'b'),
       TX_STATUS_NO_OFFENCE},
      {"a vote, then a time-out", statement(notarize, 'a'), statement(nullify),
       TX_STATUS_NO_OFFENCE},
      {"two views", statement(finalize, 'a'), other_view, TX_STATUS_NO_OFFENCE},
      {"two blocks", statement(notarize, 'a'), statement(notarize, 'b'), TX_STATUS_OK},
      {"one block on two parents", statement(notarize, 'a'), other_parent, TX_STATUS_OK},
      {"two blocks final", statement(finalize, 'a'), statement(finalize, 'b'), TX_STATUS_OK},
      {"skipped and final", statement(nullify), statement(finalize, 'a'), TX_STATUS_OK},
      {"final and skipped", statement(finalize, 'a'), statement(nullify), TX_STATUS_OK},
  };
  for (auto const& [what, first, second, status] : cases) {
    SCOPED_TRACE(what);
    TestChain::Fork const fork{chain_};
    EXPECT_EQ(send(owner_, evidence(vote(first_key, first), vote(first_key, second))), status);
    auto const state = status == TX_STATUS_OK ? SEAT_STATE_OFFENDED : SEAT_STATE_SEATED;
    EXPECT_EQ(state_of(first_key), state);
  }
}

TEST_F(Seats, AreNotLostForFalseEvidence) {
  using enum consensus::VoteKind;
  auto const skip = vote(first_key, statement(nullify));
  auto const end = vote(first_key, statement(finalize, 'a'));
  auto forged = end;
  forged.back() = static_cast<char>(forged.back() ^ 1);
  auto later = statement(nullify);
  later.epoch = Epoch{1};
  auto later_end = statement(finalize, 'a');
  later_end.epoch = Epoch{1};
  auto const outside = [](std::string bytes) {
    bytes[bytes.size() - 65] = 4;  // The voter's index.
    return bytes;
  };
  auto unknown_kind = skip;
  unknown_kind[16] = 4;

  EXPECT_EQ(send(owner_, evidence(skip, forged)), TX_STATUS_BAD_VOTE_SIGNATURE);
  EXPECT_EQ(send(owner_, evidence(forged, skip)), TX_STATUS_BAD_VOTE_SIGNATURE);
  EXPECT_EQ(send(owner_, evidence(skip, vote(first_key + 1, statement(finalize, 'a')))),
            TX_STATUS_NO_OFFENCE);
  EXPECT_EQ(send(owner_, evidence(vote(first_key, later), vote(first_key, later_end))),
            TX_STATUS_EPOCH_NOT_FOUND);
  EXPECT_EQ(send(owner_, evidence(outside(skip), outside(end))), TX_STATUS_VALIDATOR_NOT_FOUND);
  for (auto const& bytes :
       {std::string{}, skip + 'x', skip.substr(1), end.substr(0, end.size() - 1), unknown_kind}) {
    EXPECT_EQ(send(owner_, evidence(bytes, end)), TX_STATUS_INVALID_VOTE);
    EXPECT_EQ(send(owner_, evidence(end, bytes)), TX_STATUS_INVALID_VOTE);
  }
  EXPECT_EQ(state_of(first_key), SEAT_STATE_SEATED);
}

TEST_F(Seats, AreNotLostForVotesByAKeyGivenUp) {
  auto const old = double_vote(first_key);
  ASSERT_EQ(send(Person{first_operator}, rotation(first_key, 0)), TX_STATUS_OK);
  {
    TestChain::Fork const fork{chain_};
    EXPECT_EQ(send(owner_, old), TX_STATUS_OK) << "registering other keys is no way out";
  }
  ASSERT_EQ(send(owner_, readiness(new_key)), TX_STATUS_OK);
  EXPECT_EQ(send(owner_, old), TX_STATUS_EVIDENCE_STALE);
  EXPECT_EQ(state_of(new_key), SEAT_STATE_SEATED);
}

}  // namespace
}  // namespace validators
