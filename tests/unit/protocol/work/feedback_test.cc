#include "protocol/work/feedback.h"

#include <gtest/gtest.h>

#include <functional>
#include <string_view>

#include "tests/support/must.h"
#include "tests/support/work_scene.h"

namespace work {
namespace {

using namespace labor::v1;
using namespace testing_support;

Feedback of_client(WorkScene const& scene) {
  return scene.feedback(CONTRACT_SIDE_CLIENT).value_or(Feedback{});
}
Feedback of_talent(WorkScene const& scene) {
  return scene.feedback(CONTRACT_SIDE_TALENT).value_or(Feedback{});
}

TEST(Feedback, OfTheFirstIsUnknownUntilTheSecondHasSpoken) {
  WorkScene scene;
  scene.end_after_paying();
  EXPECT_EQ(scene.act(scene.talent, feedback_post()), TX_STATUS_FEEDBACK_BLIND);
  must(scene.act(scene.client, feedback_commit(scene.client)));
  EXPECT_FALSE(of_client(scene).has_content());
  EXPECT_EQ(scene.act(scene.client, feedback_reveal()), TX_STATUS_FEEDBACK_TOO_EARLY);
  EXPECT_EQ(scene.failure().details[0].value, scene.contract()->ended_at_ms() + 14 * day_ms);
  scene.wait(3 * day_ms);
  must(scene.act(scene.talent, feedback_post(2)));
  EXPECT_EQ(of_talent(scene).content().quality(), 2u);
  EXPECT_EQ(of_client(scene).withheld_at_ms(), scene.now_ms() + 7 * day_ms);
  must(scene.act(scene.client, feedback_reveal()));
  EXPECT_EQ(of_client(scene).content().again(), 5u);
  EXPECT_EQ(of_client(scene).weight(), 500 * usd);
  EXPECT_EQ(of_client(scene).subject(), scene.talent.str());
}

TEST(Feedback, OfOneAloneIsRevealedInTheWeekAfterTheWindow) {
  struct Row {
    std::uint64_t after_end_ms;
    TxStatus want;
  };
  Row const rows[] = {{14 * day_ms - 1, TX_STATUS_FEEDBACK_TOO_EARLY},
                      {14 * day_ms, TX_STATUS_OK},
                      {21 * day_ms - 1, TX_STATUS_OK},
                      {21 * day_ms, TX_STATUS_DEADLINE_PASSED}};
  for (auto const& row : rows) {
    SCOPED_TRACE(row.after_end_ms);
    WorkScene scene;
    scene.end_after_paying();
    must(scene.act(scene.talent, feedback_commit(scene.talent)));
    scene.set_time(scene.contract()->ended_at_ms() + row.after_end_ms);
    EXPECT_EQ(scene.act(scene.talent, feedback_reveal()), row.want);
  }
}

TEST(Feedback, ThatIsNeverRevealedIsShownAsWithheld) {
  WorkScene scene;
  scene.end_after_paying();
  must(scene.act(scene.client, feedback_commit(scene.client)));
  must(scene.act(scene.talent, feedback_post()));
  scene.wait(7 * day_ms);
  scene.fire_due();
  EXPECT_EQ(of_client(scene).state(), FEEDBACK_STATE_WITHHELD);
  EXPECT_FALSE(of_client(scene).has_content());
  EXPECT_EQ(of_talent(scene).state(), FEEDBACK_STATE_SHOWN);
  EXPECT_EQ(scene.act(scene.client, feedback_reveal()), TX_STATUS_FEEDBACK_GIVEN);
}

TEST(Feedback, IsGivenOfContractsThatHaveEndedAndInWhichSomethingWasDone) {
  WorkScene open;
  open.sign();
  EXPECT_EQ(open.act(open.client, feedback_commit(open.client)), TX_STATUS_CONTRACT_NOT_ENDED);
  EndContract end;
  end.set_contract(1);
  must(open.act(open.client, end));
  EXPECT_EQ(open.act(open.client, feedback_commit(open.client)), TX_STATUS_NOTHING_TO_RATE);

  WorkScene late;
  late.end_after_paying();
  late.wait(14 * day_ms);
  EXPECT_EQ(late.act(late.client, feedback_commit(late.client)), TX_STATUS_DEADLINE_PASSED);
}

TEST(Feedback, WeighsWhatWasPaidAndNothingWhereLessThanAQuarterWas) {
  struct Row {
    std::uint64_t to_talent;
    std::uint64_t weight;
  };
  Row const rows[] = {{0, 0}, {125 * usd - 1, 0}, {125 * usd, 125 * usd}, {500 * usd, 500 * usd}};
  for (auto const& row : rows) {
    SCOPED_TRACE(row.to_talent);
    WorkScene scene;
    scene.sign();
    scene.fund();
    scene.submit();
    must(scene.act(scene.client, split_offer(row.to_talent)));
    must(scene.act(scene.talent, split_agreement(row.to_talent)));
    EndContract end;
    end.set_contract(1);
    must(scene.act(scene.client, end));
    must(scene.act(scene.client, feedback_commit(scene.client)));
    must(scene.act(scene.talent, feedback_post()));
    EXPECT_EQ(of_talent(scene).weight(), row.weight);
  }
}

TEST(Feedback, OfABadFormIsRefusedBeforeAnythingElse) {
  std::function<void(FeedbackContent&)> const spoils[] = {
      [](FeedbackContent& c) { c.set_quality(0); },
      [](FeedbackContent& c) { c.set_communication(6); },
      [](FeedbackContent& c) { c.set_punctuality(~0u); },
      [](FeedbackContent& c) { c.clear_again(); }};
  WorkScene scene;
  for (auto const& spoil : spoils) {
    auto posted = feedback_post();
    spoil(*posted.mutable_content());
    EXPECT_EQ(scene.act(scene.client, posted), TX_STATUS_INVALID_RATING);
    auto revealed = feedback_reveal();
    spoil(*revealed.mutable_content());
    EXPECT_EQ(scene.act(scene.client, revealed), TX_STATUS_INVALID_RATING);
  }
  auto half = feedback_post();
  half.mutable_content()->set_text_hash("half");
  EXPECT_EQ(scene.act(scene.client, half), TX_STATUS_INVALID_HASH);
  auto salted = feedback_reveal();
  salted.set_salt("short");
  EXPECT_EQ(scene.act(scene.client, salted), TX_STATUS_INVALID_HASH);
  EXPECT_EQ(scene.act(scene.client, feedback_post()), TX_STATUS_CONTRACT_NOT_FOUND);
  scene.end_after_paying();
  EXPECT_EQ(scene.act(scene.client, feedback_reveal()), TX_STATUS_FEEDBACK_NOT_FOUND);
}

TEST(Feedback, IsNotRevealedByAnotherWithTheSameSaltAndContent) {
  WorkScene scene;
  scene.end_after_paying();
  must(scene.act(scene.client, feedback_commit(scene.talent)));  // Copied from somebody.
  scene.wait(14 * day_ms);
  EXPECT_EQ(scene.act(scene.client, feedback_reveal()), TX_STATUS_FEEDBACK_MISMATCH);
}

TEST(FeedbackCommitment, ChangesWithEverythingThatIsSaid) {
  auto const author = address(1);
  auto const salt = *protocol::Hash::from(hash_of(2));
  auto const said = feedback_commitment(1, author, salt, rated(5));
  EXPECT_NE(feedback_commitment(2, author, salt, rated(5)), said);
  EXPECT_NE(feedback_commitment(1, address(2), salt, rated(5)), said);
  EXPECT_NE(feedback_commitment(1, author, *protocol::Hash::from(hash_of(3)), rated(5)), said);
  std::function<void(FeedbackContent&)> const changes[] = {
      [](FeedbackContent& c) { c.set_quality(4); },
      [](FeedbackContent& c) { c.set_communication(4); },
      [](FeedbackContent& c) { c.set_punctuality(4); }, [](FeedbackContent& c) { c.set_again(4); },
      [](FeedbackContent& c) { c.set_text_hash(hash_of(1)); }};
  for (auto const& change : changes) {
    auto content = rated(5);
    change(content);
    EXPECT_NE(feedback_commitment(1, author, salt, content), said);
  }
}

}  // namespace
}  // namespace work
