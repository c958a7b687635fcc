// Every row of a juror's seat, fired and refused. The seat under the table is the scene's juror's.

#include <gtest/gtest.h>

#include "protocol/justice/verdict_machine.h"
#include "tests/support/justice_scene.h"
#include "tests/support/table_coverage.h"

namespace justice {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = JUROR_SEAT_STATE_UNSPECIFIED;
constexpr auto drawn = JUROR_SEAT_STATE_DRAWN;
constexpr auto committed = JUROR_SEAT_STATE_COMMITTED;
constexpr auto revealed = JUROR_SEAT_STATE_REVEALED;
constexpr auto exposed = JUROR_SEAT_STATE_EXPOSED;
constexpr auto absent = JUROR_SEAT_STATE_ABSENT;

constexpr auto juror = &WorkScene::juror;
constexpr auto outsider = &WorkScene::outsider;

JurorSeatState state_of(WorkScene const& scene) {
  auto const dispute = scene.dispute();
  if (!dispute) return none;
  for (auto const& seat : dispute->panels().rbegin()->seats()) {
    if (seat.juror() == scene.juror.chars()) return seat.state();
  }
  return none;
}

// ---- ways into each state ----

void ready(WorkScene& scene) {
  await_panel(scene);
}
void seated(WorkScene& scene) {
  seat_panel(scene);
}
void said(WorkScene& scene) {
  seat_panel(scene);
  EXPECT_EQ(scene.act(scene.juror, verdict(scene, scene.juror, 70)), TX_STATUS_OK);
}
void revealing(WorkScene& scene) {
  said(scene);
  next_step(scene);
}
void seated_till_the_end(WorkScene& scene) {
  seat_panel(scene);
  next_step(scene);
}

// ---- acts ----

TxStatus commit(WorkScene& scene, Address const& by) {
  return scene.act(by, verdict(scene, by, 70));
}
TxStatus reveal(WorkScene& scene, Address const& by) {
  return scene.act(by, verdict_reveal(70));
}
TxStatus reveal_another(WorkScene& scene, Address const& by) {
  return scene.act(by, verdict_reveal(71));
}
TxStatus expose(WorkScene& scene, Address const& by) {
  return scene.act(by, verdict_exposure(scene.juror, 70));
}
TxStatus expose_another(WorkScene& scene, Address const& by) {
  return scene.act(by, verdict_exposure(scene.juror, 71));
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  next_step(scene);
  return TX_STATUS_OK;
}

std::vector<RowCase> cases() {
  std::vector<Stranger> const no_juror = {{outsider, TX_STATUS_NOT_ON_PANEL}};
  // clang-format off
  return {
    {"draw", none, drawn, "with the draw of dispute, vetting or report", ready, wait_for_it},
    {"commit", drawn, committed, "the juror", seated, commit, juror, no_juror,
     {{"the panel reveals", next_step, TX_STATUS_NOT_VOTING}}},
    {"expose", committed, exposed, "anybody but the juror", said, expose, outsider,
     {{juror, TX_STATUS_OWN_VERDICT}},
     {{"another award", {}, TX_STATUS_VERDICT_MISMATCH, expose_another},
      {"the panel reveals", next_step, TX_STATUS_NOT_VOTING}}},
    {"reveal", committed, revealed, "the juror", revealing, reveal, juror, no_juror,
     {{"another award", {}, TX_STATUS_VERDICT_MISMATCH, reveal_another}}},
    {"miss", drawn, absent, "with the end of the days to reveal", seated_till_the_end, wait_for_it},
    {"miss", committed, absent, "with the end of the days to reveal", revealing, wait_for_it},
  };
  // clang-format on
}

TEST(VerdictTable, EveryRowFiresAndIsRefused) {
  Watched const watched{
      .state = [](WorkScene const& scene) { return state_of(scene); },
      .deadline =
          [](WorkScene const& scene) { return std::optional{scene.dispute()->until_ms()}; }};
  auto const& machine = verdict_machine();
  TableCoverage<VerdictAct, JurorSeatState>{machine, watched, cases()}.check_all();
}

}  // namespace
}  // namespace justice
