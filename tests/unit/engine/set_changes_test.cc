// Changes of the validators while whole engines run: ballots, Ready and rotations as transactions,
// boundaries as blocks, and after each change the chain goes on with whoever is in the set, and
// without whoever is not. Real stores and journals.

#include "tests/unit/engine/changing_set.h"

namespace node {
namespace {

class SetChangesTest : public ChangingSet {};

TEST_F(SetChangesTest, FourGrowToSevenAndTwoOfThemMayThenFail) {
  begin({.validators = 4, .observers = 3});
  Changes changes;
  for (std::size_t i = 4; i < 7; ++i) admit(changes, i);
  ASSERT_NO_FATAL_FAILURE(decide(changes));
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3}));
  ASSERT_NO_FATAL_FAILURE(be_ready(4));
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3, 4}));
  ASSERT_NO_FATAL_FAILURE(be_ready(5));
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3, 4, 5}));
  ASSERT_NO_FATAL_FAILURE(be_ready(6));
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(epoch(), Epoch{3});
  for (std::size_t i = 0; i < 7; ++i) ASSERT_NO_FATAL_FAILURE(pay(i));
  mesh().stop(0);
  mesh().stop(1);
  ASSERT_NO_FATAL_FAILURE(pay(6));
  ASSERT_NO_FATAL_FAILURE(expect_sound());
}

TEST_F(SetChangesTest, SevenShrinkToFourWhoNeedTheOthersNoMore) {
  begin({.validators = 7});
  Changes changes;
  for (std::size_t i = 4; i < 7; ++i) remove(changes, i);
  ASSERT_NO_FATAL_FAILURE(decide(changes));
  ASSERT_NO_FATAL_FAILURE(pay());  // The block of the second boundary.
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3}));
  EXPECT_EQ(epoch(), Epoch{2}) << "of seven two may go at once, then of five one";
  ASSERT_NO_FATAL_FAILURE(pay(6));
  for (std::size_t i = 4; i < 7; ++i) {
    EXPECT_FALSE(mesh().engine(i).consensus().self.has_value());
    mesh().stop(i);
  }
  ASSERT_NO_FATAL_FAILURE(pay());
  mesh().stop(3);
  ASSERT_NO_FATAL_FAILURE(pay());
  ASSERT_NO_FATAL_FAILURE(expect_sound());
}

TEST_F(SetChangesTest, OneThatIsDeadIsReplacedAndAnotherMayThenFail) {
  begin({.validators = 4, .observers = 1});
  ASSERT_NO_FATAL_FAILURE(pay());
  mesh().stop(3);
  Changes changes;
  admit(changes, 4);
  remove(changes, 3);
  ASSERT_NO_FATAL_FAILURE(decide(changes));
  ASSERT_NO_FATAL_FAILURE(be_ready(4));
  ASSERT_NO_FATAL_FAILURE(pay());  // The boundary after the newcomer's.
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 4}));
  mesh().stop(2);
  ASSERT_NO_FATAL_FAILURE(pay(4));
  // The dead one comes back: it follows, and votes no more.
  mesh().start(3);
  ASSERT_NO_FATAL_FAILURE(expect_sound());
  EXPECT_FALSE(mesh().engine(3).consensus().self.has_value());
  ASSERT_NO_FATAL_FAILURE(pay(3));
}

