#include "node/engine/final_range.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>

#include "consensus/shell/catch_up.h"
#include "node/store/store.h"
#include "tests/support/final_chain.h"
#include "tests/support/memory_disk.h"

namespace node {
namespace {

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
    block.finalization = finalized ? "of " + block.block->bytes : std::string{};
    store->commit(block, std::nullopt);
  }
  std::optional<labor::v1::FinalBlocks> asked(std::uint64_t first, std::uint32_t count) const {
    labor::v1::FetchBlocks wanted;
    wanted.set_from_height(first);
    wanted.set_count_max(count);
    return final_range(*store->latest(), wanted);
  }
  // How many were given; they begin at `first`, and the proof is of the last.
  int given(std::uint64_t first, std::uint32_t count) const {
    auto const range = asked(first, count);
    if (!range) return 0;
    EXPECT_EQ(range->blocks(0).block(), *store->latest()->block(protocol::Height{first}));
    EXPECT_EQ(range->finalization(), "of " + range->blocks(range->blocks_size() - 1).block());
    return range->blocks_size();
  }

  testing_support::MemoryDisk disk;
  testing_support::FinalChain chain{1};
  std::unique_ptr<Store> store;
};

// A liar asks for as many as it likes.
TEST_F(FinalRangeTest, HoldsNoMoreThanWasAskedForNorThanAnybodyAccepts) {
  for (std::uint32_t i = 0; i < 2 * consensus::chunk_blocks; ++i) commit(true);
  EXPECT_EQ(given(1, 5), 5);
  EXPECT_EQ(given(1, UINT32_MAX), static_cast<int>(consensus::chunk_blocks));
}

TEST_F(FinalRangeTest, EndsWithABlockThatHasAProofOfItsOwn) {
  for (auto const finalized : {false, true, false, false, true}) commit(finalized);
  EXPECT_EQ(given(1, 4), 2);
  EXPECT_EQ(given(3, 9), 3);
  EXPECT_FALSE(asked(3, 2));
  EXPECT_FALSE(asked(6, 9)) << "above the head";
}

TEST_F(FinalRangeTest, EndsWithTheEpoch) {
  commit(true);
  commit(true, true);
  commit(true);
  EXPECT_EQ(given(1, 9), 2);
  EXPECT_EQ(given(3, 9), 1);
}

}  // namespace
}  // namespace node
