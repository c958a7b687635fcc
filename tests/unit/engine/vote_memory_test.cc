#include "node/engine/vote_memory.h"

#include <gtest/gtest.h>

#include "tests/support/consensus_keys.h"

namespace node {
namespace {

using consensus::nullify;
using protocol::Epoch;
using protocol::View;

class VoteMemoryTest : public testing::Test {
 protected:
  consensus::Verified<consensus::Vote> verified(std::size_t voter, std::uint64_t view) const {
    return *consensus::verify(keys_.committee(), keys_.vote(voter, nullify(Epoch{0}, View{view})));
  }

  consensus::Keys keys_{4};
  VoteMemory memory_{4};
};

TEST_F(VoteMemoryTest, HoldsWhatWasKeptAndNothingThatDiffersInAByte) {
  auto const vote = *verified(2, 7);
  EXPECT_FALSE(memory_.holds(vote));
  memory_.keep(verified(2, 7));
  EXPECT_TRUE(memory_.holds(vote));
  auto forged = vote;
  forged.signature.data[0] ^= 1;
  EXPECT_FALSE(memory_.holds(forged));
  auto stolen = vote;
  stolen.voter = protocol::ValidatorIndex{1};
  EXPECT_FALSE(memory_.holds(stolen));
}

TEST_F(VoteMemoryTest, WhatOneValidatorSaysPushesOutNothingOfAnother) {
  memory_.keep(verified(2, 7));
  for (std::uint64_t view = 1; view <= 4 * VoteMemory::views; ++view) {
    memory_.keep(verified(3, view));
  }
  EXPECT_TRUE(memory_.holds(*verified(2, 7)));
  EXPECT_TRUE(memory_.holds(*verified(3, 4 * VoteMemory::views)));
  EXPECT_FALSE(memory_.holds(*verified(3, 1))) << "the oldest make room";
}

}  // namespace
}  // namespace node
