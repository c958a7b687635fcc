#include "node/engine/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace node {
namespace {

using Lane = WorkerPool::Lane;

// Holds the only thread of a pool until opened. The thread shares the latches: it may still be on
// its way out of wait() when the gate is gone.
class Gate {
 public:
  explicit Gate(WorkerPool& pool) {
    EXPECT_TRUE(pool.submit(Lane::urgent, [latches = latches_] {
      latches->entered.count_down();
      latches->opened.wait();
    }));
    latches_->entered.wait();
  }
  ~Gate() { open(); }
  Gate(Gate const&) = delete;
  Gate& operator=(Gate const&) = delete;
  void open() {
    if (!open_) latches_->opened.count_down();
    open_ = true;
  }

 private:
  struct Latches {
    std::latch entered{1};
    std::latch opened{1};
  };
  std::shared_ptr<Latches> latches_ = std::make_shared<Latches>();
  bool open_ = false;
};

TEST(WorkerPool, RunsEveryJobOnceOnSeveralThreads) {
  constexpr int jobs = 1000;
  std::atomic<int> ran{0};
  std::latch done{jobs};
  WorkerPool pool{{.threads = 4, .urgent_max = jobs, .bulk_max = jobs}};
  for (int i = 0; i < jobs; ++i) {
    auto const lane = i % 2 == 0 ? Lane::urgent : Lane::bulk;
    ASSERT_TRUE(pool.submit(lane, [&] {
      ran.fetch_add(1);
      done.count_down();
    }));
  }
  done.wait();
  EXPECT_EQ(ran.load(), jobs);
}

TEST(WorkerPool, AFullLaneRefusesAndTheOtherStillTakes) {
  WorkerPool pool{{.threads = 1, .urgent_max = 1, .bulk_max = 2}};
  Gate gate{pool};
  EXPECT_TRUE(pool.submit(Lane::bulk, [] {}));
  EXPECT_TRUE(pool.submit(Lane::bulk, [] {}));
  EXPECT_FALSE(pool.submit(Lane::bulk, [] {}));
  EXPECT_TRUE(pool.submit(Lane::urgent, [] {}));
  EXPECT_FALSE(pool.submit(Lane::urgent, [] {}));
  EXPECT_EQ(pool.waiting(Lane::bulk), 2u);
  EXPECT_EQ(pool.waiting(Lane::urgent), 1u);
  gate.open();
}

TEST(WorkerPool, UrgentJobsRunBeforeBulkJobsThatCameEarlier) {
  std::vector<std::string> order;  // Written by the only worker, read after the latch.
  std::latch done{4};
  WorkerPool pool{{.threads = 1, .urgent_max = 8, .bulk_max = 8}};
  Gate gate{pool};
  auto const note = [&](std::string name) {
    return [&order, &done, name] {
      order.push_back(name);
      done.count_down();
    };
  };
  ASSERT_TRUE(pool.submit(Lane::bulk, note("transaction 1")));
  ASSERT_TRUE(pool.submit(Lane::bulk, note("transaction 2")));
  ASSERT_TRUE(pool.submit(Lane::urgent, note("vote 1")));
  ASSERT_TRUE(pool.submit(Lane::urgent, note("vote 2")));
  gate.open();
  done.wait();
  EXPECT_EQ(order,
            (std::vector<std::string>{"vote 1", "vote 2", "transaction 1", "transaction 2"}));
}

TEST(WorkerPool, StopDropsWhatWaitsAndRefusesWhatComes) {
  std::atomic<bool> ran{false};
  auto held = std::make_shared<int>(0);
  std::weak_ptr<int> const seen = held;
  WorkerPool pool{{.threads = 1, .urgent_max = 8, .bulk_max = 8}};
  {
    // The worker is busy while stop() clears the lanes, so the second job cannot have run.
    std::latch entered{1};
    std::atomic<bool> leave{false};
    ASSERT_TRUE(pool.submit(Lane::urgent, [&] {
      entered.count_down();
      leave.wait(false);
    }));
    entered.wait();
    ASSERT_TRUE(pool.submit(Lane::bulk, [&ran, held = std::move(held)] { ran = true; }));
    std::thread stopper{[&] { pool.stop(); }};
    while (pool.waiting(Lane::bulk) != 0) std::this_thread::yield();
    leave = true;
    leave.notify_one();
    stopper.join();
  }
  EXPECT_FALSE(ran.load());
  EXPECT_TRUE(seen.expired()) << "a dropped job must let go of what it holds";
  EXPECT_FALSE(pool.submit(Lane::bulk, [] {}));
}

}  // namespace
}  // namespace node
