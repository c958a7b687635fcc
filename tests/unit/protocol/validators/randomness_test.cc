#include "protocol/validators/randomness.h"

#include <gtest/gtest.h>

#include <set>

#include "protocol/address.h"
#include "tests/support/justice_scene.h"

namespace validators {
namespace {

using namespace labor::v1;        // Statuses and records by name.
using namespace testing_support;  // The words of the scene.

constexpr std::uint64_t hour_ms = 3'600'000;

std::uint64_t join(WorkScene& scene) {
  std::uint64_t round = 0;
  EXPECT_EQ(scene.follow([&](execution::Context& context) -> execution::Done {
    round = join_round(context).round;
    return {};
  }),
            TX_STATUS_OK);
  return round;
}

std::optional<protocol::Hash> seed(WorkScene& scene, std::uint64_t round,
                                   std::uint64_t committed_before_ms) {
  std::optional<protocol::Hash> found;
  (void)scene.follow([&](execution::Context& context) -> execution::Done {
    found = seed_of(context.state(), round, protocol::TimeMs{committed_before_ms});
    return {};
  });
  return found;
}

SeatRandomness seat_randomness(WorkScene const& scene, std::uint64_t seat) {
  return *scene.find<SeatRandomness>(state::keys::seat_randomness(seat));
}

struct Randomness : testing::Test {
  Randomness() { add_validators(scene); }
  WorkScene scene;
};

TEST_F(Randomness, IsTheSameWhateverTheOrderInWhichItIsTold) {
  WorkScene other;
  add_validators(other);
  EXPECT_EQ(join(scene), 1u);
  EXPECT_EQ(join(other), 1u);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(reveal_randomness(scene, i, 1, 1), TX_STATUS_OK);
    EXPECT_EQ(reveal_randomness(other, 3 - i, 1, 1), TX_STATUS_OK);
  }
  auto const one = seed(scene, 1, scene.now_ms());
  EXPECT_TRUE(one.has_value());
  EXPECT_EQ(one, seed(other, 1, other.now_ms()));
}

TEST_F(Randomness, DiffersFromRoundToRound) {
  std::set<std::string> seeds;
  for (std::uint64_t round = 1; round <= 20; ++round) {
    EXPECT_EQ(join(scene), round);
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(reveal_randomness(scene, i, round, round), TX_STATUS_OK);
    }
    scene.wait(hour_ms);
    seeds.insert(seed(scene, round, scene.now_ms())->str());
  }
  EXPECT_EQ(seeds.size(), 20u);
}

TEST_F(Randomness, NeedsMoreThanAThirdOfThoseWhoCouldTell) {
  (void)join(scene);
  EXPECT_EQ(reveal_randomness(scene, 0, 1, 1), TX_STATUS_OK);
  EXPECT_FALSE(seed(scene, 1, scene.now_ms()).has_value());
  EXPECT_EQ(reveal_randomness(scene, 1, 1, 1), TX_STATUS_OK);
  EXPECT_TRUE(seed(scene, 1, scene.now_ms()).has_value());
}

TEST_F(Randomness, OfAChainThatIsYoungerThanWhatIsDrawnForDoesNotCount) {
  auto const opened_ms = scene.now_ms();
  scene.wait(1);
  EXPECT_EQ(commit_randomness(scene, 0, 5), TX_STATUS_OK);
  (void)join(scene);
  EXPECT_EQ(reveal_randomness(scene, 0, 1, 6), TX_STATUS_OK);
  EXPECT_EQ(reveal_randomness(scene, 1, 1, 1), TX_STATUS_OK);
  EXPECT_FALSE(seed(scene, 1, opened_ms).has_value());  // One of three.
  EXPECT_EQ(reveal_randomness(scene, 2, 1, 1), TX_STATUS_OK);
  auto const without = seed(scene, 1, opened_ms);
  EXPECT_TRUE(without.has_value());
  EXPECT_NE(without, seed(scene, 1, scene.now_ms() + 1));
}

