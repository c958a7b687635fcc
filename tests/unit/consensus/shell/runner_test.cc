// The runner with recording ports: the order in which it obeys, and what it does with bodies.

#include "consensus/shell/runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/consensus/shell/runner_scene.h"

namespace consensus {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class RunnerTest : public RunnerScene {};

TEST_F(RunnerTest, AVoteIsWrittenBeforeItIsSentAndTheRestFollows) {
  auto one = runner();
  one.start();
  one.received(proposal(1, first));
  one.turn();
  EXPECT_THAT(ports.take(), ElementsAre("arm 1/1 750", "arm 5/0 10000", "execute 1"));
  one.executed(Epoch{0}, View{1}, first.hash, Verdict::valid);
  one.turn();
  EXPECT_THAT(ports.take(), ElementsAre("journal NOTARIZE 1", "send NOTARIZE 1", "store 1"));
}

TEST_F(RunnerTest, AllVotesOfATurnShareOneSync) {
  auto one = runner();
  one.start();
  one.received(proposal(1, first));
  one.turn();
  ports.take();
  one.executed(Epoch{0}, View{1}, first.hash, Verdict::valid);
  one.body_durable(first.hash);
  one.received(ValidatorIndex{2}, certificate(about(VoteKind::notarize, 1, first, 0)));
  one.turn();
  auto const log = ports.take();
  EXPECT_EQ(log.at(0), "journal ground NOTARIZE 1 NOTARIZE 1 FINALIZE 1");
  EXPECT_EQ(
      std::ranges::count_if(log, [](auto const& line) { return line.starts_with("journal"); }), 1);
}

TEST_F(RunnerTest, AfterADiskFailureNothingIsSaidAndNothingMoreIsObeyed) {
  auto one = runner();
  one.received(proposal(1, first));
  one.turn();
  ports.take();
  ports.disk_fails = true;
  one.executed(Epoch{0}, View{1}, first.hash, Verdict::valid);
  one.turn();
  EXPECT_THAT(ports.take(), IsEmpty());
  ASSERT_TRUE(one.halted());
  EXPECT_EQ(*one.halted(), "the disk is full");
  ports.disk_fails = false;
  one.work({.transactions = true, .due = true});
  one.turn();
  EXPECT_THAT(ports.take(), IsEmpty());
}

TEST_F(RunnerTest, ATimersExpiryFollowsWhatWasQueuedBeforeIt) {
  auto one = runner();
  one.work({.transactions = true, .due = false});
  one.turn();
  ports.take();
  one.received(proposal(1, first));
  one.fired({.kind = TimerKind::leader, .view = View{1}});
  one.turn();
  for (auto const& line : ports.take()) EXPECT_THAT(line, testing::Not(HasSubstr("NULLIFY")));
}

TEST_F(RunnerTest, AProposalAheadOfTheClockIsHeldUntilDue) {
  auto const early = make_block(genesis(), {.parent = root, .time_ms = 1'000'800, .proposer = 1});
  auto one = runner();
  one.received(proposal(1, early));
  one.turn();
  EXPECT_THAT(ports.take(), ElementsAre("arm 7/1 300"));
  ports.time = protocol::TimeMs{1'000'300};
  one.fired({.kind = TimerKind::hold, .view = View{1}});
  one.turn();
  EXPECT_THAT(ports.take(), testing::Contains("execute 1"));
}

TEST_F(RunnerTest, AProposalWithinTheAllowedSkewIsTakenAtOnce) {
  auto const block = make_block(genesis(), {.parent = root, .time_ms = 1'000'500, .proposer = 1});
  auto one = runner();
  one.received(proposal(1, block));
  one.turn();
  EXPECT_THAT(ports.take(), testing::Contains("execute 1"));
}

// harmony 5047: time ratcheting ahead by leaders with fast clocks; and a delay that no timer holds.
TEST_F(RunnerTest, AProposalFromTheFarFutureIsDropped) {
  auto const block = make_block(genesis(), {.parent = root, .time_ms = ~0ull, .proposer = 1});
  auto one = runner();
  one.received(proposal(1, block));
  one.turn();
  EXPECT_THAT(ports.take(), IsEmpty());
}

TEST_F(RunnerTest, AStaleProposalIsExecutedAndGetsNoVote) {
  ports.time = protocol::TimeMs{1'005'001};
  auto one = runner();
  one.received(proposal(1, first));
  one.turn();
  EXPECT_THAT(ports.take(), testing::Contains("execute 1"));
  one.executed(Epoch{0}, View{1}, first.hash, Verdict::valid);
  one.turn();
  EXPECT_THAT(ports.take(), IsEmpty());
  EXPECT_THAT(ports.trace, testing::Contains(HasSubstr("form=stale")));
}

TEST_F(RunnerTest, AHeaderThatDisagreesWithItsVoteIsMalformed) {
  struct Row {
    char const* name;
    BlockFields fields;
  };
  Row const rows[] = {{"height", {.parent = root, .height = 2, .proposer = 1}},
                      {"proposer", {.parent = root, .height = 1, .proposer = 2}}};
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    auto const bad = make_block(genesis(), row.fields);
    auto sent = proposal(1, bad);
    sent.vote = Attestation::of(keys.vote(1, Statement{.epoch = Epoch{0},
                                                       .view = View{1},
                                                       .kind = VoteKind::notarize,
                                                       .parent_view = {},
                                                       .height = Height{1},
                                                       .block = bad.hash}));
    auto one = runner();
    one.received(sent);
    one.turn();
    EXPECT_THAT(ports.take(), testing::Contains("journal NULLIFY 1"));
  }
  auto other = proposal(1, first);
  other.block = make_block(genesis(), {.parent = root, .height = 1, .time_ms = 5, .proposer = 1});
  auto one = runner();
  one.received(other);
  one.turn();
  EXPECT_THAT(ports.take(), testing::Contains("journal NULLIFY 1"));
}

