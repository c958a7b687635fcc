#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string_view>

#include "protocol/work/job.h"
#include "protocol/work/proposal.h"
#include "tests/support/must.h"
#include "tests/support/work_scene.h"

namespace work {
namespace {

using namespace labor::v1;
using namespace testing_support;
using protocol::Address;

SubmitProposal proposal_to(std::uint64_t job) {
  SubmitProposal message;
  message.set_job(job);
  message.set_summary("I have done this before");
  message.set_amount(800 * usd);
  return message;
}

// Talents with active profiles, other than the scene's own.
Address newcomer(WorkScene& scene, std::uint8_t number) {
  auto const who = address(number);
  CreateProfile create;
  *create.mutable_details() = profile_details();
  must(scene.act(who, create));
  must(scene.act(who, PublishProfile{}));
  return who;
}

TEST(JobDetails, AreRefusedInTheOrderOfStatuses) {
  struct Row {
    std::string_view what;
    std::function<void(JobDetails&)> spoil;
    TxStatus want;
  };
  // Each row spoils on top of those before: the newest fault is the first to be reported.
  Row const rows[] = {
      {"nothing", [](JobDetails&) {}, TX_STATUS_OK},
      {"least above most", [](auto& d) { d.set_budget_min(1001 * usd); }, TX_STATUS_INVALID_BUDGET},
      {"no budget", [](auto& d) { d.set_budget_min(0), d.set_budget_max(0); },
       TX_STATUS_INVALID_BUDGET},
      {"a blank skill", [](auto& d) { d.add_skills(" "); }, TX_STATUS_INVALID_SKILL},
      {"21 skills",
       [](auto& d) {
         for (int i = 0; i < 20; ++i) d.add_skills("x");
       },
       TX_STATUS_TOO_MANY_SKILLS},
      {"a deadline that is over", [](auto& d) { d.set_deadline_ms(1); }, TX_STATUS_INVALID_TIME},
      {"no title", [](auto& d) { d.clear_title(); }, TX_STATUS_TEXT_MISSING},
      {"a long summary", [](auto& d) { d.set_summary(std::string(2001, 'x')); },
       TX_STATUS_TEXT_TOO_LONG},
      {"half a hash", [](auto& d) { d.set_document_hash("x"); }, TX_STATUS_INVALID_HASH},
      {"the ownership token", [](auto& d) { d.set_asset(ASSET_LBR); }, TX_STATUS_INVALID_ASSET},
  };
  WorkScene scene;
  PostJob post;
  *post.mutable_details() = job_details();
  for (auto const& row : rows) {
    row.spoil(*post.mutable_details());
    EXPECT_EQ(scene.act(scene.client, post), row.want) << row.what;
  }
}

TEST(Job, NamesWhatIsNotThere) {
  WorkScene scene;
  EXPECT_EQ(scene.act(scene.client, on_job<CloseJob>()), TX_STATUS_JOB_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.client, on_job<DeclineAllProposals>()), TX_STATUS_JOB_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.talent, proposal_to(1)), TX_STATUS_JOB_NOT_FOUND);
  EXPECT_EQ(scene.act(scene.talent, on_proposal<WithdrawProposal>()), TX_STATUS_PROPOSAL_NOT_FOUND);
}

TEST(Job, LivesThirtyDaysFromTheClientsLastActNotTheApplicants) {
  WorkScene scene;
  scene.post_job();
  auto const posted_ms = scene.now_ms();
  scene.wait(20 * day_ms);
  must(scene.act(scene.talent, proposal_to(1)));
  EXPECT_EQ(scene.job()->expires_at_ms(), posted_ms + 30 * day_ms);
  must(scene.act(scene.client, on_proposal<ShortlistProposal>()));
  EXPECT_EQ(scene.job()->expires_at_ms(), posted_ms + 50 * day_ms);
}

TEST(Job, TakesNoProposalAfterItsDeadlineForThem) {
  WorkScene scene;
  PostJob post;
  *post.mutable_details() = job_details();
  post.mutable_details()->set_deadline_ms(scene.now_ms() + 2);
  must(scene.act(scene.client, post));
  scene.wait(1);
  must(scene.act(newcomer(scene, 1), proposal_to(1)));
  scene.wait(1);
  EXPECT_EQ(scene.act(scene.talent, proposal_to(1)), TX_STATUS_DEADLINE_PASSED);
}

