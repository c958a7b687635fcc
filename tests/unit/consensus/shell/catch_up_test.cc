#include "consensus/shell/catch_up.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "consensus/certificate/attestation.h"
#include "tests/support/consensus_blocks.h"
#include "tests/support/consensus_keys.h"

namespace consensus {
namespace {

// A chain that everybody but the laggard has, each block with a finalization of its own.
class CatchUpTest : public testing::Test {
 protected:
  static constexpr std::uint64_t height_max = 3 * window_blocks;

  CatchUpTest() {
    for (std::uint64_t height = 1; height <= height_max; ++height) {
      auto const parent = blocks.empty() ? root : blocks.back().hash;
      blocks.push_back(make_block(keys.committee().genesis,
                                  {.parent = parent, .height = height, .proposer = 1}));
    }
  }
  Certificate finalization(Height height) const {
    auto const& block = blocks[height.value() - 1];
    return keys.certificate({.epoch = Epoch{0},
                             .view = View{height.value()},
                             .kind = VoteKind::finalize,
                             .parent_view = View{height.value() - 1},
                             .height = height,
                             .block = block.hash});
  }
  // A peer's whole answer.
  FinalRange answer(Height first) const {
    auto const last = std::min(first.value() + chunk_blocks - 1, height_max);
    return {.blocks = {blocks.begin() + static_cast<long>(first.value() - 1),
                       blocks.begin() + static_cast<long>(last)},
            .finalization = Attestation::of(finalization(Height{last}))};
  }

  Keys keys{4};
  BlockHash root{};
  std::vector<Block> blocks;
};

// The chunk at the end of the window was cut there, and lost the one finalization it came with: so
// no block but those of the first window could be proved to clients, or given to other laggards.
TEST_F(CatchUpTest, EveryBlockThatWasFetchedCanBeProvedByOneAChunkAboveIt) {
  CatchUp catch_up{Height{0}, root};
  ASSERT_TRUE(
      catch_up.target(finalization(Height{height_max}), [](auto const&) { return nullptr; }));
  std::uint64_t height = 0;
  std::uint64_t unproved = 0;
  while (height < height_max) {
    for (auto const first : catch_up.missing()) ASSERT_TRUE(catch_up.take(answer(first)));
    for (auto const& final_block : catch_up.next()) {
      ASSERT_EQ(final_block.block.height, Height{++height});
      unproved = final_block.finalization ? 0 : unproved + 1;
      ASSERT_LT(unproved, chunk_blocks) << "height " << height;
      catch_up.committed(final_block.block.height);
    }
  }
}

TEST_F(CatchUpTest, WhatBeginsBeyondTheWindowIsNotKept) {
  CatchUp catch_up{Height{0}, root};
  ASSERT_TRUE(catch_up.take(answer(Height{window_blocks + 1})));
  ASSERT_TRUE(catch_up.take(answer(Height{1})));
  EXPECT_EQ(catch_up.next().size(), commits_max);  // The window moves up with them.
  auto const missing = catch_up.missing();
  ASSERT_EQ(missing.size(), requests_max);
  EXPECT_EQ(missing.front(), Height{chunk_blocks + 1});
  EXPECT_EQ(missing.back(), Height{window_blocks + 1});
}

}  // namespace
}  // namespace consensus
