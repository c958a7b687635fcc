#include "node/engine/worker_pool.h"

#include <sys/resource.h>

#include <utility>

#include "protocol/base/check.h"

namespace node {

namespace {
constexpr int background_nice = 10;  // A ninth of the weight of a thread at 0.
}  // namespace

WorkerPool::WorkerPool(Options options) : options_{options} {
  CHECK(options.threads > 0);
  threads_.reserve(options.threads);
  for (unsigned i = 0; i < options.threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  stop();
}

bool WorkerPool::submit(Lane lane, Job job) {
  {
    std::lock_guard const lock{mutex_};
    auto& queue = lane == Lane::urgent ? urgent_ : bulk_;
    auto const bound = lane == Lane::urgent ? options_.urgent_max : options_.bulk_max;
    if (stopping_ || queue.size() >= bound) return false;
    queue.push_back(std::move(job));
  }
  ready_.notify_one();
  return true;
}

void WorkerPool::stop() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
    urgent_.clear();
    bulk_.clear();
  }
  ready_.notify_all();
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

std::size_t WorkerPool::waiting(Lane lane) const {
  std::lock_guard const lock{mutex_};
  return lane == Lane::urgent ? urgent_.size() : bulk_.size();
}

void WorkerPool::work() {
  // On Linux this is the calling thread's alone. A pool that may not is merely less polite.
  if (options_.background) (void)::setpriority(PRIO_PROCESS, 0, background_nice);
  std::unique_lock lock{mutex_};
  while (true) {
    ready_.wait(lock, [this] { return stopping_ || !urgent_.empty() || !bulk_.empty(); });
    if (stopping_) return;
    auto& queue = urgent_.empty() ? bulk_ : urgent_;
    auto job = std::move(queue.front());
    queue.pop_front();
    lock.unlock();
    job();
    job = nullptr;  // What it holds goes before the lock is taken again.
    lock.lock();
  }
}

}  // namespace node
