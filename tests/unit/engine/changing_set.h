// A mesh whose validators change: an owner who passes ballots and operates every seat, and short
// ways to say what is done and what all nodes must come to.

#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/state/keys.h"
#include "protocol/validators/seats.h"
#include "protocol/validators/set.h"
#include "tests/support/mesh/mesh.h"

namespace node {

using namespace labor::v1;  // States and messages by name.
using protocol::Epoch;
using testing_support::day_ms;
using testing_support::hour_ms;
using testing_support::lbr;
using testing_support::Person;
using testing_support::secret_key;
using validators::Changes;

inline constexpr std::uint64_t first_new_key = 7000;  // Persons.

class ChangingSet : public testing::Test {
 protected:
  ChangingSet() { people_.emplace_back(1); }

  Mesh& begin(Mesh::Options const& options) {
    mesh_.emplace(people_, options);
    return *mesh_;
  }
  Mesh& mesh() { return *mesh_; }

  template <class M>
  std::string transaction(M const& inner) {
    TransactionBody body;
    body.set_chain_id(mesh().chain().id());
    body.set_account(owner().address().str());
    body.set_sequence(sequence_++);
    body.set_valid_until_ms(mesh().clock().now().value() + hour_ms);
    body.set_fee_limit(100 * lbr);
    *body.add_messages() = testing_support::message(inner);
    return testing_support::sign(body, {&owner()}, mesh().chain().hash());
  }
  // Final on all that run, and a success.
  template <class M>
  void send(M const& inner, std::size_t through = 0) {
    auto const submitted = mesh().submit(through, {transaction(inner)});
    ASSERT_TRUE(submitted.at(0).has_value());
    ASSERT_TRUE(mesh().eventually([&] { return mesh().all_final(*submitted.at(0)); })) << states();
    auto const snapshot = mesh().store(through).latest();
    auto const place = snapshot->transaction(*submitted.at(0));
    ASSERT_TRUE(place.has_value());
    auto const status = snapshot->results(place->height)->receipts.at(place->index).status();
    ASSERT_EQ(status, TX_STATUS_OK) << TxStatus_Name(status);
  }
  void pay(std::size_t through = 0) { send(testing_support::transfer(Person{2}, 1), through); }

  // ---- ballots ----

  void decide(Changes const& changes, std::size_t through = 0) {
    Actions actions;
    *actions.mutable_validators() = changes;
    decide(actions, through);
  }
  void decide(Actions const& actions, std::size_t through = 0) {
    if (!std::exchange(locked_, true)) {
      LockTokens tokens;
      tokens.set_amount(1000 * lbr);
      tokens.set_until_ms(mesh().clock().now().value() + 900 * day_ms);
      ASSERT_NO_FATAL_FAILURE(send(tokens, through));
    }
    SubmitBallot ballot;
    ballot.set_title("Changes");
    ballot.set_deposit(1000 * lbr);
    *ballot.mutable_actions() = actions;
    ASSERT_NO_FATAL_FAILURE(send(ballot, through));
    ++ballots_;
    ASSERT_NO_FATAL_FAILURE(later(7 * day_ms, BALLOT_STATE_VOTING, through));
    CastVote yes;
    yes.set_ballot(ballots_);
    yes.set_choice(CHOICE_YES);
    ASSERT_NO_FATAL_FAILURE(send(yes, through));
    ASSERT_NO_FATAL_FAILURE(later(7 * day_ms, BALLOT_STATE_TIMELOCK, through));
    ASSERT_NO_FATAL_FAILURE(later(2 * day_ms, BALLOT_STATE_EXECUTED, through));
    ASSERT_TRUE(mesh().eventually([&] { return equal(); })) << states();
  }
  // The block that is due then comes by itself.
  void later(std::uint64_t ms, BallotState state, std::size_t at) {
    mesh().clock().advance(ms);
    ASSERT_TRUE(mesh().eventually([&] {
      auto const ballot =
          execution::find_record<Ballot>(*mesh().store(at).latest(), state::keys::ballot(ballots_));
      return ballot && ballot->state() == state;
    })) << states();
  }
  void admit(Changes& changes, std::size_t index) {
    auto& validator = *changes.Add()->mutable_admit()->mutable_validator();
    validator.set_name("new" + std::to_string(index));
    validator.set_consensus_key(key(index));
    validator.set_node_key(mesh().node_key(index).str());
    validator.set_operator_(owner().address().str());
  }
  void remove(Changes& changes, std::size_t index) {
    changes.Add()->mutable_remove()->set_consensus_key(key(index));
  }

