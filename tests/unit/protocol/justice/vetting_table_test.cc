// Every row of a vetting's table, fired and refused.

#include <gtest/gtest.h>

#include "protocol/justice/vetting_machine.h"
#include "tests/support/table_coverage.h"
#include "tests/support/vetting_scene.h"

namespace justice {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = VETTING_STATE_UNSPECIFIED;
constexpr auto drawing = VETTING_STATE_DRAWING;
constexpr auto voting = VETTING_STATE_VOTING;
constexpr auto revealing = VETTING_STATE_REVEALING;
constexpr auto vetted = VETTING_STATE_VETTED;
constexpr auto refused = VETTING_STATE_REFUSED;
constexpr auto lapsed = VETTING_STATE_LAPSED;
constexpr auto struck = VETTING_STATE_STRUCK;
constexpr auto expired = VETTING_STATE_EXPIRED;

constexpr auto client = &WorkScene::client;
constexpr auto talent = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

// ---- ways into each state: beyond those of the scene ----

void before(WorkScene& scene) {
  before_vetting(scene);
}
void at_drawing(WorkScene& scene) {
  apply_for_vetting(scene);
}
void with_vetters_ready(WorkScene& scene) {
  await_vetters(scene);
}
void at_voting(WorkScene& scene) {
  seat_vetters(scene);
}
void at_revealing(WorkScene& scene) {
  seat_vetters(scene);
  next_vetting_step(scene);
}
template <std::uint32_t award>
void with_verdicts(WorkScene& scene) {
  seat_vetters(scene);
  say_verdicts(scene, {award, award, award});
}
void at_vetted(WorkScene& scene) {
  vet(scene, {90, 80, 70}, 6);
}
// Nobody has told a random value, and there is no more time.
template <void (*arrange)(WorkScene&)>
void never_drawn(WorkScene& scene) {
  arrange(scene);
  auto now = vetting(scene);
  now.set_draw_until_ms(now.until_ms());
  scene.put(now);
}
template <std::uint32_t award>
void with_verdicts_of_jury(WorkScene& scene) {
  seat_challenge(scene);
  say_verdicts(scene, {award, award, award});
}
template <void (*arrange)(WorkScene&)>
void one_step_later(WorkScene& scene) {
  arrange(scene);
  next_vetting_step(scene);
}

// ---- acts ----

TxStatus apply_now(WorkScene& scene, Address const& by) {
  return scene.act(by, application());
}
TxStatus challenge_it(WorkScene& scene, Address const& by) {
  return scene.act(by, challenge());
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  next_vetting_step(scene);
  return TX_STATUS_OK;
}

// ---- what breaks the guard ----

template <class Change>
Arrange with_profile(Change change) {
  return [change](WorkScene& scene) {
    auto profile = *scene.profile();
    change(profile);
    scene.put(profile);
  };
}
VettedSkill& add_vetted(Profile& profile, std::string const& uri) {
  auto& skill = *profile.add_vetted();
  skill.set_uri(uri);
  skill.set_level(5);
  skill.set_vetting(9);
  return skill;
}

std::vector<Broken> unfit() {
  return {
      {"a paused profile",
       with_profile([](Profile& profile) { profile.set_state(PROFILE_STATE_PAUSED); }),
       TX_STATUS_PROFILE_NOT_ACTIVE},
      {"another skill", with_profile([](Profile& profile) {
         profile.mutable_details()->mutable_skills(0)->set_uri("http://example.org/another");
       }),
       TX_STATUS_SKILL_NOT_CLAIMED},
      {"vetted already",
       with_profile([](Profile& profile) { add_vetted(profile, claimed_skill()); }),
       TX_STATUS_ALREADY_VETTED},
      {"one under way", with_profile([](Profile& profile) { profile.set_applied(7); }),
       TX_STATUS_VETTING_UNDER_WAY},
      {"refused before",
       with_profile([](Profile& profile) { profile.set_apply_from_ms(~std::uint64_t{0}); }),
       TX_STATUS_VETTING_TOO_SOON},
      {"eight others", with_profile([](Profile& profile) {
         for (int i = 0; i < 8; ++i) add_vetted(profile, "http://example.org/" + std::to_string(i));
       }),
       TX_STATUS_TOO_MANY_VETTINGS},
  };
}

std::vector<RowCase> cases() {
  std::vector<Stranger> const nobody = {{outsider, TX_STATUS_PROFILE_NOT_FOUND}};
  std::vector<Stranger> const the_person = {{talent, TX_STATUS_OWN_VETTING}};
  auto const person = "an attested person";
  auto const block = "the block";
  // clang-format off
  return {
    {"apply", none, drawing, person, before, apply_now, talent, nobody, unfit()},
    {"draw", drawing, voting, block, with_vetters_ready, wait_for_it},
    {"draw_again", drawing, drawing, block, at_drawing, wait_for_it},
    {"no_vetters", drawing, lapsed, block, never_drawn<at_drawing>, wait_for_it},
    {"no_jury", drawing, vetted, block, never_drawn<challenge_vetting>, wait_for_it},
    {"votes_in", voting, revealing, block, at_voting, wait_for_it},
    {"vouch", revealing, vetted, block, with_verdicts<80>, wait_for_it},
    {"refuse", revealing, refused, block, with_verdicts<50>, wait_for_it},
    {"uphold", revealing, vetted, block, with_verdicts_of_jury<80>, wait_for_it},
    {"strike", revealing, struck, block, with_verdicts_of_jury<50>, wait_for_it},
    {"no_verdict", revealing, drawing, block, at_revealing, wait_for_it},
    {"challenge", vetted, drawing, "anybody but the person", at_vetted, challenge_it, client,
     the_person},
    {"expire", vetted, expired, block, at_vetted, wait_for_it},
    {"leave", refused, none, block, one_step_later<with_verdicts<50>>, wait_for_it},
    {"leave", lapsed, none, block, one_step_later<never_drawn<at_drawing>>, wait_for_it},
    {"leave", struck, none, block, one_step_later<with_verdicts_of_jury<50>>, wait_for_it},
    {"leave", expired, none, block, one_step_later<at_vetted>, wait_for_it},
  };
  // clang-format on
}

TEST(VettingTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const now = scene.find<Vetting>(state::keys::vetting(1));
                              return now ? now->state() : none;
                            },
                        .deadline = [](WorkScene const& scene) -> std::optional<std::uint64_t> {
                          auto const clock = state::deadline_of(vetting(scene));
                          return clock ? std::optional{clock->value()} : std::nullopt;
                        }};
  TableCoverage<VettingAct, VettingState>{vetting_machine(), watched, cases()}.check_all();
}

}  // namespace
}  // namespace justice
