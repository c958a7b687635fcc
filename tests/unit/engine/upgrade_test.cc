// An upgrade that a ballot decides, while one node does not know the feature: that one stops before
// the first block that it holds for, says what to install, and goes on once it is installed; the
// others never wait for it.

#include "tests/unit/engine/changing_set.h"

namespace node {
namespace {

class UpgradeTest : public ChangingSet {
 protected:
  static Actions upgrade() {
    Actions actions;
    auto& made = *actions.add_upgrades();
    made.set_feature(1);
    made.set_name("votes_leave");
    made.set_version("0.2.0");
    made.set_blocks(10);
    return actions;
  }
  std::uint64_t begins() {
    auto const features =
        execution::find_record<Features>(*mesh().store(0).latest(), state::keys::features());
    return features ? features->features(0).height() : 0;
  }
  std::uint64_t height(std::size_t of) { return mesh().store(of).latest()->head().height.value(); }
  // As labord does: a node that says that it must stop is stopped.
  void go_past(std::uint64_t height_wanted) {
    while (height(0) < height_wanted) {
      if (mesh().runs(3) && height(0) + 1 >= begins()) {
        ASSERT_TRUE(mesh().eventually([&] { return !mesh().halted(3).empty(); })) << states();
        EXPECT_EQ(height(3) + 1, begins());
        mesh().stop(3);
      }
      ASSERT_NO_FATAL_FAILURE(pay());
    }
  }
};

TEST_F(UpgradeTest, OneThatLacksTheFeatureStopsBeforeItsHeightAndTheOthersGoOn) {
  begin({.validators = 4});
  mesh().stop(3);
  mesh().prepare(3, false);
  mesh().start(3);
  ASSERT_NO_FATAL_FAILURE(decide(upgrade()));
  auto const first = begins();
  ASSERT_GT(first, height(0));
  EXPECT_EQ(mesh().halted(3), "") << "it goes on for as long as it understands the blocks";
  ASSERT_NO_FATAL_FAILURE(go_past(first + 3));
  ASSERT_FALSE(mesh().runs(3)) << states();
  EXPECT_NE(mesh().halted(3).find("feature 1 (votes_leave)"), std::string::npos);
  EXPECT_NE(mesh().halted(3).find("install version 0.2.0"), std::string::npos);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(mesh().halted(i), "");

  mesh().start(3);
  ASSERT_TRUE(mesh().eventually([&] { return !mesh().halted(3).empty(); }))
      << "started as it was, it stops again\n"
      << states();
  mesh().stop(3);
  mesh().prepare(3, true);
  mesh().start(3);
  ASSERT_TRUE(mesh().eventually([&] { return height(3) >= first + 3; })) << states();
  EXPECT_EQ(mesh().halted(3), "");
}

}  // namespace
}  // namespace node
