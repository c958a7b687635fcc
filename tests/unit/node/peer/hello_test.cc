#include "node/peer/hello.h"

#include <gtest/gtest.h>

#include <string>

#include "node/peer/inflow.h"

namespace node::peer {
namespace {

crypto::SecretKey key_of(char seed) {
  return crypto::SecretKey{base::bytes_of(std::string(32, seed))};
}

protocol::PublicKey node_key_of(std::uint8_t byte) {
  protocol::PublicKey key;
  key.data.fill(byte);
  return key;
}

Seat seat_of(char seed) {
  protocol::GenesisHash genesis;
  genesis.data.fill(7);
  return {.genesis = genesis, .epoch = {}, .self = key_of(seed).public_key()};
}

TEST(PeerHello, NamesTheKeyThatSignedForTheNodeKey) {
  auto const here = seat_of('a');
  auto const hello = make_hello(seat_of('b'), key_of('b'), node_key_of(9), "0.1.0");
  auto const peer = check_hello(here, hello, node_key_of(9));
  ASSERT_TRUE(peer) << explain(peer.error());
  EXPECT_EQ(*peer, key_of('b').public_key());
}

TEST(PeerHello, IsRefusedWithTheReasonThatApplies) {
  using Hello = labor::v1::Hello;
  auto const here = seat_of('a');
  struct Row {
    char const* name;
    char signer;
    void (*spoil)(Hello&);
    HelloRefusal want;
  };
  Row const rows[] = {
      {"short genesis", 'b', [](Hello& h) { h.mutable_genesis_hash()->pop_back(); },
       HelloRefusal::malformed},
      {"short key", 'b', [](Hello& h) { h.set_consensus_key("k"); }, HelloRefusal::malformed},
      {"long version", 'b', [](Hello& h) { h.set_version(std::string(65, 'v')); },
       HelloRefusal::malformed},
      {"another chain", 'b', [](Hello& h) { h.set_genesis_hash(std::string(32, '\1')); },
       HelloRefusal::another_chain},
      {"another epoch than signed", 'b', [](Hello& h) { h.set_epoch(1); },
       HelloRefusal::bad_signature},
      {"a flipped bit", 'b', [](Hello& h) { h.mutable_signature()->front() ^= 1; },
       HelloRefusal::bad_signature},
      {"our own key", 'a', [](Hello&) {}, HelloRefusal::our_own_key},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    auto hello = make_hello(seat_of(row.signer), key_of(row.signer), node_key_of(9), "0.1.0");
    row.spoil(hello);
    auto const got = check_hello(here, hello, node_key_of(9));
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error(), row.want) << explain(got.error());
  }
}

TEST(PeerHello, ReplayedOnAnotherNodesConnectionIsRefused) {
  auto const here = seat_of('a');
  auto const hello = make_hello(seat_of('b'), key_of('b'), node_key_of(9), "0.1.0");
  EXPECT_EQ(check_hello(here, hello, node_key_of(8)).error(), HelloRefusal::bad_signature);
}

TEST(PeerInflow, StopsReadingAboveItsBoundUntilHalfIsDealtWith) {
  auto const inflow = std::make_shared<Inflow>();
  int resumed = 0;
  auto const resume = [&resumed] { ++resumed; };
  auto half = inflow->hold(Inflow::held_bytes_max / 2);
  inflow->when_room(resume);
  EXPECT_EQ(resumed, 1) << "there is room";
  EXPECT_FALSE(inflow->takes_transactions());

  auto rest = inflow->hold(Inflow::held_bytes_max / 2 + 1);
  inflow->when_room(resume);
  EXPECT_EQ(resumed, 1) << "full";
  auto const copy = rest;
  rest = nullptr;
  EXPECT_EQ(resumed, 1) << "a copy of the credit still holds";
  half = nullptr;
  EXPECT_EQ(resumed, 1) << "more than half is held";
}

TEST(PeerInflow, ResumesOnceAndTakesTransactionsAgainWhenThereIsRoom) {
  auto const inflow = std::make_shared<Inflow>();
  int resumed = 0;
  auto credit = inflow->hold(Inflow::held_bytes_max + 1);
  inflow->when_room([&resumed] { ++resumed; });
  credit = nullptr;
  EXPECT_EQ(resumed, 1);
  EXPECT_TRUE(inflow->takes_transactions());
  credit = inflow->hold(1);
  credit = nullptr;
  EXPECT_EQ(resumed, 1);
}

TEST(PeerInflow, AllowsABurstAndThenItsRate) {
  using std::chrono::milliseconds;
  auto const inflow = std::make_shared<Inflow>();
  auto const start = Inflow::Clock::time_point{} + std::chrono::hours{1};
  EXPECT_TRUE(inflow->within_rate(Inflow::messages_burst, start));
  EXPECT_FALSE(inflow->within_rate(1, start));
  EXPECT_TRUE(inflow->within_rate(Inflow::messages_per_s / 10, start + milliseconds{100}));
  EXPECT_FALSE(inflow->within_rate(1, start + milliseconds{100}));
}

}  // namespace
}  // namespace node::peer