TEST_F(Randomness, IsRefusedFromWhoIsNotTheNodeOrTellsSomethingElse) {
  EXPECT_EQ(reveal_randomness(scene, 0, 1, 1), TX_STATUS_ROUND_NOT_OPEN);
  (void)join(scene);
  RevealRandomness message;
  message.set_node_key(node_key(0).str());
  message.set_round(1);
  message.set_preimage(random_value(0, 1).str());
  EXPECT_EQ(scene.act(scene.outsider, message), TX_STATUS_NOT_YOUR_NODE);
  message.set_preimage("short");
  EXPECT_EQ(scene.act(protocol::address_of(node_key(0)), message), TX_STATUS_INVALID_HASH);
  EXPECT_EQ(reveal_randomness(scene, 0, 2, 1), TX_STATUS_ROUND_NOT_OPEN);
  EXPECT_EQ(reveal_randomness(scene, 0, 1, 2), TX_STATUS_RANDOMNESS_MISMATCH);
  EXPECT_EQ(reveal_randomness(scene, 0, 1, 1), TX_STATUS_OK);
  EXPECT_EQ(reveal_randomness(scene, 0, 1, 1), TX_STATUS_NOT_IN_ROUND);
  scene.wait(hour_ms);
  EXPECT_EQ(reveal_randomness(scene, 1, 1, 1), TX_STATUS_ROUND_NOT_OPEN);
}

TEST_F(Randomness, IsNotCommittedToByWhoHasNoSeat) {
  CommitRandomness message;
  message.set_node_key(node_key(9).str());
  message.set_tip(hash_of(1));
  EXPECT_EQ(scene.act(scene.outsider, message), TX_STATUS_NOT_YOUR_NODE);
  EXPECT_EQ(scene.act(protocol::address_of(node_key(9)), message), TX_STATUS_VALIDATOR_NOT_FOUND);
  auto gone = *scene.find<Seat>(state::keys::seat(1));
  gone.set_state(SEAT_STATE_GONE);
  scene.put(gone);
  EXPECT_EQ(commit_randomness(scene, 0, 9), TX_STATUS_SEAT_GONE);
}

TEST_F(Randomness, OfAChainBegunAnewCannotBeToldToARoundThatIsOpen) {
  (void)join(scene);
  EXPECT_EQ(commit_randomness(scene, 0, 10), TX_STATUS_OK);
  EXPECT_EQ(seat_randomness(scene, 1).generation(), 1u);
  EXPECT_EQ(reveal_randomness(scene, 0, 1, 11), TX_STATUS_NOT_IN_ROUND);
  EXPECT_EQ(reveal_randomness(scene, 0, 1, 1), TX_STATUS_NOT_IN_ROUND);
}

TEST_F(Randomness, IsAskedOfNobodyForAMonthWhoKeptSilent) {
  (void)join(scene);
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_EQ(reveal_randomness(scene, i, 1, 1), TX_STATUS_OK);
  }
  scene.wait(hour_ms);
  EXPECT_EQ(join(scene), 2u);
  EXPECT_EQ(seat_randomness(scene, 1).missed(), 1u);
  EXPECT_EQ(seat_randomness(scene, 2).missed(), 0u);
  EXPECT_EQ(scene.find<RandomRound>(state::keys::random_round(2))->members_size(), 3);
  EXPECT_EQ(reveal_randomness(scene, 0, 2, 1), TX_STATUS_NOT_IN_ROUND);
  scene.wait(30 * day_ms);
  EXPECT_EQ(join(scene), 3u);
  EXPECT_EQ(scene.find<RandomRound>(state::keys::random_round(3))->members_size(), 1);
}

TEST_F(Randomness, IsNotDrawnFromByWhoComesOnceARoundIsOpen) {
  (void)join(scene);
  auto round = *scene.find<RandomRound>(state::keys::random_round(1));
  round.set_opened_height(round.opened_height() + 1);  // As if this block came later.
  scene.put(round);
  EXPECT_EQ(join(scene), 0u);
  scene.wait(hour_ms);
  EXPECT_EQ(join(scene), 2u);
}

}  // namespace
}  // namespace validators
