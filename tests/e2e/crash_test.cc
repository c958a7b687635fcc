// kill -9 under load: what a client saw final is never lost, and all validators stay equal.

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "devnet/agreement.h"
#include "devnet/bench_load.h"
#include "devnet/node_client.h"
#include "devnet/waiting.h"
#include "tests/e2e/e2e_network.h"

namespace e2e {
namespace {

using devnet::LoadSource;
using devnet::Network;
using devnet::NodeClient;

constexpr std::uint64_t accounts = 200;

// Transfers to one validator, and what the watcher of that validator saw final.
class Witness {
 public:
  Witness(NodeClient const& node, devnet::LoadChain const& chain)
      : node_{node}, source_{chain, 0, 1} {
    watcher_ = std::jthread{[this] { watch(); }};
    submitter_ = std::jthread{[this] { submit(); }};
  }
  ~Witness() { stop(); }

  void stop() { over_ = true; }

  std::map<protocol::TransactionId, std::uint64_t> seen() const {
    std::lock_guard lock{mutex_};
    return seen_;
  }
  std::size_t count() const {
    std::lock_guard lock{mutex_};
    return seen_.size();
  }

 private:
  void watch() {
    labor::v1::WatchEventsRequest request;
    request.mutable_filter()->set_cause_prefix("transfer");
    node_.watch(request, [&](labor::v1::WatchEventsResponse const& message) {
      if (message.has_event()) {
        auto const id = protocol::TransactionId::from(message.transaction_id());
        std::lock_guard lock{mutex_};
        if (id) seen_.emplace(*id, message.cursor().height());
      }
      return !over_.load();
    });
  }

  void submit() {
    constexpr std::size_t batch = 10;
    while (!over_) {
      std::vector<std::string> transactions;
      for (std::size_t i = 0; i < batch; ++i) transactions.push_back(source_.next().bytes);
      // Until it is taken: the next ones of these senders count on it.
      devnet::wait_until(deadline_ms, [&] {
        auto const reasons = node_.submit(transactions);
        if (!reasons) return over_.load();
        std::vector<std::string> again;
        for (std::size_t i = 0; i < reasons->size(); ++i) {
          if ((*reasons)[i] == "POOL_FULL") again.push_back(transactions[i]);
        }
        transactions = again;
        return transactions.empty() || over_.load();
      });
    }
  }

  NodeClient const& node_;
  LoadSource source_;
  std::atomic<bool> over_ = false;
  mutable std::mutex mutex_;
  std::map<protocol::TransactionId, std::uint64_t> seen_;
  std::jthread watcher_;
  std::jthread submitter_;
};

class Crash : public NetworkTest {};

TEST_F(Crash, NothingFinalIsLostWhenOneValidatorIsKilledUnderLoadAndThenAllRestart) {
  auto network = Network::create(home_ / "net", {.proxied = false, .accounts = accounts});
  ASSERT_TRUE(network) << network.error();
  ASSERT_TRUE(network->start_all());
  auto const ready = network->wait_ready(deadline_ms);
  ASSERT_TRUE(ready) << ready.error();

  NodeClient const node{network->validators()[0].api_port};
  auto const info = node.info();
  ASSERT_TRUE(info);
  constexpr std::uint64_t hour_ms = 60ull * 60 * 1000;
  devnet::LoadChain const chain{
      .chain_id = info->chain_id(),
      .genesis = protocol::GenesisHash::from(info->genesis_hash()).value(),
      .valid_until_ms = info->now_ms() + hour_ms,
      .accounts = devnet::bench_addresses(accounts)};
  std::map<protocol::TransactionId, std::uint64_t> seen;
  {
    Witness witness{node, chain};
    auto const more = [&](std::size_t count) {
      auto const goal = witness.count() + count;
      return devnet::wait_until(deadline_ms, [&] { return witness.count() >= goal; });
    };
    constexpr std::size_t some = 200;
    ASSERT_TRUE(more(some)) << network->state_of_nodes();
    ASSERT_TRUE(network->kill_validator(2));
    ASSERT_TRUE(more(some)) << "three of four must go on\n" << network->state_of_nodes();
    ASSERT_TRUE(network->start_validator(2));
    ASSERT_TRUE(more(some)) << network->state_of_nodes();
    witness.stop();
    for (unsigned i = 0; i < network->validators().size(); ++i) {
      ASSERT_TRUE(network->kill_validator(i));
    }
    seen = witness.seen();
  }
  ASSERT_TRUE(network->start_all());
  ASSERT_TRUE(network->wait_ready(deadline_ms)) << network->state_of_nodes();
  auto const agree = devnet::nodes_agree(*network);
  ASSERT_TRUE(agree) << agree.error();

  for (auto const& validator : network->validators()) {
    NodeClient const each{validator.api_port};
    for (auto const& [id, height] : seen) {
      auto const found = each.transaction(id.str());
      ASSERT_TRUE(found);
      ASSERT_EQ(found->outcome(), labor::v1::TRANSACTION_OUTCOME_FINAL) << validator.name;
      ASSERT_EQ(found->height(), height) << validator.name;
    }
  }
  // And it goes on: something new becomes final.
  auto const height = NodeClient{network->validators()[1].api_port}.info()->height();
  ASSERT_TRUE(network->advance_time(2ull * 60 * 1000)) << "a heartbeat is due";
  EXPECT_TRUE(devnet::wait_until(deadline_ms, [&] {
    auto const now = node.info();
    return now && now->height() > height;
  })) << network->state_of_nodes();
  EXPECT_TRUE(network->stop_all());
}

}  // namespace
}  // namespace e2e
