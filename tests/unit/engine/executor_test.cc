#include "node/engine/executor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "consensus/core/input.h"
#include "node/engine/recovery.h"
#include "tests/support/memory_disk.h"
#include "tests/support/payments.h"

namespace node {
namespace {

using consensus::Verdict;
using protocol::Height;
using protocol::TimeMs;
using protocol::View;
using testing_support::Person;

class StoppedClock final : public Clock {
 public:
  TimeMs now() const override { return TimeMs{testing_support::genesis_time_ms + 60'000}; }
};

std::vector<Person> two_people() {
  std::vector<Person> people;
  for (std::uint64_t i = 0; i < 2; ++i) people.emplace_back(i);
  return people;
}

// What the executor has said so far.
class Answers final : public ExecutorAnswers {
 public:
  void built(consensus::Build const&, std::optional<consensus::Block> block) override {
    say([&] { blocks_built.push_back(std::move(block)); });
  }
  void executed(protocol::Epoch, View, protocol::BlockHash const&, Verdict verdict) override {
    say([&] { verdicts.push_back(verdict); });
  }
  void body_durable(protocol::BlockHash const&) override {}
  void committed(Height height, protocol::BlockHash const&, std::uint64_t) override {
    say([&] { committed_height = height; });
  }
  void epoch_begins(std::shared_ptr<VoteJournal>) override {}
  void work(consensus::Work) override {}
  void halted(std::string const& why) override {
    say([&] { halted_why = why; });
  }

  template <class Condition>
  bool eventually(Condition holds) {
    std::unique_lock lock{mutex_};
    return said_.wait_for(lock, std::chrono::seconds{60}, holds);
  }

  std::vector<Verdict> verdicts;
  std::vector<std::optional<consensus::Block>> blocks_built;
  Height committed_height{};
  std::string halted_why;

 private:
  template <class Change>
  void say(Change change) {
    {
      std::lock_guard const lock{mutex_};
      change();
    }
    said_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable said_;
};

class ExecutorTest : public testing::Test {
 protected:
  ExecutorTest() {
    auto opened = Store::open({.folder = "state", .genesis = chain_.hash()}, disk_);
    if (!opened) throw testing_support::Stopped{opened.error().message};
    store_ = std::move(*opened);
    store_->commit(genesis_row(chain_), std::nullopt);
    auto log = BlockLog::open({.folder = "blocks"}, disk_);
    if (!log) throw testing_support::Stopped{log.error().what};
    log_ = std::move(*log);
    executor_.emplace(Executor::Parts{.chain = chain_,
                                      .store = *store_,
                                      .votes = nullptr,
                                      .signed_apart = {},
                                      .block_log = *log_,
                                      .clock = clock_,
                                      .mempool = pool_,
                                      .body_checks = body_checks_,
                                      .final_blocks = final_blocks_,
                                      .costs = costs_,
                                      .loop = loop_,
                                      .answers = answers_,
                                      .validators = validators(),
                                      .key = validators().key(protocol::ValidatorIndex{0}),
                                      .keep_divergence = keep_,
                                      .features = execution::known_features()},
                      head_of(*store_));
  }
  ~ExecutorTest() override {
    executor_->stop();
    disk_.database_env().run_background();
  }

  consensus::ValidatorSet validators() const {
    return committee_of(chain_, *store_->latest()).validators;
  }
  execution::Parent root() const { return parent_from(head_of(*store_), *store_); }

  // The `number`th empty block on `parent`: all have times of their own.
  execution::ExecutedBlock block(execution::Parent const& parent, std::uint64_t number) const {
    auto const time = execution::earliest_time(parent).value() + number;
    return execution::build(chain_, parent, {}, {.time = TimeMs{time}, .proposer = {}});
  }
  consensus::Block read(execution::ExecutedBlock const& executed) const {
    return consensus::read_block(chain_.hash(), std::make_shared<std::string const>(executed.bytes))
        .value();
  }
  // In views of their own, one after the other. How many of these were found valid.
  std::ptrdiff_t executed(std::vector<execution::ExecutedBlock> const& blocks) {
    auto const before = answers_.verdicts.size();
    for (auto const& one : blocks) executor_->execute(View{++view_}, read(one));
    EXPECT_TRUE(
        answers_.eventually([&] { return answers_.verdicts.size() == before + blocks.size(); }));
    return std::count(answers_.verdicts.begin() + static_cast<std::ptrdiff_t>(before),
                      answers_.verdicts.end(), Verdict::valid);
  }
  std::vector<execution::ExecutedBlock> siblings(std::uint64_t count) const {
    std::vector<execution::ExecutedBlock> made;
    for (std::uint64_t i = 0; i < count; ++i) made.push_back(block(root(), i));
    return made;
  }
  // How many transactions the leader puts into a block on the last final one.
  int transactions_led() {
    auto const before = answers_.blocks_built.size();
    executor_->build({.epoch = {},
                      .view = View{++view_},
                      .parent = {.view = {}, .height = root().height, .block = root().hash},
                      .empty_allowed = false,
                      .bytes_max = protocol::limits::block_bytes_max});
    EXPECT_TRUE(answers_.eventually([&] { return answers_.blocks_built.size() == before + 1; }));
    auto const& built = answers_.blocks_built.back();
    if (!built) return -1;
    labor::v1::Block made;
    EXPECT_TRUE(made.ParseFromString(*built->body));
    return made.transactions_size();
  }
  // Whether all became final, in order.
  bool committed(std::vector<execution::ExecutedBlock> const& blocks) {
    auto const last = Height{blocks.back().header.height()};
    for (auto const& one : blocks) {
      executor_->commit({.block = read(one), .finalization = std::nullopt});
    }
    EXPECT_TRUE(answers_.eventually(
        [&] { return answers_.committed_height == last || !answers_.halted_why.empty(); }));
    EXPECT_EQ(answers_.halted_why, "");
    return answers_.halted_why.empty();
  }

  std::vector<Person> people_ = two_people();
  protocol::Chain chain_ = testing_support::paying_chain(people_);
  testing_support::MemoryDisk disk_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<BlockLog> log_;
  StoppedClock clock_;
  Mempool pool_{{}, Height{0}};
  CheckedCache cache_;
  StageCosts costs_;
  WorkerPool workers_{{.threads = 1}};
  BodyChecks body_checks_{chain_, pool_, cache_, workers_, costs_};
  FinalBlocks final_blocks_{{.height = {}, .hash = {}, .time = {}, .transactions = {}}};
  Loop loop_;
  KeepDivergence keep_;
  Answers answers_;
  std::optional<Executor> executor_;
  std::uint64_t view_ = 0;
};

// In view after view the proposal came in time and the votes did not; then others, who had missed
// it or had restarted, made another block final.
TEST_F(ExecutorTest, WhatIsFinalIsCommittedHoweverManyOtherBlocksWait) {
  auto const failed = siblings(PendingBlocks::count_max);
  EXPECT_EQ(executed(failed), static_cast<std::ptrdiff_t>(failed.size()));
  EXPECT_TRUE(committed({block(root(), failed.size())}));
}

// Refusing it would be for good where the others refuse it too: only a block that is final makes
// the others go.
TEST_F(ExecutorTest, AfterHoweverManyFailedViewsTheNextProposalIsExecuted) {
  auto const failed = siblings(PendingBlocks::count_max + 3);
  EXPECT_EQ(executed(failed), static_cast<std::ptrdiff_t>(failed.size()));
}

TEST_F(ExecutorTest, AChainThatBecomesFinalLateMayBeOfAnyLength) {
  std::vector<execution::ExecutedBlock> chain;
  for (std::uint64_t i = 0; i < PendingBlocks::count_max + 3; ++i) {
    chain.push_back(block(i == 0 ? root() : execution::parent_of(chain.back()), 0));
  }
  EXPECT_EQ(executed(chain), static_cast<std::ptrdiff_t>(chain.size()));
  EXPECT_TRUE(committed(chain));
}

TEST_F(ExecutorTest, ALeaderAddsNothingButEmptyBlocksToManyThatAreNotFinal) {
  auto const paid = testing_support::payment(chain_, people_[0], people_[1], {});
  ASSERT_TRUE(pool_.add(testing_support::checked(chain_, paid), from_client,
                        {.height = Height{0}, .sequence = {}}));
  EXPECT_EQ(transactions_led(), 1);
  auto const failed = siblings(PendingBlocks::count_max);
  executed(failed);
  EXPECT_EQ(transactions_led(), 0);
  EXPECT_TRUE(committed({failed.back()}));
}

}  // namespace
}  // namespace node
