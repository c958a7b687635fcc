// The thread that decides. It owns the consensus Runner and its timers; everything that happens to
// consensus is a task here.
//
// Tasks run in the order in which they were posted. All that wait when the thread wakes run as one
// batch, and the end of the batch is one turn: one step of the runner, one sync of the journal. A
// timer that fires is queued behind the tasks that came before it.
//
// Bounds: tasks are posted by those whose own work is bounded (peers by their credit, the pools by
// their lanes, the executor by its orders); the loop adds none.
// Threads: post() and after() from any; arm() and cancel() on the loop's, or before start().

#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "consensus/shell/ports.h"
#include "node/engine/consensus_report.h"

namespace node {

class Loop final : public consensus::Timers {
 public:
  using Task = std::move_only_function<void()>;
  struct Hooks {
    std::function<void(consensus::TimerId)> fired;
    std::function<void()> turn;  // After each batch of tasks.
  };

  Loop();
  ~Loop() override;
  Loop(Loop const&) = delete;
  Loop& operator=(Loop const&) = delete;

  // Once, before any task is to run.
  void start(Hooks hooks);
  // Lets the running batch finish, drops the rest, joins. Not on the loop's thread.
  void stop();

  void post(Task task);
  void after(std::uint64_t delay_ms, Task task);

  void arm(consensus::TimerId timer, std::uint64_t delay_ms) override;
  void cancel(consensus::TimerId timer) override;
  // What is armed, and in how many milliseconds it fires. On the loop's thread.
  std::vector<DueTimer> due() const;

 private:
  struct Armed {
    boost::asio::steady_timer timer;
    std::uint64_t generation = 0;  // An expiry that was under way when the timer was re-armed.
  };

  void drain();

  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> alive_;
  Hooks hooks_;
  std::map<consensus::TimerId, Armed> armed_;
  std::uint64_t generation_ = 0;
  std::mutex mutex_;
  std::vector<Task> tasks_;
  std::thread thread_;
};

}  // namespace node