  // ---- what a validator says itself ----

  // By the key that the node has, at the newest block that it knows.
  ReadySeat readiness(std::size_t index) {
    auto const snapshot = mesh().store(index).latest();
    auto const seat = validators::seat_of_key(*snapshot, key(index)).value();
    ReadySeat message;
    message.set_consensus_key(key(index));
    message.set_height(snapshot->head().height.value());
    message.set_block_hash(snapshot->head().hash.str());
    auto const bytes = validators::ready_bytes(mesh().chain().hash(), seat.id(),
                                               snapshot->head().height, snapshot->head().hash);
    message.set_signature(mesh().key(index).sign(base::bytes_of(bytes)).str());
    return message;
  }
  void be_ready(std::size_t index, std::size_t through = 0) {
    ASSERT_NO_FATAL_FAILURE(send(readiness(index), through));
  }
  // Stops the node, and starts it again with the key that its seat is to have.
  void rotate(std::size_t index, std::size_t through) {
    RotateValidatorKeys message;
    message.set_consensus_key(key(index));
    message.set_new_consensus_key(secret_key(first_new_key + index).public_key().str());
    message.set_new_node_key(mesh().node_key(index).str());
    auto const bytes = validators::rotation_bytes(mesh().chain().hash(), message);
    message.set_proof(secret_key(first_new_key + index).sign(base::bytes_of(bytes)).str());
    ASSERT_NO_FATAL_FAILURE(send(message, through));
    mesh().stop(index);
    mesh().give_key(index, secret_key(first_new_key + index));
    mesh().start(index);
  }

  // ---- what all must come to ----

  bool equal() {
    std::optional<Head> head;
    for (std::size_t i = 0; i < mesh().size(); ++i) {
      if (!mesh().runs(i)) continue;
      auto const other = mesh().store(i).latest()->head();
      if (head.value_or(other) != other) return false;
      head = other;
    }
    return true;
  }
  // Who is in the set of the present epoch, by every node that runs.
  bool decide_now(std::set<std::size_t> const& indexes) {
    if (!equal()) return false;
    for (std::size_t i = 0; i < mesh().size(); ++i) {
      if (!mesh().runs(i)) continue;
      auto const snapshot = mesh().store(i).latest();
      auto const set = validators::present_set(*snapshot, snapshot->head().epoch);
      std::set<std::string> keys;
      for (auto const& validator : set.validators()) keys.insert(validator.consensus_key());
      std::set<std::string> wanted;
      for (auto const index : indexes) wanted.insert(key(index));
      if (keys != wanted) return false;
    }
    return true;
  }
  void expect_validators(std::set<std::size_t> const& indexes) {
    ASSERT_TRUE(mesh().eventually([&] { return decide_now(indexes); })) << states();
  }
  void expect_sound() {
    ASSERT_TRUE(mesh().eventually([&] { return equal(); })) << states();
    for (std::size_t i = 0; i < mesh().size(); ++i) EXPECT_EQ(mesh().halted(i), "");
  }

  std::string key(std::size_t index) { return mesh().key(index).public_key().str(); }
  Person const& owner() const { return people_[0]; }
  Epoch epoch(std::size_t at = 0) { return mesh().store(at).latest()->head().epoch; }

  std::string states() {
    std::string text;
    for (std::size_t i = 0; i < mesh().size(); ++i) {
      text += "node " + std::to_string(i) + ": ";
      if (!mesh().runs(i)) {
        text += "down\n";
        continue;
      }
      auto const status = mesh().engine(i).consensus();
      text += "epoch " + std::to_string(status.epoch.value()) + " of " +
              std::to_string(status.validators) + (status.self ? ", votes" : ", observes") +
              ", view " + std::to_string(status.view.value()) + ", height " +
              std::to_string(mesh().store(i).latest()->head().height.value()) + " " +
              mesh().halted(i) + "\n";
    }
    return text;
  }

 private:
  std::vector<Person> people_;
  std::optional<Mesh> mesh_;
  std::uint64_t sequence_ = 0;
  std::uint64_t ballots_ = 0;
  bool locked_ = false;
};

}  // namespace node
