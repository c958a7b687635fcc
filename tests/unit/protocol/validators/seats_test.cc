// Seats on a whole chain: ballots, Ready and rotation as transactions, boundaries as blocks. Every
// block is built by one replica and executed from its bytes by another.

#include "protocol/validators/seats.h"

#include <array>

#include "tests/unit/protocol/validators/validator_house.h"

namespace validators {
namespace {

TEST_F(Seats, TheGenesisGivesEveryValidatorOne) {
  EXPECT_EQ(set().validators_size(), 4);
  for (std::uint64_t i = 0; i < 4; ++i) {
    EXPECT_EQ(state_of(first_key + i), SEAT_STATE_SEATED);
    EXPECT_EQ(seat(first_node_key + i).id(), seat(first_key + i).id());
  }
}

TEST_F(Seats, AreTakenAtABoundaryOnceTheirKeyIsReady) {
  ASSERT_EQ(decide(admission(0, "newcomer")), BALLOT_STATE_EXECUTED);
  EXPECT_EQ(state_of(new_key), SEAT_STATE_ADMITTED);
  chain_.advance(0);
  EXPECT_EQ(epoch(), Epoch{0}) << "an admission alone ends no epoch";

  ASSERT_EQ(send(owner_, readiness(new_key)), TX_STATUS_OK);
  auto const& boundary = chain_.last();
  ASSERT_TRUE(boundary.next_set.has_value());
  EXPECT_EQ(boundary.header.next_set_hash(), hash_of(*boundary.next_set).str());
  EXPECT_EQ(boundary.header.epoch(), 0u);
  EXPECT_EQ(epoch(), Epoch{1});
  EXPECT_EQ(boundary.next_set->validators_size(), 5);
  EXPECT_EQ(boundary.next_set->first_height(), boundary.header.height() + 1);
  EXPECT_TRUE(std::ranges::is_sorted(boundary.next_set->validators(), {},
                                     [](auto const& v) { return v.consensus_key(); }));
  EXPECT_EQ(state_of(new_key), SEAT_STATE_SEATED);

  auto const& child = chain_.block({});
  EXPECT_EQ(child.header.epoch(), 1u);
  EXPECT_FALSE(child.next_set.has_value());
  EXPECT_EQ(set_of_epoch(chain_.state(), Epoch{0})->validators_size(), 4) << "kept for evidence";
}

TEST_F(Seats, AreReadyByABlockOfTheLast256Only) {
  ASSERT_EQ(decide(admission(0, "newcomer")), BALLOT_STATE_EXECUTED);
  auto const early = readiness(new_key);
  for (int i = 0; i < 255; ++i) chain_.block({});
  EXPECT_EQ(send(owner_, early), TX_STATUS_OK) << "the 256th";
}

TEST_F(Seats, AreNotReadyByABlockThatIsOlder) {
  ASSERT_EQ(decide(admission(0, "newcomer")), BALLOT_STATE_EXECUTED);
  auto const early = readiness(new_key);
  for (int i = 0; i < 256; ++i) chain_.block({});
  EXPECT_EQ(send(owner_, early), TX_STATUS_BLOCK_NOT_RECENT);
  EXPECT_EQ(send(owner_, readiness(new_key)), TX_STATUS_OK);
}

TEST_F(Seats, AreNotLeftWhereFewerThanFourWouldRemain) {
  ASSERT_EQ(decide(removal(first_key)), BALLOT_STATE_EXECUTED);
  chain_.advance(0);
  EXPECT_EQ(state_of(first_key), SEAT_STATE_LEAVING);
  EXPECT_EQ(epoch(), Epoch{0});

  ASSERT_EQ(decide(admission(0, "replacement")), BALLOT_STATE_EXECUTED);
  ASSERT_EQ(send(owner_, readiness(new_key)), TX_STATUS_OK);
  EXPECT_EQ(set().validators_size(), 5);
  chain_.block({});
  EXPECT_EQ(epoch(), Epoch{2});
  EXPECT_EQ(set().validators_size(), 4);
  EXPECT_FALSE(keys_of_set().contains(key(first_key)));
  EXPECT_EQ(state_of(first_key), SEAT_STATE_GONE);
}

TEST_F(Seats, TurnToNewKeysAtABoundary) {
  Person const its_operator{first_operator};
  ASSERT_EQ(send(its_operator, rotation(first_key, 0)), TX_STATUS_OK);
  EXPECT_TRUE(keys_of_set().contains(key(first_key)));
  ASSERT_EQ(send(owner_, readiness(new_key)), TX_STATUS_OK);
  EXPECT_EQ(epoch(), Epoch{1});
  EXPECT_FALSE(keys_of_set().contains(key(first_key)));
  EXPECT_TRUE(keys_of_set().contains(key(new_key)));
  EXPECT_EQ(seat(new_key).validator().node_key(), key(new_node_key));
  EXPECT_EQ(set().validators_size(), 4);
}

// Whoever replays the events would else have the seat as the transaction left it.
TEST_F(Seats, TellOfABoundaryAfterTheTransactionsOfItsBlock) {
  Person const its_operator{first_operator};
  EXPECT_EQ(send(its_operator, rotation(first_key, 0)), TX_STATUS_OK);
  auto const ready = readiness(new_key);
  EXPECT_EQ(send(its_operator, ready), TX_STATUS_OK);
  ASSERT_TRUE(chain_.last().next_set.has_value());
  EXPECT_EQ(chain_.last().events.begin_size(), 0);
  std::vector<std::string> causes;
  for (auto const& event : chain_.last().events.end()) {
    causes.push_back(event.record_changed().cause());
  }
  EXPECT_NE(std::ranges::find(causes, "seat.turn"), causes.end());
}

TEST_F(Seats, NeverUseAKeyAgain) {
  Person const its_operator{first_operator};
  ASSERT_EQ(send(its_operator, rotation(first_key, 0)), TX_STATUS_OK);
  ASSERT_EQ(send(owner_, readiness(new_key)), TX_STATUS_OK);
  auto back = rotation(new_key, 1);
  back.set_new_consensus_key(key(first_key));
  back.set_proof(sign(first_key, rotation_bytes(chain_.chain().hash(), back)));
  EXPECT_EQ(send(its_operator, back), TX_STATUS_VALIDATOR_KEY_TAKEN);
  EXPECT_EQ(propose(admission(0, "thief")), TX_STATUS_VALIDATOR_KEY_TAKEN);
}

TEST_F(SeatsOfSeven, ChangeAtMostAFaultyNumberInAnEpoch) {
  std::vector<execution::CheckedPtr> ready;
  for (std::uint64_t i = 0; i < 3; ++i) {
    ASSERT_EQ(send(Person{first_operator + i}, rotation(first_key + i, i)), TX_STATUS_OK);
  }
  for (std::uint64_t i = 0; i < 3; ++i) {
    ready.push_back(
        chain_.transaction(Person{first_operator + i}, {message(readiness(new_key + i))}));
  }
  chain_.block(ready);
  auto const turned = [&] {
    auto const keys = keys_of_set();
    return std::array{keys.contains(key(new_key)), keys.contains(key(new_key + 1)),
                      keys.contains(key(new_key + 2))};
  };
  EXPECT_EQ(epoch(), Epoch{1});
  EXPECT_EQ(turned(), (std::array{true, true, false})) << "in the order in which they were ready";
  chain_.block({});
  EXPECT_EQ(epoch(), Epoch{2});
  EXPECT_EQ(turned(), (std::array{true, true, true}));
  chain_.block({});
  EXPECT_EQ(epoch(), Epoch{2}) << "nothing waits any more";
}

TEST_F(Seats, AreRefusedABallotThatCouldNotBeExecuted) {
  auto const with = [](auto change) {
    auto changes = admission(0, "newcomer");
    change(*changes.Mutable(0)->mutable_admit()->mutable_validator());
    return changes;
  };
  auto twice = admission(0, "one");
  *twice.Add() = admission(0, "two").Get(0);
  auto same_name = admission(0, "one");
  *same_name.Add() = admission(1, "one").Get(0);
  auto removed_twice = removal(first_key);
  *removed_twice.Add() = removal(first_node_key).Get(0);
  Changes nothing;
  nothing.Add();

  EXPECT_EQ(propose(with([](Validator& v) { v.set_operator_("x"); })), TX_STATUS_INVALID_ADDRESS);
  EXPECT_EQ(propose(with([](Validator& v) { v.clear_name(); })), TX_STATUS_INVALID_VALIDATOR_NAME);
  EXPECT_EQ(propose(with([](Validator& v) { v.set_name(std::string(65, 'n')); })),
            TX_STATUS_INVALID_VALIDATOR_NAME);
  EXPECT_EQ(propose(with([](Validator& v) { v.set_node_key(std::string(32, '\0')); })),
            TX_STATUS_INVALID_VALIDATOR_KEY);
  EXPECT_EQ(propose(with([](Validator& v) { v.set_consensus_key("x"); })),
            TX_STATUS_INVALID_VALIDATOR_KEY);
  EXPECT_EQ(propose(with([](Validator& v) { v.set_node_key(key(first_key)); })),
            TX_STATUS_VALIDATOR_KEY_TAKEN);
  EXPECT_EQ(propose(with([](Validator& v) { v.set_node_key(v.consensus_key()); })),
            TX_STATUS_VALIDATOR_TWICE);
  EXPECT_EQ(propose(with([](Validator& v) { v.set_name("v0"); })), TX_STATUS_VALIDATOR_NAME_TAKEN);
  EXPECT_EQ(propose(twice), TX_STATUS_VALIDATOR_TWICE);
  EXPECT_EQ(propose(same_name), TX_STATUS_VALIDATOR_NAME_TAKEN);
  EXPECT_EQ(propose(removed_twice), TX_STATUS_VALIDATOR_TWICE);
  EXPECT_EQ(propose(removal(new_key)), TX_STATUS_VALIDATOR_NOT_FOUND);
  EXPECT_EQ(propose(nothing), TX_STATUS_INVALID_VALIDATOR_NAME);
}

class SeatsOfAsManyAsMayBe : public SeatsOf {
 protected:
  SeatsOfAsManyAsMayBe() : SeatsOf{protocol::limits::validators_max} {}
};

TEST_F(SeatsOfAsManyAsMayBe, AreNotAskedForByAnother) {
  EXPECT_EQ(propose(admission(0, "newcomer")), TX_STATUS_TOO_MANY_VALIDATORS);
  EXPECT_EQ(propose(removal(first_key)), TX_STATUS_OK);
}

TEST_F(Seats, AreDecidedByTwoThirds) {
  ASSERT_EQ(propose(admission(0, "newcomer")), TX_STATUS_OK);
  EXPECT_EQ(chain_.find<Ballot>(state::keys::ballot(1))->ballot_class(), BALLOT_CLASS_VALIDATORS);
}

}  // namespace
}  // namespace validators
