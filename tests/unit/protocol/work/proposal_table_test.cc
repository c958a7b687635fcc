// Every row of the proposal's table, fired and refused.

#include <gtest/gtest.h>

#include "protocol/work/proposal_machine.h"
#include "tests/support/table_coverage.h"

namespace work {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = PROPOSAL_STATE_UNSPECIFIED;
constexpr auto submitted = PROPOSAL_STATE_SUBMITTED;
constexpr auto shortlisted = PROPOSAL_STATE_SHORTLISTED;
constexpr auto offered = PROPOSAL_STATE_OFFERED;
constexpr auto declined = PROPOSAL_STATE_DECLINED;
constexpr auto withdrawn = PROPOSAL_STATE_WITHDRAWN;
constexpr auto lapsed = PROPOSAL_STATE_LAPSED;

constexpr auto client = &WorkScene::client;
constexpr auto talent = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

std::optional<std::uint64_t> deadline(WorkScene const& scene) {
  auto const proposal = scene.proposal();
  auto const due = proposal ? state::deadline_of(*proposal) : std::nullopt;
  return due ? std::optional{due->value()} : std::nullopt;
}

TxStatus propose_to(WorkScene& scene, Address const& by, std::uint64_t job) {
  SubmitProposal message;
  message.set_job(job);
  message.set_summary("I have done this before");
  message.set_amount(800 * usd);
  return scene.act(by, message);
}
TxStatus submit(WorkScene& scene, Address const& by) {
  return propose_to(scene, by, 1);
}
TxStatus submit_elsewhere(WorkScene& scene, Address const&) {
  return propose_to(scene, scene.talent, 2);
}
TxStatus offer(WorkScene& scene, Address const& by) {
  auto message = on_proposal<MakeOffer>();
  *message.mutable_terms() = terms_of({500 * usd});
  return scene.act(by, message);
}
template <class M>
TxStatus plain(WorkScene& scene, Address const& by) {
  return scene.act(by, on_proposal<M>());
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  scene.set_time(*deadline(scene));
  scene.fire_due();
  return TX_STATUS_OK;
}

// The client has a profile too, so that only the job stands in the way of an own proposal.
void posted(WorkScene& scene) {
  CreateProfile create;
  *create.mutable_details() = profile_details();
  EXPECT_EQ(scene.act(scene.client, create), TX_STATUS_OK);
  scene.post_job();
}
void proposed(WorkScene& scene) {
  scene.post_job();
  EXPECT_EQ(submit(scene, scene.talent), TX_STATUS_OK);
}
void on_shortlist(WorkScene& scene) {
  proposed(scene);
  EXPECT_EQ(plain<ShortlistProposal>(scene, scene.client), TX_STATUS_OK);
}
// A client who was silent for long, without waiting until the proposal lapses.
void job_due(WorkScene& scene) {
  auto job = *scene.job();
  job.set_expires_at_ms(scene.now_ms());
  scene.put(job);
}
void job_expired(WorkScene& scene) {
  job_due(scene);
  scene.fire_due();
}
void decline_all(WorkScene& scene) {
  EXPECT_EQ(scene.act(scene.client, on_job<DeclineAllProposals>()), TX_STATUS_OK);
}
Arrange then(Arrange const& first, Run const& second, Role who) {
  return [first, second, who](WorkScene& scene) {
    first(scene);
    EXPECT_EQ(second(scene, scene.*who), TX_STATUS_OK);
  };
}
Arrange then(Arrange const& first, Arrange const& second) {
  return [first, second](WorkScene& scene) {
    first(scene);
    second(scene);
  };
}
void second_job(WorkScene& scene) {
  scene.post_job();
  decline_all(scene);
}
void not_declined(WorkScene& scene) {
  auto job = *scene.job();
  job.set_declined_through(0);
  scene.put(job);
}
void pause_profile(WorkScene& scene) {
  EXPECT_EQ(scene.act(scene.talent, PauseProfile{}), TX_STATUS_OK);
}
void close_job(WorkScene& scene) {
  EXPECT_EQ(scene.act(scene.client, on_job<CloseJob>()), TX_STATUS_OK);
}
void twenty_open(WorkScene& scene) {
  for (std::uint64_t job = 2; job < 22; ++job) {
    scene.post_job();
    EXPECT_EQ(propose_to(scene, scene.talent, job), TX_STATUS_OK);
  }
}

std::vector<RowCase> cases() {
  std::vector<Stranger> const not_client = {{talent, TX_STATUS_NOT_YOUR_JOB},
                                            {outsider, TX_STATUS_NOT_YOUR_JOB}};
  std::vector<Stranger> const not_talent = {{client, TX_STATUS_NOT_YOUR_PROPOSAL},
                                            {outsider, TX_STATUS_NOT_YOUR_PROPOSAL}};
  std::vector<Broken> const job_over = {
      {"the job has expired", job_expired, TX_STATUS_JOB_NOT_OPEN},
      {"the job is about to expire", job_due, TX_STATUS_DEADLINE_PASSED}};
  std::vector<Broken> const may_not = {
      {"a paused profile", pause_profile, TX_STATUS_PROFILE_NOT_ACTIVE},
      {"a closed job", close_job, TX_STATUS_JOB_NOT_OPEN},
      {"a job to expire", job_due, TX_STATUS_DEADLINE_PASSED},
      {"an open proposal to it", then([](WorkScene&) {}, submit, talent),
       TX_STATUS_ALREADY_PROPOSED},
      {"twenty open proposals", twenty_open, TX_STATUS_TOO_MANY_PROPOSALS}};
  std::vector<Broken> const undeclined = {{"not declined", not_declined, TX_STATUS_OK}};
  auto const had = then(proposed, second_job);
  auto const had_listed = then(on_shortlist, second_job);
  auto const all_declined = then(proposed, decline_all);
  auto const all_declined_listed = then(on_shortlist, decline_all);
  auto const was_offered = then(proposed, offer, client);
  auto const was_declined = then(proposed, plain<DeclineProposal>, client);
  auto const was_withdrawn = then(proposed, plain<WithdrawProposal>, talent);
  auto const has_lapsed = then(proposed, wait_for_it, talent);
  auto const others = "anyone but the client and whom it has blocked; of some jobs who is invited";
  auto const by_client = "the client";
  auto const offering = "the client, with offer.make";
  auto const in_need = "when the talent needs the place";
  // clang-format off
  return {
    {"submit", none, submitted, others, posted, submit, talent, {{client, TX_STATUS_OWN_JOB}},
     may_not},
    {"shortlist", submitted, shortlisted, by_client, proposed, plain<ShortlistProposal>, client,
     not_client, job_over},
    {"offer", submitted, offered, offering, proposed, offer, client, not_client, job_over},
    {"offer", shortlisted, offered, offering, on_shortlist, offer, client, not_client, job_over},
    {"decline", submitted, declined, by_client, proposed, plain<DeclineProposal>, client,
     not_client, job_over},
    {"decline", shortlisted, declined, by_client, on_shortlist, plain<DeclineProposal>, client,
     not_client, job_over},
    {"withdraw", submitted, withdrawn, "the talent", proposed, plain<WithdrawProposal>, talent,
     not_talent},
    {"withdraw", shortlisted, withdrawn, "the talent", on_shortlist, plain<WithdrawProposal>,
     talent, not_talent},
    {"follow_job", submitted, declined, in_need, had, submit_elsewhere, nullptr, {}, undeclined},
    {"follow_job", shortlisted, declined, in_need, had_listed, submit_elsewhere, nullptr, {},
     undeclined},
    {"declined", submitted, declined, "the block", all_declined, wait_for_it},
    {"declined", shortlisted, declined, "the block", all_declined_listed, wait_for_it},
    {"lapse", submitted, lapsed, "the block", proposed, wait_for_it},
    {"lapse", shortlisted, lapsed, "the block", on_shortlist, wait_for_it},
    {"leave", offered, none, "the block", was_offered, wait_for_it},
    {"leave", declined, none, "the block", was_declined, wait_for_it},
    {"leave", withdrawn, none, "the block", was_withdrawn, wait_for_it},
    {"leave", lapsed, none, "the block", has_lapsed, wait_for_it},
  };
  // clang-format on
}

TEST(ProposalTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const proposal = scene.proposal();
                              return proposal ? proposal->state() : none;
                            },
                        .deadline = deadline};
  TableCoverage<ProposalAct, ProposalState>{proposal_machine(), watched, cases()}.check_all();
}

}  // namespace
}  // namespace work
