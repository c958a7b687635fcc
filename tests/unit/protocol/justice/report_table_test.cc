// Every row of a report's table, fired and refused.

#include <gtest/gtest.h>

#include "protocol/justice/report_machine.h"
#include "tests/support/report_scene.h"
#include "tests/support/table_coverage.h"

namespace justice {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = REPORT_STATE_UNSPECIFIED;
constexpr auto drawing = REPORT_STATE_DRAWING;
constexpr auto voting = REPORT_STATE_VOTING;
constexpr auto revealing = REPORT_STATE_REVEALING;
constexpr auto upheld = REPORT_STATE_UPHELD;
constexpr auto dismissed = REPORT_STATE_DISMISSED;
constexpr auto lapsed = REPORT_STATE_LAPSED;

constexpr auto client = &WorkScene::client;
constexpr auto talent = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

// ---- ways into each state: beyond those of the scene ----

// The client is a person, too.
void before(WorkScene& scene) {
  before_report(scene);
  scene.identify(scene.client);
}
void at_drawing(WorkScene& scene) {
  report_job(scene);
}
void with_jury_ready(WorkScene& scene) {
  await_jury(scene);
}
void at_voting(WorkScene& scene) {
  seat_jury(scene);
}
void at_revealing(WorkScene& scene) {
  seat_jury(scene);
  next_report_step(scene);
}
template <std::uint32_t award>
void with_verdicts(WorkScene& scene) {
  seat_jury(scene);
  find(scene, {award, award, award});
}
// Nobody has told a random value, and there is no more time.
void never_drawn(WorkScene& scene) {
  report_job(scene);
  auto now = report(scene);
  now.set_draw_until_ms(now.until_ms());
  scene.put(now);
}
template <void (*arrange)(WorkScene&)>
void one_step_later(WorkScene& scene) {
  arrange(scene);
  next_report_step(scene);
}

// ---- acts ----

TxStatus report_it(WorkScene& scene, Address const& by) {
  return scene.act(by, job_report());
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  next_report_step(scene);
  return TX_STATUS_OK;
}

std::vector<Broken> unreportable() {
  return {
      {"the job was closed",
       [](WorkScene& scene) {
         CloseJob close;
         close.set_job(1);
         ASSERT_EQ(scene.act(scene.client, close), TX_STATUS_OK);
       },
       TX_STATUS_JOB_NOT_OPEN},
      {"the job was reported",
       [](WorkScene& scene) {
         auto job = *scene.job();
         job.set_report(7);
         scene.put(job);
       },
       TX_STATUS_JOB_REPORTED},
      {"they have reported another",
       [](WorkScene& scene) {
         OpenWork open;
         open.set_account(scene.outsider.str());
         open.set_report(7);
         scene.put(open);
       },
       TX_STATUS_REPORT_UNDER_WAY},
  };
}

std::vector<RowCase> cases() {
  std::vector<Stranger> const others = {{talent, TX_STATUS_NOT_ATTESTED},
                                        {client, TX_STATUS_OWN_JOB}};
  auto const block = "the block";
  // clang-format off
  return {
    {"report", none, drawing, "an attested person, not the client", before, report_it, outsider,
     others, unreportable()},
    {"draw", drawing, voting, block, with_jury_ready, wait_for_it},
    {"draw_again", drawing, drawing, block, at_drawing, wait_for_it},
    {"no_jury", drawing, lapsed, block, never_drawn, wait_for_it},
    {"votes_in", voting, revealing, block, at_voting, wait_for_it},
    {"uphold", revealing, upheld, block, with_verdicts<51>, wait_for_it},
    {"dismiss", revealing, dismissed, block, with_verdicts<50>, wait_for_it},
    {"no_verdict", revealing, drawing, block, at_revealing, wait_for_it},
    {"leave", upheld, none, block, one_step_later<with_verdicts<51>>, wait_for_it},
    {"leave", dismissed, none, block, one_step_later<with_verdicts<50>>, wait_for_it},
    {"leave", lapsed, none, block, one_step_later<never_drawn>, wait_for_it},
  };
  // clang-format on
}

TEST(ReportTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const now = scene.find<Report>(state::keys::report(1));
                              return now ? now->state() : none;
                            },
                        .deadline = [](WorkScene const& scene) -> std::optional<std::uint64_t> {
                          auto const clock = state::deadline_of(report(scene));
                          return clock ? std::optional{clock->value()} : std::nullopt;
                        }};
  TableCoverage<ReportAct, ReportState>{report_machine(), watched, cases()}.check_all();
}

}  // namespace
}  // namespace justice
