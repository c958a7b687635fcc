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

TxStatus create(WorkScene& scene, Address const& by) {
  CreateProfile message;
  *message.mutable_details() = profile_details();
  return scene.act(by, message);
}
TxStatus edit(WorkScene& scene, Address const& by) {
  EditProfile message;
  *message.mutable_details() = profile_details();
  message.mutable_details()->set_rate(50 * usd);
  return scene.act(by, message);
}
TxStatus edit_headline_away(WorkScene& scene, Address const& by) {
  EditProfile message;
  *message.mutable_details() = profile_details();
  message.mutable_details()->clear_headline();
  return scene.act(by, message);
}
template <class M>
TxStatus plain(WorkScene& scene, Address const& by) {
  return scene.act(by, M{});
}

void is_draft(WorkScene& scene) {
  EXPECT_EQ(create(scene, scene.client), TX_STATUS_OK);
}
void is_active(WorkScene& scene) {
  is_draft(scene);
  EXPECT_EQ(plain<PublishProfile>(scene, scene.client), TX_STATUS_OK);
}
void is_paused(WorkScene& scene) {
  is_active(scene);
  EXPECT_EQ(plain<PauseProfile>(scene, scene.client), TX_STATUS_OK);
}
void without_headline(WorkScene& scene) {
  EXPECT_EQ(edit_headline_away(scene, scene.client), TX_STATUS_OK);
}

std::vector<RowCase> cases() {
  auto const empty = [](WorkScene&) {};
  std::vector<Broken> const unnamed = {
      {"no headline", {}, TX_STATUS_TEXT_MISSING, edit_headline_away}};
  std::vector<Broken> const blank = {{"no headline", without_headline, TX_STATUS_TEXT_MISSING}};
  auto const owner = "its owner";
  // clang-format off
  return {
    {"create", none, draft, owner, empty, create, client},
    {"edit", draft, draft, owner, is_draft, edit, client},
    {"edit", active, active, owner, is_active, edit, client, {}, unnamed},
    {"edit", paused, paused, owner, is_paused, edit, client, {}, unnamed},
    {"publish", draft, active, owner, is_draft, plain<PublishProfile>, client, {}, blank},
    {"pause", active, paused, owner, is_active, plain<PauseProfile>, client},
    {"resume", paused, active, owner, is_paused, plain<ResumeProfile>, client},
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
