#include "node/store/block_log.h"

#include <gtest/gtest.h>

#include "protocol/limits.h"
#include "tests/support/memory_disk.h"

namespace node {
namespace {

using testing_support::MemoryDisk;

protocol::BlockHash hash(std::uint64_t n) {
  protocol::BlockHash made;
  made.data.fill(static_cast<std::uint8_t>(n));
  return made;
}
std::string body(std::uint64_t n) {
  return "body " + std::to_string(n) + std::string(300, '\0');
}

std::unique_ptr<BlockLog> open(MemoryDisk& disk) {
  auto log = BlockLog::open({.folder = "blocks", .segment_bytes = 1000}, disk);
  EXPECT_TRUE(log.has_value());
  return std::move(*log);
}

void expect_held(BlockLog const& log, std::uint64_t n, bool held) {
  auto const found = log.find(hash(n));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->has_value(), held) << n;
  if (*found) {
    EXPECT_EQ(**found, body(n));
  }
}

TEST(BlockLog, FindsEveryBodyAgainByHashAfterAPowerCut) {
  MemoryDisk disk;
  auto log = open(disk);
  for (std::uint64_t n = 1; n <= 20; ++n) {
    ASSERT_TRUE(log->store(protocol::Height{n}, hash(n), body(n)));
  }
  disk.crash();
  log = open(disk);
  ASSERT_EQ(log->held().size(), 20u);
  for (std::uint64_t n = 1; n <= 20; ++n) {
    expect_held(*log, n, true);
    EXPECT_EQ(log->held()[n - 1], hash(n));
  }
  expect_held(*log, 21, false);
}

TEST(BlockLog, TheSameBlockTwiceCostsNothing) {
  MemoryDisk disk;
  auto const log = open(disk);
  ASSERT_TRUE(log->store(protocol::Height{1}, hash(1), body(1)));
  auto const before = disk.operations();
  ASSERT_TRUE(log->store(protocol::Height{1}, hash(1), body(1)));
  EXPECT_EQ(disk.operations(), before);
}

TEST(BlockLog, ABodyCutShortAtAnyByteIsNotThereAndTheNextOneHolds) {
  auto const frame_bytes = 8 + 8 + 32 + body(2).size();
  for (std::size_t kept = 0; kept <= frame_bytes; ++kept) {
    SCOPED_TRACE(kept);
    MemoryDisk disk;
    auto log = open(disk);
    ASSERT_TRUE(log->store(protocol::Height{1}, hash(1), body(1)));
    disk.fail(1);
    ASSERT_FALSE(log->store(protocol::Height{2}, hash(2), body(2)));
    disk.heal();
    disk.crash(kept);
    log = open(disk);
    expect_held(*log, 1, true);
    // The zeros that end the body were there before it.
    if (kept + 300 < frame_bytes) expect_held(*log, 2, false);
    if (kept == frame_bytes) expect_held(*log, 2, true);
    ASSERT_TRUE(log->store(protocol::Height{3}, hash(3), body(3)));
    disk.crash();
    expect_held(*open(disk), 3, true);
  }
}

TEST(BlockLog, CommittedBlocksLeaveWithTheirFileAndOthersStay) {
  MemoryDisk disk;
  auto log = open(disk);
  for (std::uint64_t n = 1; n <= 30; ++n) {
    ASSERT_TRUE(log->store(protocol::Height{n}, hash(n), body(n)));
  }
  auto const files = disk.paths().size();
  ASSERT_GT(files, 5u);
  ASSERT_TRUE(log->committed(protocol::Height{20}));
  EXPECT_LT(disk.paths().size(), files / 2);
  for (std::uint64_t n = 21; n <= 30; ++n) expect_held(*log, n, true);
  expect_held(*log, 1, false);
  disk.crash();
  log = open(disk);
  for (std::uint64_t n = 21; n <= 30; ++n) expect_held(*log, n, true);
  ASSERT_TRUE(log->committed(protocol::Height{30}));
  EXPECT_LE(disk.paths().size(), 2u);
}

TEST(BlockLog, RestartsAloneDoNotFillTheDisk) {
  MemoryDisk disk;
  for (int i = 0; i < 50; ++i) {
    auto const log = open(disk);
    ASSERT_TRUE(log->committed(protocol::Height{0}));
  }
  EXPECT_LE(disk.paths().size(), 2u);
}

TEST(BlockLog, DamageCostsNoMoreThanWhatFollowsInItsFile) {
  MemoryDisk disk;
  auto log = open(disk);
  for (std::uint64_t n = 1; n <= 9; ++n) {
    ASSERT_TRUE(log->store(protocol::Height{n}, hash(n), body(n)));
  }
  disk.bytes(disk.paths().front())[500] ^= 1;  // In the second body.
  log = open(disk);
  expect_held(*log, 1, true);
  expect_held(*log, 2, false);
  expect_held(*log, 9, true);
}

TEST(BlockLog, AFullDiskIsReportedAsOne) {
  MemoryDisk disk;
  auto const log = open(disk);
  disk.fail(0, true);
  auto const stored = log->store(protocol::Height{1}, hash(1), body(1));
  ASSERT_FALSE(stored);
  EXPECT_NE(stored.error().what.find("free space"), std::string::npos);
}

TEST(BlockLog, ALargestBlockFits) {
  MemoryDisk disk;
  auto const log = open(disk);
  std::string const largest(protocol::limits::block_bytes_max, 'x');
  ASSERT_TRUE(log->store(protocol::Height{1}, hash(1), largest));
  EXPECT_EQ(**open(disk)->find(hash(1)), largest);
}

}  // namespace
}  // namespace node