TEST(Proposal, IsRefusedInTheOrderOfItsChecks) {
  WorkScene scene;
  scene.post_job();
  auto const talent = address(9);
  auto message = proposal_to(7);
  message.set_amount(0);
  message.set_document_hash("x");
  message.set_summary(std::string(2001, 'x'));
  EXPECT_EQ(scene.act(talent, message), TX_STATUS_INVALID_AMOUNT);
  message.set_amount(1);
  EXPECT_EQ(scene.act(talent, message), TX_STATUS_INVALID_HASH);
  message.clear_document_hash();
  EXPECT_EQ(scene.act(talent, message), TX_STATUS_TEXT_TOO_LONG);
  message.clear_summary();
  EXPECT_EQ(scene.act(talent, message), TX_STATUS_TEXT_MISSING);
  message.set_summary("me");
  EXPECT_EQ(scene.act(talent, message), TX_STATUS_JOB_NOT_FOUND);
  message.set_job(1);
  EXPECT_EQ(scene.act(talent, message), TX_STATUS_PROFILE_NOT_FOUND);
  (void)newcomer(scene, 9);
  must(scene.act(talent, PauseProfile{}));
  EXPECT_EQ(scene.act(talent, message), TX_STATUS_PROFILE_NOT_ACTIVE);
  must(scene.act(talent, ResumeProfile{}));
  must(scene.act(talent, message));
}

TEST(DeclineAll, AnswersEveryProposalAtTheCostOfOne) {
  WorkScene scene;
  scene.post_job();
  for (std::uint8_t i = 1; i <= 100; ++i) {
    must(scene.act(newcomer(scene, i), proposal_to(1)));
  }
  EXPECT_EQ(scene.job()->open_proposals(), 100u);
  auto const events = scene.events_seen();
  must(scene.act(scene.client, on_job<DeclineAllProposals>()));
  EXPECT_EQ(scene.events_seen(), events + 1) << "one record changes, the job";
  EXPECT_EQ(scene.job()->open_proposals(), 0u);
  for (std::uint64_t id = 1; id <= 100; ++id) {
    EXPECT_EQ(current_state(*scene.proposal(id), *scene.job()), PROPOSAL_STATE_DECLINED);
  }
  must(scene.act(scene.talent, proposal_to(1)));
  EXPECT_EQ(current_state(*scene.proposal(101), *scene.job()), PROPOSAL_STATE_SUBMITTED);
  scene.wait(14 * day_ms);
  scene.fire_due();
  EXPECT_EQ(scene.proposal(100)->state(), PROPOSAL_STATE_DECLINED) << "the records follow";
  EXPECT_EQ(scene.proposal(101)->state(), PROPOSAL_STATE_LAPSED);
}

TEST(DeclineAll, FreesTheTalentsPlacesAtOnce) {
  WorkScene scene;
  for (std::uint64_t job = 1; job <= 21; ++job) scene.post_job();
  for (std::uint64_t job = 1; job <= 20; ++job) must(scene.act(scene.talent, proposal_to(job)));
  EXPECT_EQ(scene.act(scene.talent, proposal_to(21)), TX_STATUS_TOO_MANY_PROPOSALS);
  must(scene.act(scene.client, on_job<DeclineAllProposals>()));
  must(scene.act(scene.talent, proposal_to(21)));
  EXPECT_EQ(scene.act(scene.talent, proposal_to(1)), TX_STATUS_TOO_MANY_PROPOSALS);
}

TEST(DeclineAll, LeavesNothingThatCouldStillBeAnswered) {
  WorkScene scene;
  scene.propose();
  must(scene.act(scene.client, on_job<DeclineAllProposals>()));
  EXPECT_EQ(scene.act(scene.client, on_proposal<ShortlistProposal>()), TX_STATUS_WRONG_STATE);
  EXPECT_EQ(scene.act(scene.client, on_proposal<DeclineProposal>()), TX_STATUS_WRONG_STATE);
  EXPECT_EQ(scene.act(scene.talent, on_proposal<WithdrawProposal>()), TX_STATUS_WRONG_STATE);
}

TEST(Proposal, OutlivesItsJobsRecordWithoutHarm) {
  WorkScene scene;
  scene.set_parameter(PARAMETER_PROPOSAL_LAPSE_MS, 60 * day_ms);
  scene.propose();
  scene.wait(29 * day_ms);
  scene.set_parameter(PARAMETER_JOB_IDLE_MS, 7 * day_ms);
  scene.set_parameter(PARAMETER_PROPOSAL_LAPSE_MS, 360 * day_ms);
  must(scene.act(scene.client, on_proposal<ShortlistProposal>()));
  scene.wait(7 * day_ms);
  scene.fire_due();
  scene.wait(90 * day_ms);
  scene.fire_due();
  EXPECT_FALSE(scene.job().has_value());
  must(scene.act(scene.talent, on_proposal<WithdrawProposal>()));
}

}  // namespace
}  // namespace work
