// Every row of a week's table, fired and refused.

#include <gtest/gtest.h>

#include "protocol/work/week_machine.h"
#include "tests/support/hours_scene.h"
#include "tests/support/justice_scene.h"
#include "tests/support/must.h"
#include "tests/support/table_coverage.h"

namespace work {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = WEEK_STATE_UNSPECIFIED;
constexpr auto open = WEEK_STATE_OPEN;
constexpr auto review = WEEK_STATE_REVIEW;
constexpr auto paid = WEEK_STATE_PAID;
constexpr auto disputed = WEEK_STATE_DISPUTED;
constexpr auto settled = WEEK_STATE_SETTLED;

constexpr auto client = &WorkScene::client;
constexpr auto talent = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

std::optional<std::uint64_t> deadline(WorkScene const& scene) {
  auto const found = week(scene);
  auto const due = found ? state::deadline_of(*found) : std::nullopt;
  return due ? std::optional{due->value()} : std::nullopt;
}

TxStatus fund(WorkScene& scene, Address const&) {
  return scene.act(scene.client, week_funding());
}
TxStatus log(WorkScene& scene, Address const& by) {
  return scene.act(by, hours_logged(scene, 120, 0));
}
TxStatus log_as_talent(WorkScene& scene, Address const&) {
  return log(scene, scene.talent);
}
TxStatus log_beyond_the_last(WorkScene& scene, Address const& by) {
  return scene.act(by, hours_logged(scene, 120, 7));
}
TxStatus log_nothing_new(WorkScene& scene, Address const& by) {
  return scene.act(by, hours_logged(scene, 0, 0));
}
TxStatus log_the_future(WorkScene& scene, Address const& by) {
  auto message = hours_logged(scene, 120, 0);
  message.set_ended_at_ms(scene.now_ms() + 1);
  return scene.act(by, message);
}
TxStatus log_before_it_was_funded(WorkScene& scene, Address const& by) {
  return scene.act(by, hours_logged(scene, 181, 0));
}
TxStatus log_after_its_end(WorkScene& scene, Address const& by) {
  scene.set_time(week(scene)->ends_at_ms() + 1);
  auto message = hours_logged(scene, 120, 0);
  message.set_ended_at_ms(scene.now_ms());
  return scene.act(by, message);
}
TxStatus log_too_much(WorkScene& scene, Address const& by) {
  scene.wait(day_ms);
  auto message = hours_logged(scene, weekly_minutes + 1, 0);
  message.set_ended_at_ms(scene.now_ms());
  return scene.act(by, message);
}
TxStatus log_once_more(WorkScene& scene, Address const& by) {
  return scene.act(by, hours_logged(scene, 1, protocol::limits::work_entries_max));
}
TxStatus approve(WorkScene& scene, Address const& by) {
  return scene.act(by, on_week<ApproveWeek>());
}
TxStatus dispute(WorkScene& scene, Address const& by) {
  return scene.act(by, hours_dispute({1}));
}
TxStatus dispute_none(WorkScene& scene, Address const& by) {
  return scene.act(by, hours_dispute({}));
}
TxStatus dispute_unknown(WorkScene& scene, Address const& by) {
  return scene.act(by, hours_dispute({0, 3}));
}
TxStatus dispute_struck_out(WorkScene& scene, Address const& by) {
  return scene.act(by, hours_dispute({1, 2}));
}
TxStatus end(WorkScene& scene, Address const&) {
  EndContract message;
  message.set_contract(1);
  return scene.act(scene.talent, message);
}
TxStatus concede(WorkScene& scene, Address const&) {
  return scene.act(scene.talent, on_dispute<ConcedeDispute>());
}
TxStatus answer(WorkScene& scene, Address const&) {
  return scene.act(scene.talent, dispute_answer());
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  pass_week_clock(scene);
  return TX_STATUS_OK;
}

void signed_hourly(WorkScene& scene) {
  sign_hourly(scene);
}
void full_of_entries(WorkScene& scene) {
  for (std::uint32_t i = 0; i < protocol::limits::work_entries_max; ++i) {
    must(scene.act(scene.talent, hours_logged(scene, 1, i)));
  }
}
// Two entries with hours, and one that is struck out.
void reviewed(WorkScene& scene) {
  log_some(scene);
  must(scene.act(scene.talent, hours_logged(scene, 5, 2)));
  must(scene.act(scene.talent, hours_logged(scene, 0, 2)));
  pass_week_clock(scene);
}

std::vector<RowCase> cases() {
  std::vector<Stranger> const not_client = {{talent, TX_STATUS_NOT_YOUR_CONTRACT},
                                            {outsider, TX_STATUS_NOT_YOUR_CONTRACT}};
  std::vector<Stranger> const not_talent = {{client, TX_STATUS_NOT_YOUR_CONTRACT},
                                            {outsider, TX_STATUS_NOT_YOUR_CONTRACT}};
  // clang-format off
  return {
    {"open", none, open, "with contract.fund_week or contract.week_starts", signed_hourly, fund},
    {"log", open, open, "the talent", fund_week, log, talent, not_talent,
     {{"there is no such entry", {}, TX_STATUS_ENTRY_NOT_FOUND, log_beyond_the_last},
      {"nothing is there to strike out", {}, TX_STATUS_ENTRY_NOT_FOUND, log_nothing_new},
      {"it is not done yet", {}, TX_STATUS_HOURS_OUTSIDE_WEEK, log_the_future},
      {"it began before it was funded", {}, TX_STATUS_HOURS_OUTSIDE_WEEK, log_before_it_was_funded},
      {"it is of the next week", {}, TX_STATUS_HOURS_OUTSIDE_WEEK, log_after_its_end},
      {"it is more than is funded", {}, TX_STATUS_HOURS_OVER_LIMIT, log_too_much},
      {"the week is full of entries", full_of_entries, TX_STATUS_TOO_MANY_ENTRIES,
       log_once_more}}},
    {"close", open, review, "the block", log_some, wait_for_it},
    {"close", open, paid, "the block", fund_week, wait_for_it},
    {"stop", open, review, "with the contract's end", log_some, end, nullptr, {},
     {{"the contract goes on", {}, TX_STATUS_OK, log_as_talent}}},
    {"stop", open, paid, "with the contract's end", fund_week, end, nullptr, {},
     {{"the contract goes on", {}, TX_STATUS_OK, log_as_talent}}},
    {"approve", review, paid, "the client", review_week, approve, client, not_client},
    {"dispute", review, disputed, "the client", reviewed, dispute, client, not_client,
     {{"it names none", {}, TX_STATUS_ENTRY_NOT_FOUND, dispute_none},
      {"it names one that is not there", {}, TX_STATUS_ENTRY_NOT_FOUND, dispute_unknown},
      {"it names one that is struck out", {}, TX_STATUS_ENTRY_NOT_FOUND, dispute_struck_out}}},
    {"review_over", review, paid, "the block", review_week, wait_for_it},
    {"award", disputed, settled, "with the end of its dispute", dispute_week, concede, nullptr, {},
     {{"it is not over", {}, TX_STATUS_OK, answer}}},
  };
  // clang-format on
}

TEST(WeekTable, EveryRowFiresAndIsRefused) {
  Watched const watched{.state =
                            [](WorkScene const& scene) {
                              auto const found = week(scene);
                              return found ? found->state() : none;
                            },
                        .deadline = deadline};
  TableCoverage<WeekAct, WeekState>{week_machine(), watched, cases()}.check_all();
}

}  // namespace
}  // namespace work
