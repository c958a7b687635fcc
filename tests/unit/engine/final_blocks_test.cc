#include "node/engine/final_blocks.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace node {
namespace {

using protocol::Height;

FinalNotice block(std::uint64_t height) {
  return {.height = Height{height}, .hash = {}, .time = {}, .transactions = {}};
}

TEST(FinalBlocks, TellsEveryListenerOfEachBlockInOrder) {
  FinalBlocks blocks{block(7)};
  std::vector<std::uint64_t> first;
  std::vector<std::uint64_t> second;
  auto const a = blocks.subscribe([&](FinalNotice const& b) { first.push_back(b.height.value()); });
  blocks.publish(block(8));
  auto const b =
      blocks.subscribe([&](FinalNotice const& c) { second.push_back(c.height.value()); });
  blocks.publish(block(9));
  EXPECT_EQ(first, (std::vector<std::uint64_t>{8, 9}));
  EXPECT_EQ(second, (std::vector<std::uint64_t>{9}));
  EXPECT_EQ(blocks.latest().height, Height{9});
}

TEST(FinalBlocks, ACancelledOrMovedFromSubscriptionHearsNothing) {
  FinalBlocks blocks{block(0)};
  int heard = 0;
  auto subscription = blocks.subscribe([&](FinalNotice const&) { ++heard; });
  auto moved = std::move(subscription);
  subscription.cancel();  // Of a moved-from one: nothing.
  blocks.publish(block(1));
  EXPECT_EQ(heard, 1);
  moved = {};
  blocks.publish(block(2));
  EXPECT_EQ(heard, 1);
}

TEST(FinalBlocksDeath, ASkippedHeightIsAProgrammerError) {
  FinalBlocks blocks{block(3)};
  EXPECT_DEATH(blocks.publish(block(5)), "latest_.height.next");
}

}  // namespace
}  // namespace node
