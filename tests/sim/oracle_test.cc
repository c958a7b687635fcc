// An oracle that cannot fail proves nothing: each of its rules is broken by hand here.

#include "tests/sim/oracle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace sim {
namespace {

using ::testing::HasSubstr;
using enum Said::Kind;

protocol::BlockHash block(std::uint8_t number) {
  protocol::BlockHash hash;
  hash.data[0] = number;
  return hash;
}

// Four validators, the last of them Byzantine. Block n has height n and parent n - 1, but for
// the forks that a test adds.
class OracleTest : public ::testing::Test {
 protected:
  OracleTest() : oracle_{{true, true, true, false}, block(0)} {
    for (std::uint8_t n = 1; n <= 5; ++n) {
      oracle_.block(
          {.hash = block(n), .parent = block(static_cast<std::uint8_t>(n - 1)), .height = n});
    }
  }

  static Said notarizes(std::size_t validator, std::uint64_t view, std::uint64_t parent_view,
                        std::uint8_t number) {
    return {validator, 0, notarize, view, parent_view, number, block(number)};
  }
  static Said finalizes(std::size_t validator, std::uint64_t view, std::uint64_t parent_view,
                        std::uint8_t number) {
    return {validator, 0, finalize, view, parent_view, number, block(number)};
  }
  static Said nullifies(std::size_t validator, std::uint64_t view) {
    return {.validator = validator, .kind = nullify, .view = view};
  }

  void notarized(std::uint64_t view, std::uint64_t parent_view, std::uint8_t number) {
    for (std::size_t v = 0; v < 3; ++v) oracle_.said(notarizes(v, view, parent_view, number));
  }
  void finalized(std::uint64_t view, std::uint64_t parent_view, std::uint8_t number) {
    for (std::size_t v = 0; v < 3; ++v) oracle_.said(finalizes(v, view, parent_view, number));
  }
  void nullified(std::uint64_t view) {
    for (std::size_t v = 0; v < 3; ++v) oracle_.said(nullifies(v, view));
  }
  void commits(std::size_t node, std::uint8_t number, std::uint8_t parent) {
    oracle_.committed(node, {.hash = block(number), .parent = block(parent), .height = number});
  }
  std::string violation() const { return oracle_.violation().value_or("none"); }

