#include "node/key_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace node {
namespace {

namespace fs = std::filesystem;

class KeyFile : public testing::Test {
 protected:
  KeyFile() { fs::remove(path_); }
  ~KeyFile() override { fs::remove(path_); }

  void write(std::string const& text, fs::perms permissions) {
    std::ofstream{path_} << text;
    fs::permissions(path_, permissions);
  }

  fs::path path_ = testing::TempDir() + "key-" + std::to_string(getpid());
};

constexpr auto owner_only = fs::perms::owner_read | fs::perms::owner_write;

TEST_F(KeyFile, ReadsBackWhatItWroteAndOnlyItsOwnerMayRead) {
  Seed const seed{base::bytes_of(std::string(32, 's'))};
  ASSERT_TRUE(write_key_file(path_, seed));
  EXPECT_EQ(fs::status(path_).permissions(), owner_only);
  auto const read = read_key_file(path_);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->key().public_key(), seed.key().public_key());
}

TEST_F(KeyFile, IsNeverOverwritten) {
  write("precious", owner_only);
  auto const done = write_key_file(path_, Seed::random());
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("never overwritten"), std::string::npos);
  std::string left;
  std::ifstream{path_} >> left;
  EXPECT_EQ(left, "precious");
}

TEST_F(KeyFile, IsRefusedWithTheReasonAndWithoutItsContent) {
  auto const good = std::string(64, 'a');
  struct Row {
    char const* name;
    std::string text;
    fs::perms permissions;
    char const* want;
  };
  Row const rows[] = {
      {"group may read", good, owner_only | fs::perms::group_read, "others may use it"},
      {"all may read", good, owner_only | fs::perms::others_read, "others may use it"},
      {"empty", "", owner_only, "not 64"},
      {"short", good.substr(1), owner_only, "not 64"},
      {"long", good + "a", owner_only, "not 64"},
      {"trailing line", good + "\n\n", owner_only, "longer than 65"},
      {"not hex", std::string(64, 'g'), owner_only, "not 64"},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    write(row.text, row.permissions);
    auto const got = read_key_file(path_);
    ASSERT_FALSE(got);
    EXPECT_NE(got.error().message.find(row.want), std::string::npos) << got.error().message;
    EXPECT_NE(got.error().message.find(path_.string()), std::string::npos);
    EXPECT_EQ(got.error().message.find("aaaa"), std::string::npos);
  }
}

TEST_F(KeyFile, ThatIsMissingSaysSo) {
  auto const got = read_key_file(path_);
  ASSERT_FALSE(got);
  EXPECT_NE(got.error().message.find("No such file"), std::string::npos);
}

TEST(KeySeed, IsFreshEachTime) {
  EXPECT_NE(Seed::random().key().public_key(), Seed::random().key().public_key());
}

}  // namespace
}  // namespace node
