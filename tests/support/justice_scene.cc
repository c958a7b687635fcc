#include "tests/support/justice_scene.h"

#include <gtest/gtest.h>

#include "protocol/address.h"
#include "protocol/base/big_endian.h"
#include "protocol/execution/form.h"
#include "protocol/justice/jurors.h"
#include "protocol/justice/verdict.h"
#include "protocol/validators/randomness.h"

namespace testing_support {

using namespace labor::v1;  // This file names most of justice.
using protocol::Address;
using protocol::Hash;

namespace {

constexpr std::size_t validators_here = 4;
constexpr std::size_t values_here = 32;

Hash salt() {
  return *Hash::from(hash_of(0x5A));
}

void must_succeed(TxStatus status) {
  ASSERT_EQ(status, TX_STATUS_OK) << execution::reason_of(status);
}

}  // namespace

Address juror_address(std::size_t i) {
  return address(static_cast<std::uint8_t>(0x21 + i));
}

protocol::PublicKey node_key(std::size_t i) {
  return *protocol::PublicKey::from(hash_of(static_cast<std::uint8_t>(0xE0 + i)));
}

Hash random_value(std::size_t validator, std::size_t i) {
  auto value = *Hash::from(hash_of(static_cast<std::uint8_t>(0x90 + validator)));
  for (auto left = values_here - i; left > 0; --left) {
    value = validators::randomness_before(value);
  }
  return value;
}

TxStatus commit_randomness(WorkScene& scene, std::size_t validator, std::size_t value) {
  CommitRandomness message;
  message.set_node_key(node_key(validator).str());
  message.set_tip(random_value(validator, value).str());
  return scene.act(protocol::address_of(node_key(validator)), message);
}

TxStatus reveal_randomness(WorkScene& scene, std::size_t validator, std::uint64_t round,
                           std::size_t value) {
  RevealRandomness message;
  message.set_node_key(node_key(validator).str());
  message.set_round(round);
  message.set_preimage(random_value(validator, value).str());
  return scene.act(protocol::address_of(node_key(validator)), message);
}

void add_validators(WorkScene& scene) {
  for (std::size_t i = 0; i < validators_here; ++i) {
    Seat seat;
    seat.set_id(i + 1);
    seat.set_state(SEAT_STATE_SEATED);
    seat.mutable_validator()->set_node_key(node_key(i).str());
    scene.put(seat);
    auto const registered = scene.follow([&](execution::Context& context) -> execution::Done {
      context.index(state::keys::validator_key(node_key(i).chars()),
                    base::big_endian(std::uint64_t{i + 1}));
      context.set_counter("seat", i + 1);
      return {};
    });
    must_succeed(registered);
    must_succeed(commit_randomness(scene, i, 0));
  }
  scene.wait(1);
}

void add_jurors(WorkScene& scene, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    auto const number = static_cast<std::uint32_t>(i + 1);
    Juror juror;
    juror.set_account(juror_address(i).str());
    juror.set_number(number);
    juror.set_asset(ASSET_USD);
    juror.set_arbiter(true);
    scene.put(juror);
    auto const numbered = scene.follow([&](execution::Context& context) -> execution::Done {
      context.index(state::keys::juror_number(number), juror.account());
      context.set_counter(justice::juror_counter, number);
      return {};
    });
    must_succeed(numbered);
    scene.set_balance(juror_address(i), juror_stake);
    StakeAsJuror stake;
    stake.set_amount(juror_stake);
    must_succeed(scene.act(juror_address(i), stake));
  }
}

void reveal_all(WorkScene& scene) {
  reveal_round(scene, scene.dispute()->round());
}

void reveal_round(WorkScene& scene, std::uint64_t id) {
  auto const open = scene.find<RandomRound>(state::keys::random_round(id));
  ASSERT_TRUE(open.has_value());
  for (std::size_t i = 0; i < validators_here; ++i) {
    auto const tip = open->members(static_cast<int>(i)).tip();
    for (std::size_t value = 0; value + 1 < values_here; ++value) {
      if (random_value(i, value).chars() != tip) continue;
      must_succeed(reveal_randomness(scene, i, id, value + 1));
    }
  }
}

OpenDispute dispute_opening(std::uint32_t milestone) {
  auto message = on_milestone<OpenDispute>(milestone);
  message.set_reason_hash(hash_of(1));
  return message;
}

