// Every row of the feedback's table, fired and refused. The record under the table is the client's
// view; the talent's stands beside it.

#include <gtest/gtest.h>

#include "protocol/work/feedback.h"
#include "protocol/work/feedback_machine.h"
#include "tests/support/table_coverage.h"

namespace work {
namespace {

using namespace labor::v1;        // The cases name most of the schema.
using namespace testing_support;  // And are written in the words of the scene.
using protocol::Address;

constexpr auto none = FEEDBACK_STATE_UNSPECIFIED;
constexpr auto committed = FEEDBACK_STATE_COMMITTED;
constexpr auto shown = FEEDBACK_STATE_SHOWN;
constexpr auto withheld = FEEDBACK_STATE_WITHHELD;

constexpr auto client = &WorkScene::client;
constexpr auto talent = &WorkScene::talent;
constexpr auto outsider = &WorkScene::outsider;

std::uint64_t clock_of(WorkScene const& scene) {
  constexpr std::uint64_t window_ms = 14 * day_ms;
  constexpr std::uint64_t reply_ms = 28 * day_ms;
  auto const view = scene.feedback(CONTRACT_SIDE_CLIENT);
  if (!view) return scene.contract()->ended_at_ms() + window_ms;
  if (view->state() == shown) return view->shown_at_ms() + reply_ms;
  return view->withheld_at_ms();
}

// ---- ways into each state ----

void ended(WorkScene& scene) {
  scene.end_after_paying();
}
void commit_as_client(WorkScene& scene) {
  ended(scene);
  EXPECT_EQ(scene.act(scene.client, feedback_commit(scene.client)), TX_STATUS_OK);
}
void commit_as_talent(WorkScene& scene) {
  ended(scene);
  EXPECT_EQ(scene.act(scene.talent, feedback_commit(scene.talent)), TX_STATUS_OK);
}
void answered(WorkScene& scene) {
  commit_as_client(scene);
  EXPECT_EQ(scene.act(scene.talent, feedback_post()), TX_STATUS_OK);
}
void revealed(WorkScene& scene) {
  answered(scene);
  EXPECT_EQ(scene.act(scene.client, feedback_reveal()), TX_STATUS_OK);
}

// ---- acts ----

TxStatus commit(WorkScene& scene, Address const& by) {
  return scene.act(by, feedback_commit(by));
}
TxStatus post(WorkScene& scene, Address const& by) {
  return scene.act(by, feedback_post());
}
TxStatus reveal(WorkScene& scene, Address const& by) {
  return scene.act(by, feedback_reveal());
}
TxStatus reveal_another(WorkScene& scene, Address const& by) {
  return scene.act(by, feedback_reveal(3));
}
TxStatus reply(WorkScene& scene, Address const& by) {
  ReplyToFeedback message;
  message.set_contract(1);
  message.set_reply_hash(hash_of(7));
  return scene.act(by, message);
}
TxStatus wait_for_it(WorkScene& scene, Address const&) {
  scene.set_time(clock_of(scene));
  scene.fire_due();
  return TX_STATUS_OK;
}

std::vector<RowCase> cases() {
  std::vector<Stranger> const no_side = {{outsider, TX_STATUS_NOT_YOUR_CONTRACT}};
  auto const replied = [](WorkScene& scene) {
    EXPECT_EQ(reply(scene, scene.talent), TX_STATUS_OK);
  };
  auto const other_commits = [](WorkScene& scene) {
    EXPECT_EQ(commit(scene, scene.talent), TX_STATUS_OK);
  };
  // clang-format off
  return {
    {"commit", none, committed, "a side of the contract", ended, commit, client, no_side,
     {{"the other side has committed", other_commits, TX_STATUS_FEEDBACK_NOT_BLIND}}},
    {"post", none, shown, "a side of the contract", commit_as_talent, post, client, no_side,
     {{"14 d after the end", [](WorkScene& scene) { scene.wait(14 * day_ms); },
       TX_STATUS_DEADLINE_PASSED}}},
    {"reveal", committed, shown, "its author", answered, reveal, client,
     {{outsider, TX_STATUS_NOT_YOUR_CONTRACT}, {talent, TX_STATUS_FEEDBACK_GIVEN}},
     {{"other than was committed", {}, TX_STATUS_FEEDBACK_MISMATCH, reveal_another}}},
    {"withhold", committed, withheld, "the block", answered, wait_for_it},
    {"reply", shown, shown, "whom it is about", revealed, reply, talent,
     {{outsider, TX_STATUS_NOT_YOUR_CONTRACT}},
     {{"a reply is there", replied, TX_STATUS_FEEDBACK_ANSWERED}}},
  };
  // clang-format on
}

TEST(FeedbackTable, EveryRowFiresAndIsRefused) {
  Watched const watched{
      .state =
          [](WorkScene const& scene) {
            auto const view = scene.feedback(CONTRACT_SIDE_CLIENT);
            return view ? view->state() : none;
          },
      .deadline = [](WorkScene const& scene) { return std::optional{clock_of(scene)}; }};
  TableCoverage<FeedbackAct, FeedbackState>{feedback_machine(), watched, cases()}.check_all();
}

}  // namespace
}  // namespace work
