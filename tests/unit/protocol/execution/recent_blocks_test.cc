// The hashes of the last blocks, which are all that a block of nothing changes.

#include "protocol/execution/recent_blocks.h"

#include <gtest/gtest.h>

#include <vector>

#include "protocol/state/keys.h"
#include "tests/support/test_chain.h"

namespace execution {
namespace {

TEST(RecentBlocks, AreAllThatABlockOfNothingChanges) {
  testing_support::TestChain chain{testing_support::test_genesis()};
  auto before = chain.values().values();
  auto const parent = chain.parent();
  auto const key = state::keys::recent_block(parent.height);
  EXPECT_FALSE(before.contains(key));
  chain.block({});
  EXPECT_EQ(recent_block(chain.state(), parent.height), parent.hash);
  auto after = chain.values().values();
  EXPECT_EQ(after.erase(key), 1u);
  EXPECT_EQ(after, before);
}

TEST(RecentBlocks, Are256WhateverTheHeight) {
  testing_support::TestChain chain{testing_support::test_genesis()};
  std::vector<protocol::BlockHash> hashes;
  for (int i = 0; i < 300; ++i) {
    hashes.push_back(chain.parent().hash);
    chain.block({});
  }
  // The head is at 300, and names its parent as the newest.
  for (std::uint64_t height = 0; height < 300; ++height) {
    auto const known = recent_block(chain.state(), protocol::Height{height});
    EXPECT_EQ(known.has_value(), height >= 300 - 256) << height;
    if (known) {
      EXPECT_EQ(*known, hashes[height]);
    }
  }
  EXPECT_FALSE(recent_block(chain.state(), protocol::Height{300}).has_value());
}

}  // namespace
}  // namespace execution
