#include "node/engine/clock.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace node {
namespace {

class OffsetFile : public testing::Test {
 protected:
  OffsetFile() { std::filesystem::remove(path_); }
  ~OffsetFile() override { std::filesystem::remove(path_); }
  void write(std::string const& text) { std::ofstream{path_} << text; }

  std::filesystem::path path_ = std::filesystem::path{testing::TempDir()} /
                                testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(OffsetFile, MovesTheClockForwardWhenReadAgain) {
  SystemClock clock{path_};
  EXPECT_EQ(clock.offset_ms(), 0u);
  auto const before = clock.now();
  write("604800000\n");
  EXPECT_TRUE(clock.refresh());
  EXPECT_EQ(clock.offset_ms(), 604'800'000u);
  EXPECT_GE(clock.now().value(), before.value() + 604'800'000u);
  EXPECT_FALSE(clock.refresh()) << "nothing moved";
}

TEST_F(OffsetFile, ThatIsDamagedSmallerOrAbsurdChangesNothing) {
  SystemClock clock{path_};
  write("5000");
  ASSERT_TRUE(clock.refresh());
  for (auto const* text : {"", "later", "4999", "-1", "99999999999999999999", "9999999999999999"}) {
    SCOPED_TRACE(text);
    write(text);
    EXPECT_FALSE(clock.refresh());
    EXPECT_EQ(clock.offset_ms(), 5000u);
  }
  std::filesystem::remove(path_);
  EXPECT_FALSE(clock.refresh());
  EXPECT_EQ(clock.offset_ms(), 5000u);
}

TEST_F(OffsetFile, IsNotReadOnAChainThatHasNone) {
  write("5000");
  SystemClock clock;
  EXPECT_FALSE(clock.refresh());
  EXPECT_EQ(clock.offset_ms(), 0u);
}

}  // namespace
}  // namespace node
