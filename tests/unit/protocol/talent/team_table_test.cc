// Every row of the team's table, fired and refused: the talent is the team, the client and the
// issuer are its members.

#include <gtest/gtest.h>

#include "protocol/talent/team.h"
#include "protocol/talent/team_machine.h"
#include "tests/support/table_coverage.h"

namespace talent {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = TEAM_STATE_UNSPECIFIED;
constexpr auto proposed = TEAM_STATE_PROPOSED;
constexpr auto settled = TEAM_STATE_SETTLED;

constexpr auto client = &WorkScene::client;
constexpr auto issuer = &WorkScene::issuer;
constexpr auto the_team = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

std::optional<std::uint64_t> deadline(WorkScene const& scene) {
  auto const team = find_team(scene.state(), scene.talent);
  auto const due = team ? state::deadline_of(*team) : std::nullopt;
  return due ? std::optional{due->value()} : std::nullopt;
}

TxStatus propose_with(WorkScene& scene, Address const& by, std::uint32_t issuers_bps) {
  ProposeSplit message;
  for (auto const& [who, bps] :
       {std::pair{scene.issuer, issuers_bps}, std::pair{scene.client, 10'000 - issuers_bps}}) {
    message.add_shares()->set_account(who.str());
    message.mutable_shares()->rbegin()->set_bps(bps);
  }
  return scene.act(by, message);
}
TxStatus propose(WorkScene& scene, Address const& by) {
  return propose_with(scene, by, 4000);
}
TxStatus propose_another(WorkScene& scene, Address const& by) {
  return propose_with(scene, by, 3000);
}
TxStatus agree(WorkScene& scene, Address const& by) {
  AgreeToSplit message;
  message.set_team(scene.talent.str());
  auto const team = find_team(scene.state(), scene.talent);
  message.set_split_hash(team && !team->proposed_hash().empty() ? team->proposed_hash()
                                                                : hash_of(1));
  return scene.act(by, message);
}
TxStatus agree_to_another(WorkScene& scene, Address const& by) {
  AgreeToSplit message;
  message.set_team(scene.talent.str());
  message.set_split_hash(hash_of(1));
  return scene.act(by, message);
}
TxStatus leave(WorkScene& scene, Address const& by) {
  LeaveTeam message;
  message.set_team(scene.talent.str());
  return scene.act(by, message);
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  scene.set_time(*deadline(scene));
  scene.fire_due();
  return TX_STATUS_OK;
}

// All three have profiles; the talent's is a team's, and the other two no teams'.
void is_team(WorkScene& scene) {
  EditProfile edit;
  *edit.mutable_details() = profile_details();
  edit.mutable_details()->set_kind(PROFILE_KIND_TEAM);
  EXPECT_EQ(scene.act(scene.talent, edit), TX_STATUS_OK);
  CreateProfile create;
  *create.mutable_details() = profile_details();
  for (auto const& who : {scene.client, scene.outsider}) {
    EXPECT_EQ(scene.act(who, create), TX_STATUS_OK);
  }
}
void is_proposed(WorkScene& scene) {
  is_team(scene);
  EXPECT_EQ(propose(scene, scene.talent), TX_STATUS_OK);
}
void one_is_missing(WorkScene& scene) {
  is_proposed(scene);
  EXPECT_EQ(agree(scene, scene.issuer), TX_STATUS_OK);
}
void is_settled(WorkScene& scene) {
  one_is_missing(scene);
  EXPECT_EQ(agree(scene, scene.client), TX_STATUS_OK);
}
void is_proposed_anew(WorkScene& scene) {
  is_settled(scene);
  EXPECT_EQ(propose_another(scene, scene.talent), TX_STATUS_OK);
}
void has_agreed(WorkScene& scene) {
  EXPECT_EQ(agree(scene, scene.issuer), TX_STATUS_OK);
}
void another_is_missing(WorkScene& scene) {
  auto team = *find_team(scene.state(), scene.talent);
  team.add_missing(scene.outsider.str());
  scene.put(team);
}

std::vector<RowCase> cases() {
  std::vector<Stranger> const no_teams = {{client, TX_STATUS_NOT_A_TEAM},
                                          {outsider, TX_STATUS_NOT_A_TEAM}};
  std::vector<Stranger> const not_in = {{the_team, TX_STATUS_NOT_IN_TEAM},
                                        {outsider, TX_STATUS_NOT_IN_TEAM}};
  std::vector<Broken> const not_so = {
      {"another split", {}, TX_STATUS_SPLIT_PROPOSAL_CHANGED, agree_to_another},
      {"agreed already", has_agreed, TX_STATUS_NOT_IN_TEAM}};
  std::vector<Broken> const not_all = {
      {"somebody has not agreed", another_is_missing, TX_STATUS_OK}};
  auto const waited = "a member, or who is to become one";
  // clang-format off
  return {
    {"propose", none, proposed, "the team", is_team, propose, the_team, no_teams},
    {"propose", proposed, proposed, "the team", is_proposed, propose_another, the_team, no_teams},
    {"propose", settled, proposed, "the team", is_settled, propose_another, the_team, no_teams},
    {"agree", proposed, proposed, waited, is_proposed, agree, issuer, not_in, not_so},
    {"complete", proposed, settled, "the last who is waited for", one_is_missing, agree, client, {},
     not_all},
    {"lapse", proposed, none, "the block", is_proposed, wait_for_it},
    {"lapse", proposed, settled, "the block", is_proposed_anew, wait_for_it},
    {"leave", proposed, none, "a member", is_proposed_anew, leave, client, not_in},
    {"leave", settled, none, "a member", is_settled, leave, client, not_in},
  };
  // clang-format on
}

TEST(TeamTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const team = find_team(scene.state(), scene.talent);
                              return team ? team->state() : none;
                            },
                        .deadline = deadline};
  TableCoverage<TeamAct, TeamState>{team_machine(), watched, cases()}.check_all();
}

}  // namespace
}  // namespace talent
