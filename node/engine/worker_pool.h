// A few threads that check signatures, fed by two bounded lanes.
//
// Urgent jobs (votes, certificates, proposals, bodies) always run before bulk jobs (clients'
// transactions), so that a flood of transactions delays consensus by one bulk job at most: keep
// those short (some tens of signatures).
//
// Invariant: a lane never holds more jobs than its bound; submit() refuses instead of blocking.
// Threads: submit() from any thread. Jobs run on the pool's threads, must not throw and must not
// wait for other jobs.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace node {

class WorkerPool {
 public:
  using Job = std::move_only_function<void()>;
  enum class Lane { urgent, bulk };

  struct Options {
    unsigned threads = 1;
    std::size_t urgent_max = 4096;
    std::size_t bulk_max = 4096;
    // Threads that let the process's others go first when there are more of them than cores: checks
    // of what clients send must not delay the votes on what they sent before.
    bool background = false;
  };

  explicit WorkerPool(Options options);
  ~WorkerPool();
  WorkerPool(WorkerPool const&) = delete;
  WorkerPool& operator=(WorkerPool const&) = delete;

  // False if the lane is full or the pool has stopped; the job is dropped then.
  [[nodiscard]] bool submit(Lane lane, Job job);

  // Drops what waits, lets what runs finish, joins. Further submits are refused.
  void stop();

  std::size_t waiting(Lane lane) const;
  unsigned threads() const { return static_cast<unsigned>(threads_.size()); }

 private:
  void work();

  Options options_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> urgent_;
  std::deque<Job> bulk_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace node