AnswerDispute dispute_answer() {
  auto message = on_dispute<AnswerDispute>();
  message.set_statement_hash(hash_of(2));
  return message;
}

AddDisputeEvidence dispute_evidence() {
  auto message = on_dispute<AddDisputeEvidence>();
  message.set_evidence_hash(hash_of(3));
  return message;
}

OfferDisputeSplit dispute_split(std::uint64_t to_talent) {
  auto message = on_dispute<OfferDisputeSplit>();
  message.set_to_talent(to_talent);
  return message;
}

AgreeDisputeSplit dispute_agreement(std::uint64_t to_talent) {
  auto message = on_dispute<AgreeDisputeSplit>();
  message.set_to_talent(to_talent);
  return message;
}

CommitVerdict verdict(WorkScene const& scene, Address const& juror, std::uint32_t award) {
  auto message = on_dispute<CommitVerdict>();
  message.set_commitment(
      justice::verdict_commitment(justice::sitting_on(*scene.dispute()), juror, salt(), award)
          .str());
  return message;
}

RevealVerdict verdict_reveal(std::uint32_t award) {
  auto message = on_dispute<RevealVerdict>();
  message.set_salt(salt().str());
  message.set_award(award);
  return message;
}

ExposeVerdict verdict_exposure(Address const& juror, std::uint32_t award) {
  auto message = on_dispute<ExposeVerdict>();
  message.set_juror(juror.str());
  message.set_salt(salt().str());
  message.set_award(award);
  return message;
}

void next_step(WorkScene& scene) {
  scene.set_time(scene.dispute()->until_ms());
  scene.fire_due();
}

// ---- the usual way ----

void open_case(WorkScene& scene, std::size_t jurors) {
  add_validators(scene);
  add_jurors(scene, jurors);
  scene.sign();
  scene.fund();
  scene.submit();
  must_succeed(scene.act(scene.client, dispute_opening()));
}

void open_undelivered_case(WorkScene& scene) {
  add_validators(scene);
  add_jurors(scene, 3);
  scene.sign();
  scene.fund();
  scene.set_balance(scene.talent, 100 * usd);
  must_succeed(scene.act(scene.client, on_milestone<RequestRefund>()));
  must_succeed(scene.act(scene.talent, on_milestone<RefuseRefund>()));
  must_succeed(scene.act(scene.talent, dispute_opening()));
}

void answer_case(WorkScene& scene, std::size_t jurors) {
  open_case(scene, jurors);
  must_succeed(scene.act(scene.talent, dispute_answer()));
}

void gather_evidence(WorkScene& scene, std::size_t jurors) {
  answer_case(scene, jurors);
  next_step(scene);
}

void await_panel(WorkScene& scene, std::size_t jurors) {
  gather_evidence(scene, jurors);
  next_step(scene);
  reveal_all(scene);
}

void seat_panel(WorkScene& scene, std::size_t jurors) {
  await_panel(scene, jurors);
  next_step(scene);
}

std::vector<Address> panel(WorkScene const& scene) {
  std::vector<Address> jurors;
  auto const dispute = *scene.dispute();
  for (auto const& seat : dispute.panels().rbegin()->seats()) {
    if (seat.state() != JUROR_SEAT_STATE_ABSENT) {
      jurors.push_back(execution::address_in(seat.juror()));
    }
  }
  return jurors;
}

void commit_verdicts(WorkScene& scene, std::vector<std::uint32_t> const& awards) {
  auto const jurors = panel(scene);
  for (std::size_t i = 0; i < awards.size(); ++i) {
    must_succeed(scene.act(jurors.at(i), verdict(scene, jurors.at(i), awards[i])));
  }
}

void reveal_verdicts(WorkScene& scene, std::vector<std::uint32_t> const& awards) {
  next_step(scene);
  auto const jurors = panel(scene);
  for (std::size_t i = 0; i < awards.size(); ++i) {
    must_succeed(scene.act(jurors.at(i), verdict_reveal(awards[i])));
  }
}

void rule(WorkScene& scene, std::vector<std::uint32_t> const& awards, std::size_t jurors) {
  seat_panel(scene, jurors);
  commit_verdicts(scene, awards);
  reveal_verdicts(scene, awards);
  next_step(scene);
}

void appeal_case(WorkScene& scene) {
  rule(scene, {60, 60, 60}, 10);
  must_succeed(scene.act(scene.client, on_dispute<AppealDispute>()));
  reveal_all(scene);
}

}  // namespace testing_support
