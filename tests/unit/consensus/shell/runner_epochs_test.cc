// The runner where its epoch ends, and where others are in a later one (R17).

#include "consensus/shell/runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/consensus/shell/runner_scene.h"

namespace consensus {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RunnerEpochsTest : public RunnerScene {};

TEST_F(RunnerEpochsTest, WithTheCommitOfABoundaryBlockTheEpochIsOver) {
  auto const last =
      make_block(genesis(), {.parent = root, .height = 1, .proposer = 1, .boundary = true});
  auto one = runner();
  one.start();
  one.received(proposal(1, last));
  one.turn();
  ports.take();
  one.received(ValidatorIndex{2}, certificate(about(VoteKind::finalize, 1, last, 0)));
  one.turn();
  auto const log = ports.take();
  EXPECT_THAT(log, testing::Contains("commit 1"));
  EXPECT_THAT(log, testing::Contains("cancel 8/0")) << "no timer may fire in the next epoch";
  EXPECT_TRUE(one.over());
  one.fired({.kind = TimerKind::leader, .view = View{2}});
  one.received(ValidatorIndex{2}, certificate(nullify(Epoch{0}, View{2})));
  one.work({.transactions = true, .due = true});
  one.committed(Height{1}, last.hash, 20);
  one.turn();
  EXPECT_THAT(ports.take(), IsEmpty());
}

TEST_F(RunnerEpochsTest, AMessageOfALaterEpochAsksItsSenderForBlocks) {
  auto one = runner();
  one.heard_later_epoch(key(3));
  one.heard_later_epoch(key(2));
  one.turn();
  EXPECT_THAT(ports.take(), ElementsAre("fetch blocks 1+32 from 3", "arm 8/0 250"));
  one.fired({.kind = TimerKind::catch_up, .view = View{0}});
  one.heard_later_epoch(key(2));
  EXPECT_THAT(ports.take(), testing::Contains("fetch blocks 1+32 from 2"));
}

TEST_F(RunnerEpochsTest, AStrangerOfALaterEpochIsAskedOnUntilTheBoundaryIsThere) {
  auto const stranger = Keys{5}.committee().validators.keys().back();
  ASSERT_FALSE(keys.committee().validators.index_of(stranger).has_value());
  auto const blocks = chain(2);
  auto const final = [&](std::size_t place) {
    auto const& block = blocks[place];
    return FinalRange{
        .blocks = {block},
        .finalization = certificate(about(VoteKind::finalize, place + 1, block, place))};
  };
  auto one = runner();
  one.heard_later_epoch(stranger);
  EXPECT_THAT(ports.take(), testing::Contains("fetch blocks 1+32 from a stranger"));
  one.received(stranger, final(0));
  one.turn();
  EXPECT_THAT(ports.take(), testing::Contains("fetch blocks 2+32 from a stranger"));
  one.received(stranger, final(0));
  one.turn();
  EXPECT_THAT(ports.take(), testing::Not(testing::Contains(HasSubstr("fetch blocks"))))
      << "nobody is asked again for having said nothing new";
}

// As when a validator is killed that was the first to speak of the next epoch.
TEST_F(RunnerEpochsTest, WhoeverDoesNotAnswerIsGivenUpAlsoWhereOtherBlocksCameMeanwhile) {
  auto const blocks = chain(1);
  auto one = runner();
  one.heard_later_epoch(key(3));
  one.start();
  one.received(ValidatorIndex{2}, certificate(about(VoteKind::finalize, 1, blocks[0], 0)));
  one.turn();
  EXPECT_THAT(ports.take(), testing::Contains(HasSubstr("fetch blocks 1+32")).Times(2));
  one.received(proposal(1, blocks[0]));
  one.turn();
  ASSERT_THAT(ports.take(), testing::Not(testing::Contains("cancel 8/0")));
  one.fired({.kind = TimerKind::catch_up, .view = View{0}});
  one.heard_later_epoch(key(2));
  EXPECT_THAT(ports.take(), testing::Contains("fetch blocks 2+32 from 2"));
}

TEST_F(RunnerEpochsTest, AnAnswerToAnOrderOfAnotherEpochIsDropped) {
  auto one = runner();
  one.start();
  one.work({.transactions = true, .due = false});
  one.turn();
  ports.trace.clear();
  one.built({.epoch = Epoch{7}, .view = View{1}, .parent = config().root}, first);
  one.turn();
  EXPECT_THAT(ports.trace, IsEmpty());
}

}  // namespace
}  // namespace consensus
