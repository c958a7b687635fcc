#include "node/engine/final_range.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "consensus/certificate/encoding.h"
#include "consensus/shell/catch_up.h"
#include "node/store/store.h"
#include "protocol/limits.h"
#include "tests/support/consensus_keys.h"
#include "tests/support/final_chain.h"
#include "tests/support/memory_disk.h"

namespace node {
namespace {

using consensus::chunk_blocks;

class FinalRangeTest : public testing::Test {
 protected:
  FinalRangeTest() {
    auto opened = Store::open({.folder = "db", .genesis = {}}, disk);
    if (!opened) throw testing_support::Stopped{opened.error().message};
    store = std::move(*opened);
    commit(true);  // Of height 0.
  }
  ~FinalRangeTest() override { disk.database_env().run_background(); }

  void commit(bool finalized, bool boundary = false) {
    auto block = chain.block({}, {}, {}, boundary);
    auto const height = block.block->header.height();
    block.finalization.clear();
    if (finalized) {
      auto const certificate = keys.certificate({.epoch = protocol::Epoch{0},
                                                 .view = protocol::View{height + 1},
                                                 .kind = consensus::VoteKind::finalize,
                                                 .parent_view = protocol::View{height},
                                                 .height = protocol::Height{height},
                                                 .block = block.block->hash});
      block.finalization = consensus::encode(certificate, keys.committee().validators);
    }
    store->commit(block, std::nullopt);
  }
  // Blocks that no one but the last has a finalization of.
  void commit_stretch(std::uint64_t count) {
    for (std::uint64_t i = 1; i < count; ++i) commit(false);
    commit(true);
  }

  std::optional<labor::v1::FinalBlocks> asked(std::uint64_t first, std::uint32_t count) const {
    labor::v1::FetchBlocks wanted;
    wanted.set_from_height(first);
    wanted.set_count_max(count);
    return final_range(*store->latest(), wanted);
  }
  // How many were given: they begin at `first`, fit a message, and the asker believes them.
  int given(std::uint64_t first, std::uint32_t count) const {
    auto const range = asked(first, count);
    if (!range) return 0;
    EXPECT_LT(range->ByteSizeLong(), protocol::limits::peer_message_bytes_max);
    std::vector<consensus::Body> bodies;
    for (auto const& one : range->blocks()) {
      bodies.push_back(std::make_shared<std::string const>(one.block()));
    }
    auto const believed =
        consensus::verify_final_blocks(keys.committee(), bodies, range->finalization(),
                                       {range->headers().begin(), range->headers().end()});
    if (!believed) {
      ADD_FAILURE() << explain(believed.error());
      return 0;
    }
    EXPECT_EQ(believed->blocks.front().height, protocol::Height{first});
    return range->blocks_size();
  }
  // How many answers bring a laggard that has nothing to the head.
  int answers_to_the_head() const {
    auto const head = store->latest()->head().height.value();
    auto answers = 0;
    for (std::uint64_t height = 1; height <= head; ++answers) {
      auto const count = given(height, chunk_blocks);
      if (count == 0) return 0;  // For ever.
      height += static_cast<std::uint64_t>(count);
    }
    return answers;
  }

  testing_support::MemoryDisk disk;
  consensus::Keys keys{4};
  testing_support::FinalChain chain{1, keys.committee().genesis};
  std::unique_ptr<Store> store;
};

// A liar asks for as many as it likes.
TEST_F(FinalRangeTest, HoldsNoMoreThanWasAskedForNorThanAnybodyAccepts) {
  for (std::uint32_t i = 0; i < 2 * chunk_blocks; ++i) commit(true);
  EXPECT_EQ(given(1, 5), 5);
  EXPECT_EQ(given(1, UINT32_MAX), static_cast<int>(chunk_blocks));
}

TEST_F(FinalRangeTest, EndsWithABlockThatHasAProofOfItsOwnWhereThereIsOne) {
  for (auto const finalized : {false, true, false, false, true}) commit(finalized);
  EXPECT_EQ(given(1, 4), 2);
  EXPECT_TRUE(asked(1, 4)->headers().empty());
  EXPECT_EQ(given(3, 9), 3);
  EXPECT_FALSE(asked(6, 9)) << "above the head";
  commit(false);
  EXPECT_FALSE(asked(6, 9)) << "the certificate is on its way";
}

TEST_F(FinalRangeTest, EndsWithTheEpoch) {
  commit(true);
  commit(true, true);
  commit(true);
  EXPECT_EQ(given(1, 9), 2);
  EXPECT_EQ(given(3, 9), 1);
}

// A laggard asked for the first of these again and again, and nobody could answer.
TEST_F(FinalRangeTest, ALongStretchThatOneFinalizationProvesIsGivenInParts) {
  commit_stretch(3 * chunk_blocks + 1);
  ASSERT_EQ(answers_to_the_head(), 4);
  EXPECT_EQ(asked(1, chunk_blocks)->headers_size(), static_cast<int>(2 * chunk_blocks + 1));
}

// Two of the largest do not fit one answer.
TEST_F(FinalRangeTest, SoAreLargeBlocksOfWhichOnlyTheLastHasAProofOfItsOwn) {
  chain.carry(protocol::limits::block_bytes_max - 1024);
  commit_stretch(3);
  EXPECT_EQ(answers_to_the_head(), 3);
}

TEST_F(FinalRangeTest, TheLongestProofLeavesRoomForABlockOfAnySize) {
  chain.carry(protocol::limits::block_bytes_max - 1024);
  commit(false);
  commit(false);
  chain.carry(0);
  commit_stretch(protocol::limits::headers_per_proof_max - 1);
  EXPECT_EQ(given(1, chunk_blocks), 1);
}

// The blocks are as many as fit beside the headers.
TEST_F(FinalRangeTest, BlocksMakeRoomForTheProof) {
  chain.carry(protocol::limits::block_bytes_max / 8);
  for (std::uint32_t i = 0; i < chunk_blocks; ++i) commit(false);
  chain.carry(0);
  commit_stretch(protocol::limits::headers_per_proof_max - chunk_blocks);
  auto const count = given(1, chunk_blocks);
  EXPECT_GT(count, 8);
  EXPECT_LT(count, 16);
}

TEST_F(FinalRangeTest, WhatIsFurtherFromItsFinalizationThanAnybodyAcceptsIsNotGiven) {
  commit_stretch(protocol::limits::headers_per_proof_max + 2);
  EXPECT_FALSE(asked(1, chunk_blocks));
  EXPECT_EQ(given(2, chunk_blocks), static_cast<int>(chunk_blocks));
}

}  // namespace
}  // namespace node