  Oracle oracle_;
};

TEST_F(OracleTest, AcceptsAChainWithASkippedView) {
  notarized(1, 0, 1);
  finalized(1, 0, 1);
  nullified(2);
  notarized(3, 1, 2);
  finalized(3, 1, 2);
  for (std::size_t node = 0; node < 4; ++node) {
    commits(node, 1, 0);
    commits(node, 2, 1);
  }
  EXPECT_EQ(violation(), "none");
  EXPECT_EQ(oracle_.final_height(), 2u);
  EXPECT_EQ(oracle_.nullified_views(), 1u);
}

TEST_F(OracleTest, AcceptsANotarizeAndANullifyOfOneKeyInOneView) {
  oracle_.said(notarizes(0, 1, 0, 1));
  oracle_.said(nullifies(0, 1));
  EXPECT_EQ(violation(), "none");
}

TEST_F(OracleTest, AcceptsAnyContradictionOfTheByzantineKey) {
  oracle_.said(nullifies(3, 1));
  oracle_.said(finalizes(3, 1, 0, 1));
  oracle_.said(finalizes(3, 1, 0, 2));
  EXPECT_EQ(violation(), "none");
}

TEST_F(OracleTest, AcceptsThatAVoteIsRepeated) {
  for (int i = 0; i < 2; ++i) notarized(1, 0, 1);
  EXPECT_EQ(violation(), "none");
}

TEST_F(OracleTest, RefusesTwoNotarizesOfOneKeyInOneView) {
  oracle_.block({.hash = block(9), .parent = block(0), .height = 1});
  oracle_.said(notarizes(0, 1, 0, 1));
  oracle_.said({0, 0, notarize, 1, 0, 1, block(9)});
  EXPECT_THAT(violation(), HasSubstr("contradicts itself"));
}

TEST_F(OracleTest, RefusesANullifyAfterAFinalizeOfOneKey) {
  notarized(1, 0, 1);
  oracle_.said(finalizes(0, 1, 0, 1));
  oracle_.said(nullifies(0, 1));
  EXPECT_THAT(violation(), HasSubstr("contradicts itself"));
}

TEST_F(OracleTest, RefusesAFinalizeAfterANullifyOfOneKey) {
  notarized(1, 0, 1);
  oracle_.said(nullifies(0, 1));
  oracle_.said(finalizes(0, 1, 0, 1));
  EXPECT_THAT(violation(), HasSubstr("contradicts itself"));
}

TEST_F(OracleTest, RefusesAParentViewThatIsNotBelow) {
  oracle_.said(notarizes(0, 1, 1, 1));
  EXPECT_THAT(violation(), HasSubstr("not below"));
}

TEST_F(OracleTest, RefusesAParentViewThatIsNotNotarized) {
  oracle_.said(notarizes(0, 2, 1, 2));
  EXPECT_THAT(violation(), HasSubstr("on a view that is not notarized"));
}

TEST_F(OracleTest, RefusesABlockNobodyHasBuilt) {
  oracle_.said(notarizes(0, 1, 0, 77));
  EXPECT_THAT(violation(), HasSubstr("nobody has built"));
}

TEST_F(OracleTest, RefusesABlockOnAnotherParentThanItsViewNames) {
  oracle_.block({.hash = block(9), .parent = block(8), .height = 1});
  oracle_.said({0, 0, notarize, 1, 0, 1, block(9)});
  EXPECT_THAT(violation(), HasSubstr("on another parent"));
}

TEST_F(OracleTest, RefusesAHeightThatIsNotOneMore) {
  oracle_.block({.hash = block(9), .parent = block(0), .height = 2});
  oracle_.said({0, 0, notarize, 1, 0, 2, block(9)});
  EXPECT_THAT(violation(), HasSubstr("not one higher"));
}

TEST_F(OracleTest, RefusesASkippedViewWithoutNullification) {
  notarized(1, 0, 1);
  oracle_.said(nullifies(0, 2));
  oracle_.said(nullifies(1, 2));
  oracle_.said(notarizes(0, 3, 1, 2));
  EXPECT_THAT(violation(), HasSubstr("view 2 is skipped and has no nullification"));
}

TEST_F(OracleTest, RefusesAFinalizeOfABlockThatIsNotNotarized) {
  oracle_.said(finalizes(0, 1, 0, 1));
  EXPECT_THAT(violation(), HasSubstr("not notarized"));
}

TEST_F(OracleTest, RefusesACertificateWithTooFewSigners) {
  oracle_.certified(notarizes(0, 1, 0, 1), {0, 1});
  EXPECT_THAT(violation(), HasSubstr("without a quorum"));
}

TEST_F(OracleTest, RefusesACertificateWithOneSignerTwice) {
  oracle_.certified(notarizes(0, 1, 0, 1), {0, 1, 1});
  EXPECT_THAT(violation(), HasSubstr("without a quorum"));
}

TEST_F(OracleTest, CountsTheSignersOfACertificateAsVoters) {
  oracle_.certified(notarizes(0, 1, 0, 1), {0, 1, 2});
  oracle_.certified(finalizes(0, 1, 0, 1), {0, 1, 2});
  EXPECT_EQ(violation(), "none");
  EXPECT_EQ(oracle_.final_height(), 1u);
}

// What follows needs more contradictions than one Byzantine key can make.

TEST_F(OracleTest, RefusesAViewThatIsFinalAndNullified) {
  for (bool const final_first : {true, false}) {
    SCOPED_TRACE(final_first);
    auto broken = Oracle{{false, false, false, false}, block(0)};
    broken.block({.hash = block(1), .parent = block(0), .height = 1});
    auto const nullify_1 = [&] {
      for (std::size_t v = 0; v < 3; ++v) broken.said(nullifies(v, 1));
    };
    if (!final_first) nullify_1();
    for (std::size_t v = 0; v < 3; ++v) broken.said(finalizes(v, 1, 0, 1));
    if (final_first) nullify_1();
    EXPECT_THAT(broken.violation().value_or("none"), HasSubstr("final and nullified"));
  }
}

TEST_F(OracleTest, RefusesTwoNotarizedBlocksInOneView) {
  auto broken = Oracle{{false, false, false, false}, block(0)};
  for (std::size_t v = 0; v < 3; ++v) broken.said(notarizes(v, 1, 0, 1));
  for (std::size_t v = 0; v < 3; ++v) broken.said(notarizes(v, 1, 0, 2));
  EXPECT_THAT(broken.violation().value_or("none"), HasSubstr("two blocks notarized in view 1"));
}

TEST_F(OracleTest, RefusesTwoFinalBlocksInOneView) {
  auto broken = Oracle{{false, false, false, false}, block(0)};
  broken.block({.hash = block(1), .parent = block(0), .height = 1});
  for (std::size_t v = 0; v < 3; ++v) broken.said(finalizes(v, 1, 0, 1));
  for (std::size_t v = 0; v < 3; ++v) broken.said(finalizes(v, 1, 0, 2));
  EXPECT_THAT(broken.violation().value_or("none"), HasSubstr("two blocks final in view 1"));
}

TEST_F(OracleTest, RefusesANotarizedBlockThatSkipsAFinalView) {
  for (bool const final_first : {true, false}) {
    SCOPED_TRACE(final_first);
    auto broken = Oracle{{false, false, false, false}, block(0)};
    broken.block({.hash = block(1), .parent = block(0), .height = 1});
    auto const finalize_1 = [&] {
      for (std::size_t v = 0; v < 3; ++v) broken.said(finalizes(v, 1, 0, 1));
    };
    if (final_first) finalize_1();
    for (std::size_t v = 0; v < 3; ++v) broken.said({v, 0, notarize, 2, 0, 1, block(9)});
    if (!final_first) finalize_1();
    EXPECT_THAT(broken.violation().value_or("none"), HasSubstr("skips it"));
  }
}

TEST_F(OracleTest, RefusesTwoFinalBlocksAtOneHeight) {
  auto broken = Oracle{{false, false, false, false}, block(0)};
  broken.block({.hash = block(1), .parent = block(0), .height = 1});
  broken.block({.hash = block(9), .parent = block(0), .height = 1});
  for (std::size_t v = 0; v < 3; ++v) broken.said(finalizes(v, 1, 0, 1));
  for (std::size_t v = 0; v < 3; ++v) broken.said({v, 0, finalize, 2, 1, 1, block(9)});
  EXPECT_THAT(broken.violation().value_or("none"), HasSubstr("two final blocks at height 1"));
}

TEST_F(OracleTest, RefusesACommitThatSkipsAHeight) {
  notarized(1, 0, 1);
  notarized(2, 1, 2);
  finalized(2, 1, 2);
  commits(0, 2, 1);
  EXPECT_THAT(violation(), HasSubstr("commits height 2 after height 0"));
}

TEST_F(OracleTest, RefusesACommitWithoutAQuorum) {
  notarized(1, 0, 1);
  oracle_.said(finalizes(0, 1, 0, 1));
  oracle_.said(finalizes(3, 1, 0, 1));
  commits(0, 1, 0);
  EXPECT_THAT(violation(), HasSubstr("without a quorum"));
}

TEST_F(OracleTest, RefusesACommitOfAnotherBlockThanTheFinalOne) {
  notarized(1, 0, 1);
  finalized(1, 0, 1);
  oracle_.committed(2, {.hash = block(9), .parent = block(0), .height = 1});
  EXPECT_THAT(violation(), HasSubstr("is final"));
}

TEST_F(OracleTest, TakesBackANodeWithTheBlockThatItsCrashCameUpon) {
  notarized(1, 0, 1);
  finalized(1, 0, 1);
  commits(0, 1, 0);
  oracle_.restarted(0, 1, block(1));
  oracle_.restarted(1, 1, block(1));
  EXPECT_EQ(violation(), "none");
}

TEST_F(OracleTest, RefusesANodeThatComesBackWithMoreThanThat) {
  notarized(1, 0, 1);
  finalized(1, 0, 1);
  notarized(2, 1, 2);
  finalized(2, 1, 2);
  oracle_.restarted(1, 2, block(2));
  EXPECT_THAT(violation(), HasSubstr("comes back at height 2 and had committed 0"));
}

TEST_F(OracleTest, RefusesANodeThatComesBackWithWhatIsNotFinal) {
  notarized(1, 0, 1);
  oracle_.restarted(1, 1, block(1));
  EXPECT_THAT(violation(), HasSubstr("which is not final"));
}

TEST_F(OracleTest, RefusesANodeThatHasLostWhatWasFinal) {
  notarized(1, 0, 1);
  finalized(1, 0, 1);
  commits(0, 1, 0);
  commits(1, 1, 0);
  oracle_.wiped(1);
  oracle_.restarted(1, 0, block(0));
  EXPECT_EQ(violation(), "none") << "its disk was taken from it";
  oracle_.restarted(0, 0, block(0));
  EXPECT_THAT(violation(), HasSubstr("comes back at height 0"));
}

TEST_F(OracleTest, RefusesAJournalThatLacksWhatWasHeard) {
  notarized(1, 0, 1);
  oracle_.said(nullifies(0, 2));
  oracle_.replayed(0, 0, 1, {nullifies(0, 2), nullifies(0, 3)});
  EXPECT_EQ(violation(), "none");
  oracle_.replayed(0, 0, 1, {nullifies(0, 2)});
  EXPECT_THAT(violation(), HasSubstr("not in the journal")) << "view 3 was replayed once";
}

// Block 11 ends epoch 0; 12 is the first of epoch 1 and 13 a child that 11 must not have.
class OracleEpochsTest : public OracleTest {
 protected:
  OracleEpochsTest() {
    oracle_.block({.hash = block(11), .parent = block(0), .height = 1, .ends_epoch = true});
    oracle_.block({.hash = block(12), .parent = block(11), .height = 2, .epoch = 1});
    oracle_.block({.hash = block(13), .parent = block(11), .height = 2});
  }