TEST_F(RunnerTest, AFinalBlockAtHandIsCommittedAndThenTheJournalMayForget) {
  auto one = runner();
  one.received(proposal(1, first));
  one.received(ValidatorIndex{1}, certificate(about(VoteKind::finalize, 1, first, 0)));
  one.turn();
  EXPECT_THAT(ports.take(), testing::Contains("commit 1"));
  EXPECT_TRUE(ports.commits.at(0).finalization);
  one.committed(Height{1}, first.hash, 20);
  one.turn();
  EXPECT_THAT(ports.take(), testing::Contains("floor 1"));
  EXPECT_EQ(one.state().committed_block, first.hash);
}

TEST_F(RunnerTest, AncestorsAreCommittedInOrderBeforeTheBlockThatMadeThemFinal) {
  auto const blocks = chain(3);
  auto one = runner();
  for (std::uint64_t i = 0; i < 3; ++i) {
    auto const view = 1 + 4 * i;  // All led by 1.
    auto said = about(VoteKind::notarize, view, blocks[i], i == 0 ? 0 : view - 4);
    if (i > 0) one.received(ValidatorIndex{2}, certificate(nullify(Epoch{0}, View{view - 1})));
    one.received(
        {.vote = Attestation::of(keys.vote(1, said)), .block = blocks[i], .certificates = {}});
    one.received(ValidatorIndex{2}, certificate(said));
    one.turn();
  }
  ports.take();
  one.received(ValidatorIndex{2}, certificate(about(VoteKind::finalize, 9, blocks[2], 5)));
  one.turn();
  ASSERT_EQ(ports.commits.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(ports.commits[i].block.hash, blocks[i].hash);
    EXPECT_EQ(ports.commits[i].finalization.has_value(), i == 2);
  }
}

TEST_F(RunnerTest, ALaggardFetchesByHeightFromSeveralPeersAndAsksAgain) {
  auto const blocks = chain(70);
  auto one = runner();
  one.received(ValidatorIndex{2}, certificate(about(VoteKind::finalize, 99, blocks[69], 98)));
  one.turn();
  auto log = ports.take();
  std::erase_if(log, [](auto const& line) { return !line.starts_with("fetch"); });
  EXPECT_THAT(log, ElementsAre("fetch blocks 1+32 from 1", "fetch blocks 33+32 from 2",
                               "fetch blocks 65+32 from 3"));
  one.fired({.kind = TimerKind::catch_up, .view = View{0}});
  one.turn();
  EXPECT_THAT(ports.take(), testing::Contains("fetch blocks 1+32 from 2"));

  auto const range = [&](std::size_t from, std::size_t to, std::uint64_t view) {
    return FinalRange{
        .blocks = {blocks.begin() + static_cast<long>(from),
                   blocks.begin() + static_cast<long>(to)},
        .finalization = certificate(about(VoteKind::finalize, view, blocks[to - 1], view - 1))};
  };
  one.received(key(3), range(32, 64, 90));
  one.turn();
  EXPECT_TRUE(ports.commits.empty()) << "the first are missing";
  one.received(key(2), range(0, 32, 50));
  one.received(key(1), range(64, 70, 99));
  for (std::size_t i = 0; i < 70; ++i) {
    one.turn();
    ASSERT_GT(ports.commits.size(), i);
    EXPECT_LE(ports.commits.size(), i + commits_max);
    EXPECT_EQ(ports.commits[i].block.hash, blocks[i].hash);
    one.committed(Height{i + 1}, blocks[i].hash, 0);
  }
  EXPECT_EQ(ports.commits.size(), 70u);
}

