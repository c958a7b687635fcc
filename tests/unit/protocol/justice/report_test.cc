// Reports: what becomes of the job, and who has the money.

#include "protocol/justice/report.h"

#include <gtest/gtest.h>

#include "protocol/justice/jurors.h"
#include "tests/support/report_scene.h"

namespace justice {
namespace {

using namespace labor::v1;        // Statuses and states by name.
using namespace testing_support;  // The words of the scene.

constexpr std::uint64_t reporter_had = 100 * usd;
constexpr std::uint64_t jury_paid = 3 * report_fee;

TEST(Report, ThatIsUpheldHidesTheJobAndGivesItsBondBack) {
  WorkScene scene;
  seat_jury(scene);
  auto const before = scene.balance(scene.client);
  find(scene, {90, 80, 100});
  next_report_step(scene);
  auto const job = *scene.job();
  EXPECT_EQ(job.state(), JOB_STATE_HIDDEN);
  EXPECT_EQ(job.report(), 1u) << "it tells which jury has found so";
  EXPECT_EQ(scene.balance(scene.client), before + job.bond());
  SubmitProposal proposal;
  proposal.set_job(1);
  proposal.set_summary("I will do it");
  proposal.set_amount(20 * usd);
  EXPECT_EQ(scene.act(scene.talent, proposal), TX_STATUS_JOB_NOT_OPEN);
}

TEST(Report, ThatIsUpheldCostsTheReporterWhatTheTreasuryCannotPayOfTheJury) {
  struct Case {
    std::uint64_t treasury;
    std::uint64_t reporter;
    std::uint64_t left;
  };
  for (auto const& [treasury, reporter, left] :
       {Case{.treasury = 0, .reporter = reporter_had - jury_paid, .left = 0},
        Case{.treasury = 4 * usd, .reporter = reporter_had - jury_paid + 4 * usd, .left = 0},
        Case{.treasury = 40 * usd, .reporter = reporter_had, .left = 40 * usd - jury_paid}}) {
    WorkScene scene;
    scene.set_treasury(treasury);
    seat_jury(scene);
    EXPECT_EQ(scene.balance(scene.outsider), reporter_had - report_bond);
    find(scene, {90, 90, 90});
    next_report_step(scene);
    EXPECT_EQ(report(scene).state(), REPORT_STATE_UPHELD);
    EXPECT_EQ(scene.balance(scene.outsider), reporter);
    EXPECT_EQ(scene.treasury(), left);
    for (auto const& juror : jury(scene)) EXPECT_EQ(scene.balance(juror), report_fee);
  }
}

TEST(Report, ThatIsDismissedPaysTheClientAndTheJobGoesOn) {
  WorkScene scene;
  seat_jury(scene);
  auto const before = scene.balance(scene.client);
  find(scene, {50, 60, 10});
  next_report_step(scene);
  EXPECT_EQ(report(scene).state(), REPORT_STATE_DISMISSED);
  EXPECT_EQ(scene.job()->state(), JOB_STATE_OPEN);
  EXPECT_EQ(scene.job()->report(), 0u);
  // Two are within 20 of the median: the third is not paid.
  EXPECT_EQ(scene.balance(scene.client), before + report_bond - 2 * report_fee);
  EXPECT_EQ(scene.balance(scene.outsider), reporter_had - report_bond);
  EXPECT_EQ(scene.act(scene.outsider, job_report()), TX_STATUS_OK) << "for another bond";
}

TEST(Report, OfAJobThatIsClosedMeanwhileIsJudgedAllTheSame) {
  WorkScene scene;
  seat_jury(scene);
  CloseJob close;
  close.set_job(1);
  ASSERT_EQ(scene.act(scene.client, close), TX_STATUS_OK);
  find(scene, {90, 90, 90});
  next_report_step(scene);
  EXPECT_EQ(report(scene).state(), REPORT_STATE_UPHELD);
  EXPECT_EQ(scene.job()->state(), JOB_STATE_CLOSED);
  EXPECT_EQ(scene.job()->report(), 0u);
}

TEST(Report, MovesNoMoneyOfTheContractsThatTheJobHasLedTo) {
  WorkScene scene;
  add_validators(scene);
  add_jurors(scene, 3);
  scene.sign();
  scene.fund();
  auto const escrow = scene.contract()->escrow();
  PostJob post;
  *post.mutable_details() = scene.job()->details();
  ASSERT_EQ(scene.act(scene.client, post), TX_STATUS_OK);
  scene.identify(scene.outsider);
  scene.set_balance(scene.outsider, reporter_had);
  ASSERT_EQ(scene.act(scene.outsider, job_report(2)), TX_STATUS_OK);
  reveal_round(scene, report(scene).round());
  next_report_step(scene);
  find(scene, {90, 90, 90});
  next_report_step(scene);
  EXPECT_EQ(scene.job(2)->state(), JOB_STATE_HIDDEN);
  EXPECT_EQ(scene.contract()->escrow(), escrow);
  EXPECT_EQ(scene.milestone()->state(), MILESTONE_STATE_FUNDED);
}

TEST(Report, WithoutAJuryFor14DaysGivesTheBondBack) {
  WorkScene scene;
  report_job(scene, 2);
  while (report(scene).state() == REPORT_STATE_DRAWING) next_report_step(scene);
  EXPECT_EQ(report(scene).state(), REPORT_STATE_LAPSED);
  EXPECT_EQ(scene.balance(scene.outsider), reporter_had);
  EXPECT_EQ(scene.job()->report(), 0u);
}

TEST(Report, KeepsTheReportersAccountFromClosing) {
  WorkScene scene;
  report_job(scene);
  CloseAccount close;
  close.set_to(scene.talent.str());
  EXPECT_EQ(scene.act(scene.outsider, close), TX_STATUS_ACCOUNT_HAS_WORK);
}

TEST(Report, IsRefusedForItsFormAndForAJobThatIsNotThere) {
  WorkScene scene;
  before_report(scene);
  auto bad = job_report();
  bad.set_reason_hash("short");
  EXPECT_EQ(scene.act(scene.outsider, bad), TX_STATUS_INVALID_HASH);
  EXPECT_EQ(scene.act(scene.outsider, job_report(9)), TX_STATUS_JOB_NOT_FOUND);
  scene.set_balance(scene.outsider, report_bond - 1);
  EXPECT_EQ(scene.act(scene.outsider, job_report()), TX_STATUS_INSUFFICIENT_BALANCE);
}

TEST(Report, IsJudgedByNobodyNearEitherSide) {
  WorkScene scene;
  report_job(scene);
  auto const sitting = sitting_on(report(scene));
  for (auto const& side : {scene.client, scene.outsider}) {
    Juror juror;
    juror.set_account(side.str());
    juror.set_arbiter(true);
    juror.set_stake(juror_stake);
    EXPECT_FALSE(may_sit(scene.state(), juror, sitting));
  }
}

TEST(Verdict, NamesOneCaseAndNoMore) {
  WorkScene scene;
  report_job(scene);
  CommitVerdict message;
  message.set_commitment(hash_of(9));
  EXPECT_EQ(scene.act(scene.juror, message), TX_STATUS_INVALID_CASE);
  message.set_report(1);
  message.set_dispute(1);
  EXPECT_EQ(scene.act(scene.juror, message), TX_STATUS_INVALID_CASE);
  message.clear_dispute();
  EXPECT_EQ(scene.act(scene.juror, message), TX_STATUS_NOT_ON_PANEL);
  message.set_report(2);
  EXPECT_EQ(scene.act(scene.juror, message), TX_STATUS_REPORT_NOT_FOUND);
}

}  // namespace
}  // namespace justice
