// Every row of the profile's table, fired and refused. The profile is the client's, who has none
// at first.

#include <gtest/gtest.h>

#include "protocol/talent/profile_machine.h"
#include "tests/support/table_coverage.h"

namespace talent {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = PROFILE_STATE_UNSPECIFIED;
constexpr auto draft = PROFILE_STATE_DRAFT;
constexpr auto active = PROFILE_STATE_ACTIVE;
constexpr auto paused = PROFILE_STATE_PAUSED;
constexpr auto closed = PROFILE_STATE_CLOSED;

constexpr auto client = &WorkScene::client;
constexpr auto talent = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

// An agent, for whom the talent is to answer, unless somebody else is named: every row is its.
ProfileDetails details_of(Address const& responsible) {
  auto details = profile_details();
  details.set_kind(PROFILE_KIND_AGENT);
  details.set_responsible(responsible.str());
  return details;
}
TxStatus create(WorkScene& scene, Address const& by) {
  CreateProfile message;
  *message.mutable_details() = details_of(scene.talent);
  return scene.act(by, message);
}
TxStatus edit_to(WorkScene& scene, Address const& by, ProfileDetails const& details) {
  EditProfile message;
  *message.mutable_details() = details;
  return scene.act(by, message);
}
TxStatus edit(WorkScene& scene, Address const& by) {
  auto details = details_of(scene.talent);
  details.set_rate(50 * usd);
  return edit_to(scene, by, details);
}
TxStatus edit_headline_away(WorkScene& scene, Address const& by) {
  auto details = details_of(scene.talent);
  details.clear_headline();
  return edit_to(scene, by, details);
}
TxStatus name_another(WorkScene& scene, Address const& by) {
  return edit_to(scene, by, details_of(scene.outsider));
}
TxStatus answer(WorkScene& scene, Address const& by) {
  AnswerForAgent message;
  message.set_agent(scene.client.str());
  return scene.act(by, message);
}
TxStatus stop_answering(WorkScene& scene, Address const& by) {
  StopAnsweringForAgent message;
  message.set_agent(scene.client.str());
  return scene.act(by, message);
}
template <class M>
TxStatus plain(WorkScene& scene, Address const& by) {
  return scene.act(by, M{});
}

void is_new(WorkScene& scene) {
  scene.identify(scene.talent);
  EXPECT_EQ(create(scene, scene.client), TX_STATUS_OK);
}
void is_draft(WorkScene& scene) {
  is_new(scene);
  EXPECT_EQ(answer(scene, scene.talent), TX_STATUS_OK);
}
void is_active(WorkScene& scene) {
  is_draft(scene);
  EXPECT_EQ(plain<PublishProfile>(scene, scene.client), TX_STATUS_OK);
}
void is_paused(WorkScene& scene) {
  is_active(scene);
  EXPECT_EQ(plain<PauseProfile>(scene, scene.client), TX_STATUS_OK);
}
void is_left(WorkScene& scene) {
  is_active(scene);
  EXPECT_EQ(stop_answering(scene, scene.talent), TX_STATUS_OK);
}
void without_headline(WorkScene& scene) {
  EXPECT_EQ(edit_headline_away(scene, scene.client), TX_STATUS_OK);
}
void has_answered(WorkScene& scene) {
  EXPECT_EQ(answer(scene, scene.talent), TX_STATUS_OK);
}
// Without having said so: an active one is never left like that.
void nobody_answers(WorkScene& scene) {
  auto profile = scene.find<Profile>(state::keys::profile(scene.client)).value();
  profile.set_answered_for(false);
  scene.put(profile);
}

std::vector<RowCase> cases() {
  auto const empty = [](WorkScene&) {};
  Broken const blank{"no headline", {}, TX_STATUS_TEXT_MISSING, edit_headline_away};
  Broken const unnamed{"no headline", without_headline, TX_STATUS_TEXT_MISSING};
  Broken const another{"names another", {}, TX_STATUS_NOBODY_ANSWERS, name_another};
  Broken const alone{"nobody answers", nobody_answers, TX_STATUS_NOBODY_ANSWERS};
  std::vector<Broken> const twice = {
      {"it was said", has_answered, TX_STATUS_AGENT_IS_ANSWERED_FOR}};
  std::vector<Stranger> const others = {{outsider, TX_STATUS_NOT_RESPONSIBLE},
                                        {client, TX_STATUS_NOT_RESPONSIBLE}};
  auto const named = "the attested person whom it names";
  auto const person = "the person whom it names";
  auto const owner = "its owner";
  // clang-format off
  return {
    {"create", none, draft, owner, empty, create, client},
    {"edit", draft, draft, owner, is_draft, edit, client},
    {"edit", active, active, owner, is_active, edit, client, {}, {blank, another}},
    {"edit", paused, paused, owner, is_paused, edit, client, {}, {blank}},
    {"publish", draft, active, owner, is_draft, plain<PublishProfile>, client, {},
     {unnamed, alone}},
    {"pause", active, paused, owner, is_active, plain<PauseProfile>, client},
    {"resume", paused, active, owner, is_paused, plain<ResumeProfile>, client, {}, {alone}},
    {"answer_for", draft, draft, named, is_new, answer, talent, others, twice},
    {"answer_for", paused, paused, named, is_left, answer, talent, others, twice},
    {"stop_answering", draft, draft, person, is_draft, stop_answering, talent, others, {alone}},
    {"stop_answering", active, paused, person, is_active, stop_answering, talent, others, {alone}},
    {"stop_answering", paused, paused, person, is_paused, stop_answering, talent, others, {alone}},
    {"close", draft, closed, owner, is_draft, plain<CloseProfile>, client},
    {"close", active, closed, owner, is_active, plain<CloseProfile>, client},
    {"close", paused, closed, owner, is_paused, plain<CloseProfile>, client},
  };
  // clang-format on
}

TEST(ProfileTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const profile =
                                  scene.find<Profile>(state::keys::profile(scene.client));
                              return profile ? profile->state() : none;
                            },
                        .deadline = [](WorkScene const&) { return std::nullopt; }};
  TableCoverage<ProfileAct, ProfileState>{profile_machine(), watched, cases()}.check_all();
}

}  // namespace
}  // namespace talent
