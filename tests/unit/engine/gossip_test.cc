#include "node/engine/gossip.h"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/payments.h"

namespace node {
namespace {

using testing_support::payment;
using testing_support::Person;

constexpr auto deadline = std::chrono::seconds{20};

PeerId peer(std::uint8_t number) {
  PeerId key;
  key.data[0] = number;
  return key;
}

// Remembers which transactions went to whom.
class RecordingPeers final : public Peers {
 public:
  void send(PeerId const& to, labor::v1::PeerMessage const& message) override {
    note("to " + std::to_string(to.data[0]), message);
  }
  void broadcast(labor::v1::PeerMessage const& message) override { note("to all", message); }
  std::vector<PeerStatus> status() const override { return {}; }
  std::uint64_t bytes_sent() const override { return 0; }

  std::vector<std::string> told(std::string const& whom) const {
    std::lock_guard const lock{mutex_};
    auto const found = told_.find(whom);
    return found == told_.end() ? std::vector<std::string>{} : found->second;
  }
  // Whether anything went out to `whom` before the deadline.
  bool eventually(std::string const& whom) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, deadline, [&] { return told_.contains(whom); });
  }

 private:
  void note(std::string const& whom, labor::v1::PeerMessage const& message) {
    std::lock_guard const lock{mutex_};
    for (auto const& bytes : message.transactions().transactions()) told_[whom].push_back(bytes);
    changed_.notify_all();
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, std::vector<std::string>> told_;
};

class GossipTest : public testing::Test {
 protected:
  GossipTest() {
    for (std::uint64_t i = 0; i < 2; ++i) people_.emplace_back(i);
    chain_.emplace(testing_support::paying_chain(people_));
    loop_.start({});
  }
  ~GossipTest() override { loop_.stop(); }

  execution::CheckedPtr transaction(std::uint64_t sequence) const {
    return testing_support::checked(
        *chain_, payment(*chain_, people_[0], people_[1], {.sequence = sequence}));
  }

  std::vector<Person> people_;
  std::optional<protocol::Chain> chain_;
  RecordingPeers peers_;
  Mempool pool_{{}, protocol::Height{0}};
  Loop loop_;
  Gossip gossip_{loop_, peers_, pool_};
};

TEST_F(GossipTest, TheNextLeadersHearAtOnceAndNobodyElse) {
  gossip_.aim({peer(1), peer(3)});
  auto const first = transaction(0);
  gossip_.forward(first);
  EXPECT_EQ(peers_.told("to 1"), std::vector{first->bytes()});
  EXPECT_EQ(peers_.told("to 3"), std::vector{first->bytes()});
  EXPECT_TRUE(peers_.told("to 2").empty());
  EXPECT_TRUE(peers_.told("to all").empty());
}

TEST_F(GossipTest, WhatStillWaitsLaterIsToldToAllAndWhatIsFinalIsNot) {
  auto const final = transaction(0);
  auto const waits = transaction(1);
  ASSERT_TRUE(pool_.add(waits, from_client, {}).has_value());
  gossip_.forward(final);
  gossip_.forward(waits);
  ASSERT_TRUE(peers_.eventually("to all"));
  EXPECT_EQ(peers_.told("to all"), std::vector{waits->bytes()});
}

TEST_F(GossipTest, SaysAgainToEverybody) {
  auto const one = transaction(0);
  gossip_.again({one});
  EXPECT_EQ(peers_.told("to all"), std::vector{one->bytes()});
}

}  // namespace
}  // namespace node
