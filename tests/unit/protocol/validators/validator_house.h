// What tests of seats share: an owner who passes ballots, an operator for each validator, and short
// ways to say what they do.

#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "consensus/certificate/encoding.h"
#include "protocol/validators/seats.h"
#include "protocol/validators/set.h"
#include "tests/support/test_chain.h"

namespace validators {

using namespace labor::v1;  // Statuses and states by name.
using protocol::Epoch;
using testing_support::day_ms;
using testing_support::lbr;
using testing_support::message;
using testing_support::Person;
using testing_support::secret_key;
using testing_support::TestChain;

inline constexpr std::uint64_t first_operator = 100;  // Persons.
inline constexpr std::uint64_t first_key = 1000;      // As test_genesis() has them.
inline constexpr std::uint64_t first_node_key = 2000;
inline constexpr std::uint64_t new_key = 3000;
inline constexpr std::uint64_t new_node_key = 4000;

inline std::string key(std::uint64_t number) {
  return secret_key(number).public_key().str();
}
inline std::string sign(std::uint64_t number, std::string const& bytes) {
  return secret_key(number).sign(base::bytes_of(bytes)).str();
}

class SeatsOf : public testing::Test {
 protected:
  explicit SeatsOf(int validators) : chain_{genesis(validators)} {
    LockTokens tokens;
    tokens.set_amount(1000 * lbr);
    tokens.set_until_ms(chain_.time().value() + 900 * day_ms);
    EXPECT_EQ(send(owner_, tokens), TX_STATUS_OK);
  }

  static Genesis genesis(int validators) {
    auto made = testing_support::test_genesis(validators);
    testing_support::endow(made, Person{1}, true, 100'000 * lbr, 0);
    testing_support::make_councillor(made, Person{1});
    for (int i = 0; i < validators; ++i) {
      Person const its_operator{first_operator + static_cast<std::uint64_t>(i)};
      made.mutable_validators(i)->set_operator_(its_operator.address().str());
      testing_support::endow(made, its_operator, true, 1, 0);
    }
    return made;
  }

  template <class M>
  TxStatus send(Person const& who, M const& inner) {
    auto const receipt = chain_.send(who, {message(inner)});
    events_.insert(events_.end(), receipt.events().begin(), receipt.events().end());
    return receipt.status();
  }

  static SubmitBallot ballot_of(Changes const& changes) {
    SubmitBallot inner;
    inner.set_title("Validators");
    inner.set_deposit(1000 * lbr);
    *inner.mutable_actions()->mutable_validators() = changes;
    return inner;
  }
  TxStatus propose(Changes const& changes) { return send(owner_, ballot_of(changes)); }
  // From submission to execution.
  BallotState decide(Changes const& changes) {
    auto const receipt = chain_.send(owner_, {message(ballot_of(changes))});
    EXPECT_EQ(receipt.status(), TX_STATUS_OK) << TxStatus_Name(receipt.status());
    auto const id = receipt.created_ids(0);
    chain_.advance(7 * day_ms);
    CastVote yes;
    yes.set_ballot(id);
    yes.set_choice(CHOICE_YES);
    EXPECT_EQ(send(owner_, yes), TX_STATUS_OK);
    chain_.advance(9 * day_ms);
    chain_.advance(2 * day_ms);
    return chain_.find<Ballot>(state::keys::ballot(id))->state();
  }

  static Changes admission(std::uint64_t number, std::string const& name) {
    Changes changes;
    auto& validator = *changes.Add()->mutable_admit()->mutable_validator();
    validator.set_name(name);
    validator.set_consensus_key(key(new_key + number));
    validator.set_node_key(key(new_node_key + number));
    return changes;
  }
  static Changes removal(std::uint64_t key_number) {
    Changes changes;
    changes.Add()->mutable_remove()->set_consensus_key(key(key_number));
    return changes;
  }

  Seat seat(std::uint64_t key_number) const {
    return seat_of_key(chain_.state(), key(key_number)).value();
  }
  SeatState state_of(std::uint64_t key_number) const { return seat(key_number).state(); }
  Epoch epoch() const { return chain_.parent().epoch; }
  ValidatorSet set() const { return present_set(chain_.state(), epoch()); }
  std::set<std::string> keys_of_set() const {
    std::set<std::string> keys;
    auto const now = set();
    for (auto const& validator : now.validators()) keys.insert(validator.consensus_key());
    return keys;
  }

  // Of the newest block.
  ReadySeat readiness(std::uint64_t key_number) const {
    auto const at = chain_.parent();
    ReadySeat inner;
    inner.set_consensus_key(key(key_number));
    inner.set_height(at.height.value());
    inner.set_block_hash(at.hash.str());
    inner.set_signature(sign(
        key_number, ready_bytes(chain_.chain().hash(), seat(key_number).id(), at.height, at.hash)));
    return inner;
  }
  RotateValidatorKeys rotation(std::uint64_t from, std::uint64_t number) const {
    RotateValidatorKeys inner;
    inner.set_consensus_key(key(from));
    inner.set_new_consensus_key(key(new_key + number));
    inner.set_new_node_key(key(new_node_key + number));
    inner.set_proof(sign(new_key + number, rotation_bytes(chain_.chain().hash(), inner)));
    return inner;
  }

  // Position in the set of the present epoch.
  std::uint8_t index_of(std::uint64_t key_number) const {
    auto const now = set();
    for (int i = 0; i < now.validators_size(); ++i) {
      if (now.validators(i).consensus_key() == key(key_number)) return static_cast<std::uint8_t>(i);
    }
    ADD_FAILURE() << "not in the set";
    return 0;
  }
  consensus::Statement statement(consensus::VoteKind kind, char block = 0) const {
    auto made = consensus::nullify(epoch(), protocol::View{5});
    made.kind = kind;
    if (kind != consensus::VoteKind::nullify)
      made.block.data.fill(static_cast<std::uint8_t>(block));
    return made;
  }
  std::string vote(std::uint64_t key_number, consensus::Statement const& said) const {
    auto const bytes = consensus::signing_bytes(chain_.chain().hash(), said);
    return consensus::encode(
        consensus::Vote{.statement = said,
                        .voter = protocol::ValidatorIndex{index_of(key_number)},
                        .signature = secret_key(key_number).sign(base::bytes_of(bytes))});
  }
  static SubmitEvidence evidence(std::string const& first, std::string const& second) {
    SubmitEvidence inner;
    inner.set_first_vote(first);
    inner.set_second_vote(second);
    return inner;
  }
  SubmitEvidence double_vote(std::uint64_t key_number) const {
    return evidence(vote(key_number, statement(consensus::VoteKind::notarize, 'a')),
                    vote(key_number, statement(consensus::VoteKind::notarize, 'b')));
  }

  Person const owner_{1};
  TestChain chain_;
  std::vector<Event> events_;
};

class Seats : public SeatsOf {
 protected:
  Seats() : SeatsOf{4} {}
};

class SeatsOfSeven : public SeatsOf {
 protected:
  SeatsOfSeven() : SeatsOf{7} {}
};

}  // namespace validators