  void boundary_notarized() { by_quorum({.kind = notarize, .view = 1}, 1, 11); }
  void boundary_final() {
    boundary_notarized();
    by_quorum({.kind = finalize, .view = 1}, 1, 11);
  }
  void by_quorum(Said vote, std::uint64_t height, std::uint8_t number) {
    vote.height = height;
    vote.block = block(number);
    for (vote.validator = 0; vote.validator < 3; ++vote.validator) oracle_.said(vote);
  }
};

TEST_F(OracleEpochsTest, AcceptsViewsThatBeginAgainOnAFinalBoundaryBlock) {
  boundary_final();
  EXPECT_EQ(oracle_.epochs(), 2u);
  by_quorum({.epoch = 1, .kind = notarize, .view = 1}, 2, 12);
  by_quorum({.epoch = 1, .kind = finalize, .view = 1}, 2, 12);
  EXPECT_EQ(violation(), "none");
  EXPECT_EQ(oracle_.final_height(), 2u);
}

TEST_F(OracleEpochsTest, AcceptsABoundaryBlockProposedAgain) {
  boundary_notarized();
  nullified(2);
  by_quorum({.kind = notarize, .view = 3, .parent_view = 1}, 1, 11);
  by_quorum({.kind = finalize, .view = 3, .parent_view = 1}, 1, 11);
  EXPECT_EQ(violation(), "none");
  EXPECT_EQ(oracle_.final_height(), 1u);
}

TEST_F(OracleEpochsTest, RefusesAnotherBlockProposedAgain) {
  notarized(1, 0, 1);
  by_quorum({.kind = notarize, .view = 2, .parent_view = 1}, 1, 1);
  EXPECT_THAT(violation(), HasSubstr("on another parent"));
}

TEST_F(OracleEpochsTest, RefusesAVoteInAnEpochThatHasNotBegun) {
  boundary_notarized();
  oracle_.said({.validator = 3, .epoch = 1, .kind = nullify, .view = 1});
  EXPECT_EQ(violation(), "none") << "a Byzantine validator may say what it likes";
  oracle_.said({.validator = 0, .epoch = 1, .kind = nullify, .view = 1});
  EXPECT_THAT(violation(), HasSubstr("has not begun"));
}

TEST_F(OracleEpochsTest, RefusesAChildOfABoundaryBlockInItsEpoch) {
  boundary_notarized();
  by_quorum({.kind = notarize, .view = 2, .parent_view = 1}, 2, 13);
  EXPECT_THAT(violation(), HasSubstr("a child of a boundary block"));
}

TEST_F(OracleEpochsTest, RefusesABlockOfAnotherEpoch) {
  boundary_final();
  by_quorum({.epoch = 1, .kind = notarize, .view = 1}, 2, 13);
  EXPECT_THAT(violation(), HasSubstr("of another epoch"));
}

TEST_F(OracleEpochsTest, RefusesAJournalOfAnEarlierEpochThanTheNodeHasSpokenIn) {
  boundary_final();
  oracle_.said({.validator = 0, .epoch = 1, .kind = nullify, .view = 1});
  oracle_.replayed(0, 0, 1, {});
  EXPECT_THAT(violation(), HasSubstr("not in the journal"));
}

TEST_F(OracleTest, KeepsTheFirstViolation) {
  oracle_.violate("first");
  oracle_.violate("second");
  EXPECT_EQ(violation(), "first");
}

}  // namespace
}  // namespace sim
