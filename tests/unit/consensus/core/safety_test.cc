#include "consensus/core/safety.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/consensus_words.h"

namespace consensus {
namespace {

using namespace words;
using enum SafetyRefusal;

constexpr auto ok = "";

std::string verdict(std::expected<void, SafetyRefusal> const& result) {
  return result ? ok : std::string{explain(result.error())};
}

std::string because(SafetyRefusal refusal) {
  return std::string{explain(refusal)};
}

Safety fresh() {
  return Safety{Epoch{0}, {.view = {}, .height = {}, .block = block('r')}, std::nullopt};
}

TEST(Safety, RefusesByTheRuleAndNothingElse) {
  struct Row {
    char const* name;
    std::vector<Statement> signed_before;
    std::vector<Statement> certified;
    Statement asked;
    std::string want;
  };
  auto const b = On{.parent_view = 1, .height = 2};
  Row const rows[] = {
      {"NOTARIZE on the root", {}, {}, notarize(1, 'A'), ok},
      {"S2: a second, another block",
       {notarize(1, 'A')},
       {},
       notarize(1, 'B'),
       because(already_notarized)},
      {"S2: a second, the same block",
       {notarize(1, 'A')},
       {},
       notarize(1, 'A'),
       because(already_notarized)},
      {"S3: no notarization of the parent",
       {},
       {},
       notarize(2, 'B', b),
       because(parent_not_notarized)},
      {"S3: with it", {}, {notarize(1, 'A')}, notarize(2, 'B', b), ok},
      {"S3: not one height above it",
       {},
       {notarize(1, 'A')},
       notarize(2, 'B', {1, 3}),
       because(parent_does_not_match)},
      {"S3: height nothing",
       {},
       {notarize(1, 'A')},
       notarize(2, 'B', {1, 0}),
       because(parent_does_not_match)},
      {"S3: parent in its own view",
       {},
       {notarize(2, 'A')},
       notarize(2, 'B', {2, 2}),
       because(parent_not_notarized)},
      {"S3: a skipped view without nullification",
       {},
       {notarize(1, 'A'), nullify(2)},
       notarize(4, 'B', b),
       because(skipped_view_not_nullified)},
      {"S3: all of them", {}, {notarize(1, 'A'), nullify(2), nullify(3)}, notarize(4, 'B', b), ok},
      {"S3: the root skipped over", {}, {}, notarize(2, 'A'), because(skipped_view_not_nullified)},
      {"NOTARIZE after NULLIFY is legal", {nullify(1)}, {}, notarize(1, 'A'), ok},
      {"NULLIFY after NOTARIZE is legal", {notarize(1, 'A')}, {}, nullify(1), ok},
      {"S4: FINALIZE without notarization",
       {notarize(1, 'A')},
       {},
       finalize(1, 'A'),
       because(not_notarized)},
      {"S4: of another block than the notarized",
       {},
       {notarize(1, 'A')},
       finalize(1, 'B'),
       because(not_notarized)},
      {"S4: of another height",
       {},
       {notarize(1, 'A')},
       finalize(1, 'A', {0, 2}),
       because(not_notarized)},
      {"S4: with it, own NOTARIZE or not", {}, {notarize(1, 'A')}, finalize(1, 'A'), ok},
      {"S4: twice",
       {finalize(1, 'A')},
       {notarize(1, 'A')},
       finalize(1, 'A'),
       because(already_finalized)},
      {"S5: FINALIZE after NULLIFY",
       {nullify(1)},
       {notarize(1, 'A')},
       finalize(1, 'A'),
       because(already_nullified)},
      {"S5: NULLIFY after FINALIZE",
       {finalize(1, 'A')},
       {notarize(1, 'A')},
       nullify(1),
       because(already_finalized)},
      {"a nullification held forbids no FINALIZE",
       {},
       {notarize(1, 'A'), nullify(1)},
       finalize(1, 'A'),
       ok},
      {"NULLIFY twice", {nullify(1)}, {}, nullify(1), because(already_nullified)},
      {"S1: at the floor", {}, {finalize(3, 'C')}, nullify(3), because(at_or_below_floor)},
      {"S1: below the floor",
       {},
       {finalize(3, 'C')},
       notarize(2, 'B', b),
       because(at_or_below_floor)},
      {"S3: a final parent counts as notarized",
       {},
       {finalize(3, 'C')},
       notarize(4, 'D', {3, 2}),
       ok},
      {"S3: a parent below the floor does not",
       {},
       {notarize(1, 'A'), finalize(3, 'C')},
       notarize(4, 'D', b),
       because(parent_not_notarized)},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    auto safety = fresh();
    for (auto const& statement : row.certified) safety.learn(*certificate(statement));
    for (auto const& statement : row.signed_before) safety.restore(statement);
    EXPECT_EQ(verdict(safety.check(row.asked)), row.want);

    auto const before = safety;
    EXPECT_EQ(verdict(safety.admit(row.asked)), row.want);
    if (row.want == ok) {
      EXPECT_FALSE(safety.admit(row.asked)) << "what was admitted is signed";
    } else {
      EXPECT_EQ(safety, before) << "a refusal leaves no mark";
    }
  }
}

TEST(Safety, RefusesWhateverIsOfAnotherEpoch) {
  auto safety = fresh();
  auto statement = notarize(1, 'A');
  statement.epoch = Epoch{1};
  EXPECT_EQ(verdict(safety.admit(statement)), because(wrong_epoch));
  // ava 551: an old epoch's journal was replayed into a new one.
  safety.restore(statement);
  safety.learn(*certificate(statement));
  EXPECT_EQ(safety, fresh());
}

// ava 280, 290: a record that forbade a vote was pruned while the vote was still possible.
TEST(Safety, ForgetsARecordOnlyWhenTheFloorForbidsTheVote) {
  auto safety = fresh();
  ASSERT_TRUE(safety.admit(nullify(2)));
  safety.learn(*certificate(notarize(2, 'B')));
  safety.learn(*certificate(finalize(1, 'A')));
  EXPECT_EQ(verdict(safety.check(finalize(2, 'B'))), because(already_nullified));
  safety.learn(*certificate(finalize(2, 'B')));
  EXPECT_TRUE(safety.own().empty());
  EXPECT_EQ(verdict(safety.check(finalize(2, 'B'))), because(at_or_below_floor));
}

TEST(Safety, TheFloorNeverGoesBackAndTheFirstCertificateStands) {
  auto safety = fresh();
  safety.learn(*certificate(notarize(5, 'A')));
  safety.learn(*certificate(notarize(5, 'B')));
  EXPECT_EQ(safety.notarized(View{5})->block, block('A'));
  safety.learn(*certificate(finalize(4, 'D')));
  safety.learn(*certificate(finalize(3, 'C')));
  EXPECT_EQ(safety.final().block, block('D'));
  EXPECT_EQ(safety.floor(), View{4});
  EXPECT_FALSE(safety.notarized(View{3}));
}

}  // namespace
}  // namespace consensus
