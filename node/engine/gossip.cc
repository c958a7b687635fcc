#include "node/engine/gossip.h"

#include <utility>

namespace node {

void Gossip::forward(execution::CheckedPtr transaction) {
  {
    std::lock_guard const lock{mutex_};
    auto const now = std::chrono::steady_clock::now();
    auto const idle = now - sent_at_ >= std::chrono::milliseconds{interval_ms};
    if (flush_ordered_ || !idle) {
      waiting_.push_back(std::move(transaction));
      if (!std::exchange(flush_ordered_, true)) loop_.after(interval_ms, [this] { flush(); });
      return;
    }
    sent_at_ = now;
  }
  send({std::move(transaction)});
}

void Gossip::flush() {
  std::vector<execution::CheckedPtr> batch;
  {
    std::lock_guard const lock{mutex_};
    batch.swap(waiting_);
    flush_ordered_ = false;
    sent_at_ = std::chrono::steady_clock::now();
  }
  send(batch);
}

void Gossip::again(std::vector<execution::CheckedPtr> const& transactions) {
  send(transactions);
}

void Gossip::send(std::vector<execution::CheckedPtr> const& transactions) {
  labor::v1::PeerMessage message;
  std::size_t bytes = 0;
  for (auto const& transaction : transactions) {
    auto const size = transaction->bytes().size();
    if (bytes > 0 && bytes + size > batch_bytes_max) {
      peers_.broadcast(message);
      message.Clear();
      bytes = 0;
    }
    message.mutable_transactions()->add_transactions(transaction->bytes());
    bytes += size;
  }
  if (bytes > 0) peers_.broadcast(message);
}

}  // namespace node
