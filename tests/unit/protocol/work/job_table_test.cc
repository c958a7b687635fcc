// Every row of the job's table, fired and refused.

#include <gtest/gtest.h>

#include "protocol/work/job_machine.h"
#include "tests/support/report_scene.h"
#include "tests/support/table_coverage.h"

namespace work {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = JOB_STATE_UNSPECIFIED;
constexpr auto open = JOB_STATE_OPEN;
constexpr auto filled = JOB_STATE_FILLED;
constexpr auto closed = JOB_STATE_CLOSED;
constexpr auto expired = JOB_STATE_EXPIRED;
constexpr auto hidden = JOB_STATE_HIDDEN;

constexpr auto client = &WorkScene::client;
constexpr auto talent = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

std::optional<std::uint64_t> deadline(WorkScene const& scene) {
  auto const job = scene.job();
  auto const due = job ? state::deadline_of(*job) : std::nullopt;
  return due ? std::optional{due->value()} : std::nullopt;
}

TxStatus post(WorkScene& scene, Address const& by) {
  PostJob message;
  *message.mutable_details() = job_details();
  return scene.act(by, message);
}
TxStatus shortlist(WorkScene& scene, Address const&) {
  return scene.act(scene.client, on_proposal<ShortlistProposal>());
}
TxStatus decline_all(WorkScene& scene, Address const& by) {
  return scene.act(by, on_job<DeclineAllProposals>());
}
TxStatus close(WorkScene& scene, Address const& by) {
  return scene.act(by, on_job<CloseJob>());
}
TxStatus accept_offer(WorkScene& scene, Address const&) {
  return scene.act(scene.talent, scene.acceptance());
}
TxStatus judge(WorkScene& scene, Address const&) {
  next_report_step(scene);
  return TX_STATUS_OK;
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  scene.set_time(*deadline(scene));
  scene.fire_due();
  return TX_STATUS_OK;
}

std::vector<RowCase> cases() {
  std::vector<Stranger> const strangers = {{talent, TX_STATUS_NOT_YOUR_JOB},
                                           {outsider, TX_STATUS_NOT_YOUR_JOB}};
  auto const empty = [](WorkScene&) {};
  auto const posted = [](WorkScene& scene) { scene.post_job(); };
  auto const proposed = [](WorkScene& scene) { scene.propose(); };
  auto const offered = [](WorkScene& scene) { scene.make_offer(); };
  auto const signed_up = [](WorkScene& scene) { scene.sign(); };
  auto const is_closed = [](WorkScene& scene) {
    scene.post_job();
    EXPECT_EQ(close(scene, scene.client), TX_STATUS_OK);
  };
  auto const is_expired = [](WorkScene& scene) {
    scene.post_job();
    (void)wait_for_it(scene, {});
  };
  auto const judged = [](WorkScene& scene) {
    seat_jury(scene);
    find(scene, {90, 90, 90});
  };
  auto const is_hidden = [judged](WorkScene& scene) {
    judged(scene);
    (void)judge(scene, {});
  };
  auto const fifty = [](WorkScene& scene) {
    for (int i = 0; i < 50; ++i) EXPECT_EQ(post(scene, scene.client), TX_STATUS_OK);
  };
  // clang-format off
  return {
    {"post", none, open, "", empty, post, client, {},
     {{"fifty open jobs", fifty, TX_STATUS_TOO_MANY_OPEN_JOBS}}},
    {"touch", open, open, "with an answer of the client to a proposal", proposed, shortlist},
    {"decline_all", open, open, "the client", proposed, decline_all, client, strangers},
    {"fill", open, filled, "with offer.accept", offered, accept_offer},
    {"close", open, closed, "the client", posted, close, client, strangers},
    {"hide", open, hidden, "with report.uphold", judged, judge},
    {"expire", open, expired, "the block", posted, wait_for_it},
    {"leave", filled, none, "the block", signed_up, wait_for_it},
    {"leave", closed, none, "the block", is_closed, wait_for_it},
    {"leave", expired, none, "the block", is_expired, wait_for_it},
    {"leave", hidden, none, "the block", is_hidden, wait_for_it},
  };
  // clang-format on
}

TEST(JobTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const job = scene.job();
                              return job ? job->state() : none;
                            },
                        .deadline = deadline};
  TableCoverage<JobAct, JobState>{job_machine(), watched, cases()}.check_all();
}

}  // namespace
}  // namespace work
