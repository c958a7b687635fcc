#include "devnet/bench_submitter.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace devnet {

BenchSubmitter::BenchSubmitter(NodeClient const& node)
    : node_{node}, thread_{[this](std::stop_token const& stopping) { work(stopping); }} {}

void BenchSubmitter::post(LoadTransaction transaction) {
  std::lock_guard const lock{mutex_};
  waiting_.push_back(std::move(transaction));
  posted_.notify_one();
}

std::string BenchSubmitter::refusal() const {
  std::lock_guard const lock{mutex_};
  return refusal_;
}

void BenchSubmitter::work(std::stop_token const& stopping) {
  std::vector<LoadTransaction> batch;
  while (!stopping.stop_requested()) {
    {
      std::unique_lock lock{mutex_};
      if (batch.empty()) posted_.wait(lock, stopping, [&] { return !waiting_.empty(); });
      auto const count = std::min(waiting_.size(), load_batch_max - batch.size());
      auto const end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
      batch.insert(batch.end(), std::make_move_iterator(waiting_.begin()),
                   std::make_move_iterator(end));
      waiting_.erase(waiting_.begin(), end);
    }
    if (batch.empty()) continue;
    auto refused = submit(node_, std::move(batch));
    batch = std::move(refused.transactions);
    if (batch.empty()) continue;
    {
      std::lock_guard const lock{mutex_};
      refusal_ = refused.reason;
    }
    std::this_thread::sleep_for(load_full_pause);
  }
}

}  // namespace devnet
