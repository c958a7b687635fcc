#include "node/voted_keys.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/memory_disk.h"

namespace node {
namespace {

using testing_support::MemoryDisk;

protocol::PublicKey key_of(char c) {
  return protocol::PublicKey::from(std::string(protocol::PublicKey::size, c)).value();
}

TEST(VotedKeys, AreThoseThatWereNoted) {
  MemoryDisk disk;
  EXPECT_EQ(has_voted(disk, "/home", key_of('a')), false);
  ASSERT_TRUE(note_voted(disk, "/home", key_of('a')));
  ASSERT_TRUE(note_voted(disk, "/home", key_of('b')));
  ASSERT_TRUE(note_voted(disk, "/home", key_of('a')));
  EXPECT_EQ(has_voted(disk, "/home", key_of('a')), true);
  EXPECT_EQ(has_voted(disk, "/home", key_of('b')), true);
  EXPECT_EQ(has_voted(disk, "/home", key_of('c')), false);
}

TEST(VotedKeys, SurviveAPowerCut) {
  MemoryDisk disk;
  ASSERT_TRUE(note_voted(disk, "/home", key_of('a')));
  disk.crash();
  EXPECT_EQ(has_voted(disk, "/home", key_of('a')), true);
}

TEST(VotedKeys, AreNotHiddenByALineThatACrashLeftHalf) {
  MemoryDisk disk;
  ASSERT_TRUE(note_voted(disk, "/home", key_of('a')));
  auto& bytes = disk.bytes("/home/voted-keys");
  constexpr std::size_t half_line = 30;
  bytes += bytes.substr(0, half_line);
  ASSERT_TRUE(note_voted(disk, "/home", key_of('b')));
  EXPECT_EQ(has_voted(disk, "/home", key_of('a')), true);
  EXPECT_EQ(has_voted(disk, "/home", key_of('b')), true);
}

TEST(VotedKeys, AreSpentWhereAJournalBeginsAnewAndOthersAreNot) {
  MemoryDisk disk;
  ASSERT_TRUE(spend_voted(disk, "/home"));
  ASSERT_TRUE(note_voted(disk, "/home", key_of('a')));
  EXPECT_EQ(is_spent(disk, "/home", key_of('a')), false);
  ASSERT_TRUE(spend_voted(disk, "/home"));
  disk.crash();
  ASSERT_TRUE(note_voted(disk, "/home", key_of('b')));
  EXPECT_EQ(is_spent(disk, "/home", key_of('a')), true);
  EXPECT_EQ(has_voted(disk, "/home", key_of('a')), true);
  EXPECT_EQ(is_spent(disk, "/home", key_of('b')), false);
  ASSERT_TRUE(spend_voted(disk, "/home"));
  EXPECT_EQ(is_spent(disk, "/home", key_of('b')), true);
  EXPECT_EQ(is_spent(disk, "/home", key_of('c')), false);
}

}  // namespace
}  // namespace node
