// Every row of the invitation's table, fired and refused.

#include <gtest/gtest.h>

#include "protocol/work/invitation_machine.h"
#include "tests/support/table_coverage.h"

namespace work {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = INVITATION_STATE_UNSPECIFIED;
constexpr auto open = INVITATION_STATE_OPEN;

constexpr auto client = &WorkScene::client;
constexpr auto talent = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

std::optional<std::uint64_t> deadline(WorkScene const& scene) {
  auto const invitation = scene.invitation();
  auto const due = invitation ? state::deadline_of(*invitation) : std::nullopt;
  return due ? std::optional{due->value()} : std::nullopt;
}

TxStatus invite(WorkScene& scene, Address const& by) {
  auto message = on_job<InviteTalent>();
  message.set_talent(scene.talent.str());
  return scene.act(by, message);
}
// An answer to an invitation that is over is a proposal like any other, or of nobody invited.
TxStatus propose(WorkScene& scene, Address const& by) {
  if (by != scene.talent || !scene.invitation()) return TX_STATUS_INVITATION_NOT_FOUND;
  auto const over = scene.now_ms() >= *deadline(scene);
  auto message = on_job<SubmitProposal>();
  message.set_summary("Gladly");
  message.set_amount(800 * usd);
  auto const status = scene.act(by, message);
  return over && status == TX_STATUS_NOT_INVITED ? TX_STATUS_DEADLINE_PASSED : status;
}
TxStatus decline(WorkScene& scene, Address const& by) {
  return scene.act(by, on_job<DeclineInvitation>());
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  scene.set_time(*deadline(scene));
  scene.fire_due();
  return TX_STATUS_OK;
}

void posted(WorkScene& scene) {
  PostJob post;
  *post.mutable_details() = job_details();
  post.set_invited_only(true);
  EXPECT_EQ(scene.act(scene.client, post), TX_STATUS_OK);
}
void is_open(WorkScene& scene) {
  posted(scene);
  EXPECT_EQ(invite(scene, scene.client), TX_STATUS_OK);
}
void close_job(WorkScene& scene) {
  EXPECT_EQ(scene.act(scene.client, on_job<CloseJob>()), TX_STATUS_OK);
}
void fifty_sent(WorkScene& scene) {
  auto job = *scene.job();
  job.set_invitations(50);
  scene.put(job);
}

std::vector<RowCase> cases() {
  std::vector<Stranger> const not_client = {{talent, TX_STATUS_NOT_YOUR_JOB},
                                            {outsider, TX_STATUS_NOT_YOUR_JOB}};
  std::vector<Stranger> const not_talent = {{client, TX_STATUS_INVITATION_NOT_FOUND},
                                            {outsider, TX_STATUS_INVITATION_NOT_FOUND}};
  std::vector<Broken> const may_not = {
      {"a closed job", close_job, TX_STATUS_JOB_NOT_OPEN},
      {"fifty invitations", fifty_sent, TX_STATUS_TOO_MANY_INVITATIONS}};
  auto const sending = "the client of the job, to anyone else who has not blocked it";
  // clang-format off
  return {
    {"send", none, open, sending, posted, invite, client, not_client, may_not},
    {"accept", open, none, "the talent, with proposal.submit", is_open, propose, talent,
     not_talent},
    {"decline", open, none, "the talent", is_open, decline, talent, not_talent},
    {"lapse", open, none, "the block", is_open, wait_for_it},
  };
  // clang-format on
}

TEST(InvitationTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const invitation = scene.invitation();
                              return invitation ? invitation->state() : none;
                            },
                        .deadline = deadline};
  TableCoverage<InvitationAct, InvitationState>{invitation_machine(), watched, cases()}.check_all();
}

}  // namespace
}  // namespace work
