// What tests of ballots share: five people with LBR, two of whom are the members' house, and short
// ways to say what they do.

#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "protocol/bank/account.h"
#include "protocol/governance/agenda.h"
#include "protocol/governance/ballots.h"
#include "protocol/governance/enrolment.h"
#include "tests/support/test_chain.h"

namespace governance {

using namespace labor::v1;  // Statuses, choices and states by name.
using testing_support::day_ms;
using testing_support::lbr;
using testing_support::message;
using testing_support::Person;
using testing_support::second_ms;
using testing_support::TestChain;

inline constexpr std::uint64_t needed = 1000 * lbr;
inline constexpr std::uint64_t endowment = 10'000 * lbr;

class Ballots : public testing::Test {
 protected:
  static Genesis genesis() {
    auto made = testing_support::test_genesis();
    for (std::uint64_t i = 1; i <= 4; ++i) {
      testing_support::endow(made, Person{i}, true, endowment, 0);
      testing_support::make_person(made, Person{i});
    }
    testing_support::endow(made, Person{5}, true, endowment, 0);
    testing_support::set_parameter(made, PARAMETER_HOUSE_MEMBERS_MIN, 1);
    return made;
  }
  explicit Ballots(Genesis const& from) : chain_{from} {}
  Ballots() : Ballots(genesis()) {
    enrol(alice_);
    enrol(bob_);
  }

  // As if they had worked and hired; after those who are there.
  void enrol(Person const& who) {
    chain_.tamper([&](state::Overlay& overlay) {
      auto const id = execution::counter_of(overlay, enrolment_counter) + 1;
      Enrolment enrolment;
      enrolment.set_account(who.address().str());
      enrolment.set_id(id);
      enrolment.set_state(ENROLMENT_STATE_ENROLLED);
      enrolment.set_until_ms(chain_.time().value() + 365 * day_ms);
      execution::Context context{overlay, {.height = {}, .time = chain_.time()}, {}};
      context.put(enrolment, "test");
      context.set_counter(enrolment_counter, id);
      context.set_counter(enrolled_counter, context.counter(enrolled_counter) + 1);
    });
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
      auto const& removed = event.record_removed();
      if (removed.record().has_ballot()) causes_.insert(removed.cause());
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
    auto& change = *made.mutable_actions()->add_parameters();
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
  // Alice, who has locked LBR, and bob say yes; the state it ends in.
  BallotState decided(SubmitBallot const& inner, std::vector<std::uint32_t> const& approvals = {}) {
    auto const id = submit(bob_, inner);
    to_voting();
    for (auto const* const who : {&alice_, &bob_}) {
      CastVote yes;
      yes.set_ballot(id);
      yes.set_choice(CHOICE_YES);
      for (auto const candidate : approvals) yes.add_approvals(candidate);
      EXPECT_EQ(send(*who, yes), TX_STATUS_OK);
    }
    advance(ballot(id).ends_at_ms() - chain_.time().value());
    advance(2 * day_ms);
    return state_of(id);
  }

  TestChain chain_;
  Person const alice_{1};  // A member.
  Person const bob_{2};    // A member.
  Person const carol_{3};
  Person const dave_{4};  // Never locks.
  Person const erin_{5};  // Attested by nobody.
  std::set<std::string> causes_;
};

}  // namespace governance