TEST_F(SetChangesTest, AllKeysRotateOneByOneWhileTheChainGoesOn) {
  begin({.validators = 4});
  std::set<std::string> old;
  for (std::size_t i = 0; i < 4; ++i) old.insert(key(i));
  for (std::size_t i = 0; i < 4; ++i) {
    auto const through = (i + 1) % 4;
    ASSERT_NO_FATAL_FAILURE(rotate(i, through));
    ASSERT_NO_FATAL_FAILURE(pay(through));
    EXPECT_FALSE(mesh().engine(i).consensus().self.has_value()) << "not before the boundary";
    ASSERT_NO_FATAL_FAILURE(be_ready(i, through));
    ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3}));
    EXPECT_EQ(epoch(), Epoch{i + 1});
  }
  for (std::size_t i = 0; i < 4; ++i) EXPECT_FALSE(old.contains(key(i)));
  // A quorum needs votes by new keys of any three.
  for (std::size_t down = 0; down < 4; ++down) {
    mesh().stop(down);
    ASSERT_NO_FATAL_FAILURE(pay((down + 1) % 4));
    mesh().start(down);
  }
  ASSERT_NO_FATAL_FAILURE(expect_sound());
}

// Nobody has a key of the set that it knows, so it can ask none of them.
TEST_F(SetChangesTest, WhoSleptWhileAllKeysRotatedCatchesUpWithStrangersToItsSet) {
  begin({.validators = 4, .observers = 1});
  ASSERT_NO_FATAL_FAILURE(pay());
  mesh().stop(4);
  for (std::size_t i = 0; i < 4; ++i) {
    auto const through = (i + 1) % 4;
    ASSERT_NO_FATAL_FAILURE(rotate(i, through));
    ASSERT_NO_FATAL_FAILURE(be_ready(i, through));
    ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3}));
  }
  mesh().start(4);
  ASSERT_NO_FATAL_FAILURE(expect_sound());
  ASSERT_NO_FATAL_FAILURE(pay(4));
}

TEST_F(SetChangesTest, NodesSayThemselvesThatTheyAreReady) {
  begin({.validators = 4, .observers = 1, .ready = true});
  Changes changes;
  admit(changes, 4);
  ASSERT_NO_FATAL_FAILURE(decide(changes));
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3, 4}));
  ASSERT_NO_FATAL_FAILURE(rotate(4, 0));
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3, 4}));
  ASSERT_NO_FATAL_FAILURE(rotate(0, 1));
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3, 4}));
  ASSERT_NO_FATAL_FAILURE(pay(4));
  ASSERT_NO_FATAL_FAILURE(expect_sound());
}

TEST_F(SetChangesTest, AChangeThatBeginsWhereThereIsNoQuorumIsMadeWhenThePartitionHeals) {
  begin({.validators = 4, .observers = 1});
  Changes changes;
  admit(changes, 4);
  ASSERT_NO_FATAL_FAILURE(decide(changes));
  mesh().part({0, 1});
  auto const submitted = mesh().submit(2, {transaction(readiness(4))});
  ASSERT_TRUE(submitted.at(0).has_value());
  mesh().stop(3);
  mesh().start(3);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(epoch(i), Epoch{0});
  mesh().heal();
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3, 4}));
  mesh().stop(0);
  ASSERT_NO_FATAL_FAILURE(pay(4));
  ASSERT_NO_FATAL_FAILURE(expect_sound());
}

TEST_F(SetChangesTest, WhoIsCutOffDuringChangesVotesInTheNewSetWhenThePartitionHeals) {
  begin({.validators = 4, .observers = 1});
  Changes changes;
  admit(changes, 4);
  ASSERT_NO_FATAL_FAILURE(decide(changes));
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3}));
  mesh().part({3});
  auto const submitted = mesh().submit(0, {transaction(readiness(4))});
  ASSERT_TRUE(submitted.at(0).has_value());
  ASSERT_TRUE(mesh().eventually([&] { return epoch(0) == Epoch{1}; })) << states();
  EXPECT_EQ(epoch(3), Epoch{0});
  mesh().heal();
  ASSERT_NO_FATAL_FAILURE(expect_validators({0, 1, 2, 3, 4}));
  // Of five, four are a quorum: not without the one that was away.
  mesh().stop(0);
  ASSERT_NO_FATAL_FAILURE(pay(3));
  ASSERT_NO_FATAL_FAILURE(expect_sound());
}

}  // namespace
}  // namespace node