TEST_F(RunnerTest, ALaggardTakesBlocksThatADescendantMakesFinalAndAsksForTheRest) {
  auto const blocks = chain(3);
  auto const final = certificate(about(VoteKind::finalize, 9, blocks[2], 8));
  auto one = runner();
  one.received(ValidatorIndex{2}, final);
  one.turn();
  ports.take();
  one.received(key(2), FinalRange{.blocks = {blocks[0], blocks[1]}, .finalization = final});
  one.turn();
  EXPECT_THAT(ports.take(), testing::Contains(testing::StartsWith("fetch blocks 3+32")));
  ASSERT_EQ(ports.commits.size(), 2u);
  EXPECT_FALSE(ports.commits[1].finalization);
  one.received(key(2), FinalRange{.blocks = {blocks[2]}, .finalization = final});
  one.turn();
  ASSERT_EQ(ports.commits.size(), 3u);
  EXPECT_TRUE(ports.commits[2].finalization);
}

TEST_F(RunnerTest, ABlockLogBodyIsUsedInsteadOfAskingForIt) {
  auto one = runner();
  one.restored(first);
  one.start();
  one.received(ValidatorIndex{2}, certificate(about(VoteKind::notarize, 1, first, 0)));
  one.turn();
  auto const log = ports.take();
  EXPECT_THAT(log, testing::Not(testing::Contains("fetch body")));
  EXPECT_THAT(log, testing::Not(testing::Contains("store 1"))) << "it is durable already";
  one.executed(Epoch{0}, View{1}, first.hash, Verdict::valid);
  one.turn();
  EXPECT_THAT(ports.take(), testing::Contains("journal ground NOTARIZE 1 FINALIZE 1"));
}

TEST_F(RunnerTest, ABodyNobodyAskedForIsNotKept) {
  auto one = runner();
  one.received_body(first);
  one.turn();
  EXPECT_EQ(one.body(first.hash), nullptr);
  one.received(ValidatorIndex{2}, certificate(about(VoteKind::notarize, 1, first, 0)));
  one.turn();
  EXPECT_THAT(ports.take(), testing::Contains("fetch body"));
  one.received_body(first);
  one.turn();
  EXPECT_NE(one.body(first.hash), nullptr);
}

TEST_F(RunnerTest, AnEquivocatorsSecondBodyIsNotKept) {
  auto const second = make_block(genesis(), {.parent = root, .time_ms = 999'999, .proposer = 1});
  auto one = runner();
  one.received(proposal(1, first));
  one.received(proposal(1, second));
  one.turn();
  EXPECT_NE(one.body(first.hash), nullptr);
  EXPECT_EQ(one.body(second.hash), nullptr);
}

TEST_F(RunnerTest, ADivergenceStopsTheNode) {
  auto one = runner();
  one.received(proposal(1, first));
  one.received(ValidatorIndex{2}, certificate(about(VoteKind::notarize, 1, first, 0)));
  one.turn();
  one.executed(Epoch{0}, View{1}, first.hash, Verdict::invalid);
  one.turn();
  EXPECT_THAT(ports.take(), testing::Contains("diverged"));
  EXPECT_TRUE(one.halted());
}

TEST_F(RunnerTest, InterestFollowsWhatIsHeld) {
  auto one = runner();
  auto const said = about(VoteKind::notarize, 1, first, 0);
  auto const& interest = one.interest();
  EXPECT_TRUE(interest.wants_certificate(said));
  one.received(ValidatorIndex{2}, certificate(said));
  one.turn();
  EXPECT_FALSE(interest.wants_certificate(said));
  EXPECT_TRUE(interest.wants_certificate(nullify(Epoch{0}, View{1})));
  EXPECT_FALSE(interest.wants_vote(said));
  auto other = said;
  other.block = root;
  EXPECT_TRUE(interest.wants_vote(other)) << "a conflicting vote is evidence";
  auto const final = with_kind(said, VoteKind::finalize);
  EXPECT_TRUE(interest.wants_vote(final));
  one.received(ValidatorIndex{2}, certificate(final));
  one.turn();
  EXPECT_FALSE(interest.wants_vote(final));
  auto far = nullify(Epoch{0}, View{65});
  EXPECT_TRUE(interest.wants_certificate(far)) << "another view of the same slot";
}

TEST_F(RunnerTest, TheTraceBeginsWithTheStartAndHasALineForEachInputAndEachNonEmptyOutput) {
  auto one = runner();
  one.start();
  one.work({.transactions = true, .due = false});
  one.turn();
  EXPECT_THAT(
      ports.trace,
      ElementsAre(StartsWith("start e=0 self=0 "), "in started", "in work transactions=1 due=0",
                  "out timers=[leader/1+500; advance/1+750; standstill/0+10000]"));
}

}  // namespace
}  // namespace consensus
