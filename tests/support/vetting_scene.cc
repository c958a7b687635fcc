#include "tests/support/vetting_scene.h"

#include <gtest/gtest.h>

#include "protocol/execution/form.h"
#include "protocol/justice/verdict.h"

namespace testing_support {

using namespace labor::v1;  // This file names most of justice.
using protocol::Address;

namespace {

protocol::Hash salt() {
  return *protocol::Hash::from(hash_of(0x5B));
}

void must_succeed(TxStatus status) {
  ASSERT_EQ(status, TX_STATUS_OK) << execution::reason_of(status);
}

}  // namespace

std::string const& claimed_skill() {
  static auto const skill = profile_details().skills(0).uri();
  return skill;
}

Vetting vetting(WorkScene const& scene) {
  return scene.find<Vetting>(state::keys::vetting(1)).value();
}

ApplyForVetting application() {
  ApplyForVetting message;
  message.set_skill(claimed_skill());
  message.set_evidence_hash(hash_of(4));
  return message;
}

ChallengeVetting challenge() {
  ChallengeVetting message;
  message.set_vetting(1);
  message.set_reason_hash(hash_of(5));
  return message;
}

CommitVerdict vetting_verdict(WorkScene const& scene, Address const& juror, std::uint32_t award) {
  CommitVerdict message;
  message.set_vetting(1);
  auto const sitting = justice::sitting_on(vetting(scene));
  message.set_commitment(justice::verdict_commitment(sitting, juror, salt(), award).str());
  return message;
}

RevealVerdict vetting_reveal(std::uint32_t award) {
  RevealVerdict message;
  message.set_vetting(1);
  message.set_salt(salt().str());
  message.set_award(award);
  return message;
}

ExposeVerdict vetting_exposure(Address const& juror, std::uint32_t award) {
  ExposeVerdict message;
  message.set_vetting(1);
  message.set_juror(juror.str());
  message.set_salt(salt().str());
  message.set_award(award);
  return message;
}

void next_vetting_step(WorkScene& scene) {
  auto const now = vetting(scene);
  scene.set_time(state::deadline_of(now).value().value());
  scene.fire_due();
}

void before_vetting(WorkScene& scene, std::size_t jurors) {
  add_validators(scene);
  add_jurors(scene, jurors);
  scene.identify(scene.talent);
}

void apply_for_vetting(WorkScene& scene, std::size_t jurors) {
  before_vetting(scene, jurors);
  must_succeed(scene.act(scene.talent, application()));
}

void await_vetters(WorkScene& scene, std::size_t jurors) {
  apply_for_vetting(scene, jurors);
  reveal_round(scene, vetting(scene).round());
}

void seat_vetters(WorkScene& scene, std::size_t jurors) {
  await_vetters(scene, jurors);
  next_vetting_step(scene);
}

std::vector<Address> vetters(WorkScene const& scene) {
  std::vector<Address> accounts;
  auto const now = vetting(scene);
  for (auto const& seat : now.panels().rbegin()->seats()) {
    if (seat.state() == JUROR_SEAT_STATE_ABSENT) continue;
    accounts.push_back(execution::address_in(seat.juror()));
  }
  return accounts;
}

void say_verdicts(WorkScene& scene, std::vector<std::uint32_t> const& awards) {
  auto const sitting = vetters(scene);
  for (std::size_t i = 0; i < awards.size(); ++i) {
    auto const& juror = sitting.at(i);
    must_succeed(scene.act(juror, vetting_verdict(scene, juror, awards[i])));
  }
  next_vetting_step(scene);
  for (std::size_t i = 0; i < awards.size(); ++i) {
    must_succeed(scene.act(sitting.at(i), vetting_reveal(awards[i])));
  }
}

void vet(WorkScene& scene, std::vector<std::uint32_t> const& awards, std::size_t jurors) {
  seat_vetters(scene, jurors);
  say_verdicts(scene, awards);
  next_vetting_step(scene);
}

void challenge_vetting(WorkScene& scene) {
  vet(scene, {90, 80, 70}, 6);
  must_succeed(scene.act(scene.client, challenge()));
}

void seat_challenge(WorkScene& scene) {
  challenge_vetting(scene);
  reveal_round(scene, vetting(scene).round());
  next_vetting_step(scene);
}

}  // namespace testing_support
