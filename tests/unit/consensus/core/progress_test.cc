// Whole networks of cores: what the rules promise together. Delays are in whole milliseconds of
// simulated time.

#include <gtest/gtest.h>

#include "tests/support/core_cluster.h"

namespace consensus {
namespace {

TEST(Progress, AnIdleChainSaysNothing) {
  Cluster cluster{{}};
  cluster.run_for(60'000);
  EXPECT_EQ(cluster.messages(), 0u);
  EXPECT_TRUE(cluster.chain(0).empty());
}

TEST(Progress, SubmitToTheLeaderIsFinalAfterThreeDelays) {
  Cluster cluster{{.delay_ms = 10}};
  cluster.submit(1, 7);  // Leads view 1.
  ASSERT_TRUE(cluster.run_until(1000, [&] { return cluster.committed(1, 7); }));
  EXPECT_EQ(cluster.now_ms(), 30u);
  ASSERT_TRUE(cluster.run_until(1000, [&] { return cluster.committed_everywhere(7); }));
  EXPECT_EQ(cluster.now_ms(), 30u);
}

TEST(Progress, TheSyncOfTheBodyHidesBehindTheVotes) {
  Cluster cluster{{.delay_ms = 10, .sync_ms = 9}};
  cluster.submit(1, 7);
  ASSERT_TRUE(cluster.run_until(1000, [&] { return cluster.committed(1, 7); }));
  EXPECT_EQ(cluster.now_ms(), 30u);
}

TEST(Progress, TheLastBlockOfABurstBecomesFinalAndTheChainFallsSilent) {
  Cluster cluster{{}};
  cluster.submit(2, 7);
  cluster.run_for(2000);
  ASSERT_TRUE(cluster.committed_everywhere(7));
  auto const spoken = cluster.messages();
  auto const height = cluster.chain(0).size();
  cluster.run_for(60'000);
  EXPECT_EQ(cluster.messages(), spoken);
  EXPECT_EQ(cluster.chain(0).size(), height);
  EXPECT_EQ(height, 1u) << "an empty block was made for nothing";
}

TEST(Progress, ABlockComesEveryTwoDelaysUnderLoad) {
  Cluster cluster{{.delay_ms = 10}};
  for (int i = 0; i < 1000; ++i) {
    cluster.submit(static_cast<std::size_t>(i % 4), i);
    cluster.run_for(1);
  }
  cluster.run_for(100);
  EXPECT_GE(cluster.chain(0).size(), 48u);
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(cluster.committed_everywhere(i)) << i;
}

TEST(Progress, OneValidatorIsANetwork) {
  Cluster cluster{{.validators = 1}};
  for (int i = 0; i < 10; ++i) {
    cluster.submit(0, i);
    cluster.run_for(100);
    EXPECT_TRUE(cluster.committed(0, i));
  }
  cluster.crash(0);
  cluster.restart(0);
  cluster.submit(0, 10);
  cluster.run_for(1000);
  EXPECT_TRUE(cluster.committed(0, 10));
}

// besu 6398: one dead validator slowed the chain by a time-out every n-th block.
TEST(Progress, ADeadValidatorCostsNothingOnceItIsKnownToBeInactive) {
  Cluster cluster{{.delay_ms = 10}};
  cluster.crash(3);
  auto transaction = 0;
  auto const load = [&](std::uint64_t ms) {
    auto const before = cluster.chain(0).size();
    for (std::uint64_t i = 0; i < ms / 5; ++i) {
      cluster.submit(0, transaction++);
      cluster.run_for(5);
    }
    return cluster.chain(0).size() - before;
  };
  load(3'000);
  // Of four views, three take two delays and the dead one's a little over one.
  EXPECT_GE(load(1'000), 1'000u / 20 * 8 / 10);
}

// Whenever it dies: its turn comes once more at the price of t_l, and then it is known.
TEST(Progress, ADeadLeaderCostsOneLeaderTimeoutAtMost) {
  auto paid = 0;
  // Over a round of turns: four views of two delays each.
  for (std::uint64_t lives_ms = 100; lives_ms < 200; lives_ms += 10) {
    Cluster cluster{{.delay_ms = 10}};
    auto transaction = 0;
    auto const wait_ms = [&] {
      constexpr std::uint64_t step_ms = 5;
      auto const height = cluster.chain(0).size();
      auto const before = cluster.now_ms();
      while (cluster.chain(0).size() == height) {
        cluster.submit(0, transaction++);
        cluster.run_for(step_ms);
      }
      return cluster.now_ms() - before;
    };
    while (cluster.now_ms() < lives_ms) wait_ms();
    cluster.crash(3);
    auto timeouts = 0;
    constexpr std::uint64_t later_ms = 1'500;
    while (cluster.now_ms() < lives_ms + later_ms) {
      if (wait_ms() >= 2 * Timing{}.delta_ms) ++timeouts;
    }
    EXPECT_LE(timeouts, 1) << "dead after " << lives_ms << " ms";
    paid += timeouts;
  }
  EXPECT_GT(paid, 0) << "its turn never came";
}

TEST(Progress, ALeaderThatComesBackIsWaitedForAgain) {
  Cluster cluster{{.delay_ms = 10}};
  cluster.crash(3);
  for (int i = 0; i < 200; ++i) {
    cluster.submit(0, i);
    cluster.run_for(20);
  }
  EXPECT_GE(cluster.state(0).peers[3].silent_views, 3u);
  cluster.restart(3);
  for (int i = 200; i < 300; ++i) {
    cluster.submit(0, i);
    cluster.run_for(20);
  }
  EXPECT_EQ(cluster.state(0).peers[3].silent_views, 0u);
  cluster.run_for(1000);
  EXPECT_TRUE(cluster.committed_everywhere(299));
  EXPECT_EQ(cluster.disagreement(), "");
}

// besu 8307: a chain that lost its quorum did not come back with it.
TEST(Progress, TheChainComesBackWithItsQuorum) {
  Cluster cluster{{.delay_ms = 10}};
  cluster.submit(0, 1);
  cluster.run_for(1000);
  cluster.crash(2);
  cluster.crash(3);
  cluster.submit(0, 2);
  cluster.run_for(600'000);
  EXPECT_FALSE(cluster.committed(0, 2));
  cluster.restart(2);
  EXPECT_TRUE(cluster.run_until(30'000, [&] { return cluster.committed_everywhere(2); }));
}

// If everybody waited for somebody else to be in step, the chain would be dead.
TEST(Progress, AllRestartedAtOnceGoOn) {
  for (std::uint64_t cut_ms = 1; cut_ms < 80; ++cut_ms) {
    SCOPED_TRACE(cut_ms);
    Cluster cluster{{.delay_ms = 10, .jitter_ms = 5, .seed = cut_ms}};
    cluster.submit(0, 1);
    cluster.submit(1, 2);
    cluster.run_for(cut_ms);
    for (std::size_t i = 0; i < 4; ++i) cluster.crash(i);
    for (std::size_t i = 0; i < 4; ++i) cluster.restart(i);
    cluster.submit(2, 3);
    ASSERT_TRUE(cluster.run_until(60'000, [&] { return cluster.committed_everywhere(3); }));
    EXPECT_EQ(cluster.disagreement(), "");
  }
}

// commonware 4275: a restarted cluster did not count its own replayed NULLIFY. Here nothing is
// new after the restart: the votes in the journals are all there is.
TEST(Progress, ARestartedIdleNetworkFinishesWhatItHadVotedFor) {
  for (std::uint64_t cut_ms = 11; cut_ms < 60; ++cut_ms) {
    SCOPED_TRACE(cut_ms);
    Cluster cluster{{.delay_ms = 10, .jitter_ms = 5, .seed = cut_ms}};
    cluster.submit(1, 1);
    cluster.run_for(cut_ms);
    auto const proposed = cluster.state(0).safety.own(View{1}).notarize.has_value();
    for (std::size_t i = 0; i < 4; ++i) cluster.crash(i);
    for (std::size_t i = 0; i < 4; ++i) cluster.restart(i);
    cluster.run_for(60'000);
    EXPECT_TRUE(!proposed || !cluster.chain(0).empty());
    EXPECT_EQ(cluster.disagreement(), "");
    auto const spoken = cluster.messages();
    cluster.run_for(60'000);
    EXPECT_TRUE(!cluster.committed_everywhere(1) || cluster.messages() == spoken)
        << "what is finished is not finished silently";
  }
}

TEST(Progress, LossOnlyDelays) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    Cluster cluster{{.delay_ms = 10, .loss_permille = 200, .jitter_ms = 20, .seed = seed}};
    for (int i = 0; i < 50; ++i) {
      cluster.submit(static_cast<std::size_t>(i % 4), i);
      cluster.run_for(100);
    }
    cluster.set_loss(0);
    ASSERT_TRUE(cluster.run_until(120'000, [&] {
      for (int i = 0; i < 50; ++i) {
        if (!cluster.committed_everywhere(i)) return false;
      }
      return true;
    }));
    EXPECT_EQ(cluster.disagreement(), "");
  }
}

TEST(Progress, CrashesAndLossNeverSplitTheChain) {
  std::size_t blocks = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    Cluster cluster{{.delay_ms = 10, .loss_permille = 100, .jitter_ms = 30, .seed = seed}};
    sim::Prng prng{seed};
    for (int i = 0; i < 300; ++i) {
      cluster.submit(static_cast<std::size_t>(prng.below(4)), i);
      cluster.run_for(prng.below(60));
      auto const node = static_cast<std::size_t>(prng.below(4));
      if (prng.one_in(10)) cluster.crash(node);
      if (!cluster.up(node) && prng.one_in(3)) cluster.restart(node);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      if (!cluster.up(i)) cluster.restart(i);
    }
    cluster.set_loss(0);
    cluster.submit(0, 999);
    ASSERT_TRUE(cluster.run_until(120'000, [&] { return cluster.committed_everywhere(999); }));
    ASSERT_EQ(cluster.disagreement(), "");
    blocks += cluster.chain(0).size();
  }
  EXPECT_GT(blocks, 1000u);
}

}  // namespace
}  // namespace consensus
