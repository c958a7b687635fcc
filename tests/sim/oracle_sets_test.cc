// What the oracle says of sets of validators that change, each rule broken by hand.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/sim/oracle.h"

namespace sim {
namespace {

using ::testing::HasSubstr;
using enum Said::Kind;

protocol::BlockHash block(std::uint8_t number) {
  protocol::BlockHash hash;
  hash.data[0] = number;
  return hash;
}

protocol::Hash set(std::uint8_t number) {
  protocol::Hash hash;
  hash.data[0] = number;
  return hash;
}

// Seven validators; the boundary block of epoch 0 is final.
class OracleSetsTest : public ::testing::Test {
 protected:
  OracleSetsTest() {
    for (std::size_t node = 0; node < 7; ++node) seats_[node] = "key " + std::to_string(node);
    oracle_.set_of_epoch(0, seats_);
    auto const hash = block(1);
    oracle_.block(
        {.hash = hash, .parent = block(0), .height = 1, .ends_epoch = true, .next_set = set(1)});
    for (auto const kind : {notarize, finalize}) {
      for (std::size_t node = 0; node < 5; ++node) {
        oracle_.said({.validator = node,
                      .kind = kind,
                      .view = 1,
                      .parent_view = 0,
                      .height = 1,
                      .block = hash});
      }
    }
  }
  std::string violation() const { return oracle_.violation().value_or("none"); }

  Oracle oracle_{std::vector<bool>(9, true), block(0)};
  Oracle::Seats seats_;
};

TEST_F(OracleSetsTest, AcceptsAsManyChangesAtABoundaryAsMayFail) {
  seats_.erase(0);
  seats_[1] = "another key";
  oracle_.ready("another key");
  oracle_.set_of_epoch(1, seats_);
  EXPECT_EQ(violation(), "none");
}

TEST_F(OracleSetsTest, RefusesMoreChangesAtABoundaryThanMayFail) {
  seats_.erase(0);
  seats_[1] = "another key";
  seats_[7] = "a new one";
  oracle_.set_of_epoch(1, seats_);
  EXPECT_THAT(violation(), HasSubstr("3 changes of the set at once before epoch 1: 2 at most"));
}

TEST_F(OracleSetsTest, RefusesAnotherSetForAnEpochThatHasOne) {
  oracle_.set_of_epoch(1, seats_);
  seats_.erase(0);
  oracle_.set_of_epoch(1, seats_);
  EXPECT_THAT(violation(), HasSubstr("two sets for epoch 1"));
}

TEST_F(OracleSetsTest, RefusesANewKeyThatWasNotReady) {
  seats_[1] = "another key";
  oracle_.ready("a third key");
  oracle_.set_of_epoch(1, seats_);
  EXPECT_THAT(violation(), HasSubstr("the key of node 1 comes into the set of epoch 1"));
}

TEST_F(OracleSetsTest, RefusesANewValidatorThatWasNotReady) {
  seats_[7] = "a new one";
  oracle_.set_of_epoch(1, seats_);
  EXPECT_THAT(violation(), HasSubstr("the key of node 7 comes into the set of epoch 1"));
}

TEST_F(OracleSetsTest, RefusesToEnterAnEpochWithAnotherSetThanItsBoundaryBlockNames) {
  oracle_.entered(2, 1, set(1));
  EXPECT_EQ(violation(), "none");
  oracle_.entered(3, 1, set(2));
  EXPECT_THAT(violation(), HasSubstr("node 3 enters epoch 1 with another set"));
}

TEST_F(OracleSetsTest, RefusesToEnterAnEpochBeforeItsRootIsFinal) {
  oracle_.entered(3, 2, set(1));
  EXPECT_THAT(violation(), HasSubstr("node 3 enters epoch 2, whose root is not final"));
}

TEST_F(OracleSetsTest, RefusesASetBeforeItsRootIsFinal) {
  oracle_.set_of_epoch(2, seats_);
  EXPECT_THAT(violation(), HasSubstr("whose root is not final"));
}

TEST_F(OracleSetsTest, RefusesASignatureByAKeyThatTheSetDoesNotHold) {
  seats_[1] = "another key";
  oracle_.ready("another key");
  oracle_.set_of_epoch(1, seats_);
  oracle_.signs(1, 0, "key 1");
  oracle_.signs(1, 1, "another key");
  EXPECT_EQ(violation(), "none");
  oracle_.signs(1, 1, "key 1");
  EXPECT_THAT(violation(), HasSubstr("node 1 signs with a key that is not in the set of epoch 1"));
}

TEST_F(OracleSetsTest, RefusesAVoteOfOneThatHasLeft) {
  seats_.erase(0);
  oracle_.set_of_epoch(1, seats_);
  oracle_.said({.validator = 0, .epoch = 1, .kind = nullify, .view = 1});
  EXPECT_THAT(violation(), HasSubstr("in an epoch without the voter"));
}

TEST_F(OracleSetsTest, CountsTheQuorumOfEachEpochByItsOwnSet) {
  seats_.erase(0);
  seats_.erase(1);
  oracle_.set_of_epoch(1, seats_);  // Four of these five are a quorum; of the seven before, five.
  auto const vote = Said{.epoch = 1, .kind = nullify, .view = 1};
  oracle_.certified(vote, {2, 3, 4, 5});
  EXPECT_EQ(violation(), "none");
  EXPECT_EQ(oracle_.nullified_views(), 1u);
  oracle_.certified(vote, {2, 3, 4});
  EXPECT_THAT(violation(), HasSubstr("without a quorum"));
}

}  // namespace
}  // namespace sim
