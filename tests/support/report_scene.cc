#include "tests/support/report_scene.h"

#include <gtest/gtest.h>

#include "protocol/execution/form.h"
#include "protocol/justice/verdict.h"

namespace testing_support {

using namespace labor::v1;  // This file names most of justice.
using protocol::Address;

namespace {

protocol::Hash salt() {
  return *protocol::Hash::from(hash_of(0x5C));
}

void must_succeed(TxStatus status) {
  ASSERT_EQ(status, TX_STATUS_OK) << execution::reason_of(status);
}

CommitVerdict verdict_on_report(WorkScene const& scene, Address const& juror, std::uint32_t award) {
  CommitVerdict message;
  message.set_report(1);
  auto const sitting = justice::sitting_on(report(scene));
  message.set_commitment(justice::verdict_commitment(sitting, juror, salt(), award).str());
  return message;
}

RevealVerdict reveal_on_report(std::uint32_t award) {
  RevealVerdict message;
  message.set_report(1);
  message.set_salt(salt().str());
  message.set_award(award);
  return message;
}

}  // namespace

Report report(WorkScene const& scene) {
  return scene.find<Report>(state::keys::report(1)).value();
}

ReportJob job_report(std::uint64_t job) {
  ReportJob message;
  message.set_job(job);
  message.set_reason_hash(hash_of(6));
  return message;
}

void next_report_step(WorkScene& scene) {
  scene.set_time(state::deadline_of(report(scene)).value().value());
  scene.fire_due();
}

void before_report(WorkScene& scene, std::size_t jurors) {
  add_validators(scene);
  add_jurors(scene, jurors);
  scene.post_job(50 * usd);
  scene.identify(scene.outsider);
  scene.set_balance(scene.outsider, 100 * usd);
}

void report_job(WorkScene& scene, std::size_t jurors) {
  before_report(scene, jurors);
  must_succeed(scene.act(scene.outsider, job_report()));
}

void await_jury(WorkScene& scene, std::size_t jurors) {
  report_job(scene, jurors);
  reveal_round(scene, report(scene).round());
}

void seat_jury(WorkScene& scene, std::size_t jurors) {
  await_jury(scene, jurors);
  next_report_step(scene);
}

std::vector<Address> jury(WorkScene const& scene) {
  std::vector<Address> accounts;
  auto const now = report(scene);
  for (auto const& seat : now.panels(0).seats()) {
    if (seat.state() == JUROR_SEAT_STATE_ABSENT) continue;
    accounts.push_back(execution::address_in(seat.juror()));
  }
  return accounts;
}

void find(WorkScene& scene, std::vector<std::uint32_t> const& awards) {
  auto const sitting = jury(scene);
  for (std::size_t i = 0; i < awards.size(); ++i) {
    auto const& juror = sitting.at(i);
    must_succeed(scene.act(juror, verdict_on_report(scene, juror, awards[i])));
  }
  next_report_step(scene);
  for (std::size_t i = 0; i < awards.size(); ++i) {
    must_succeed(scene.act(sitting.at(i), reveal_on_report(awards[i])));
  }
}

}  // namespace testing_support
