#include "node/engine/gossip.h"

#include <utility>

namespace node {
namespace {

// Hands over messages of bounded size.
template <class Send>
void in_messages(std::vector<execution::CheckedPtr> const& transactions, Send const& send) {
  labor::v1::PeerMessage message;
  std::size_t bytes = 0;
  for (auto const& transaction : transactions) {
    auto const size = transaction->bytes().size();
    if (bytes > 0 && bytes + size > Gossip::batch_bytes_max) {
      send(message);
      message.Clear();
      bytes = 0;
    }
    message.mutable_transactions()->add_transactions(transaction->bytes());
    bytes += size;
  }
  if (bytes > 0) send(message);
}

}  // namespace

void Gossip::aim(std::vector<PeerId> leaders) {
  std::lock_guard const lock{mutex_};
  leaders_ = std::move(leaders);
}

void Gossip::forward(execution::CheckedPtr transaction) {
  std::vector<PeerId> to;
  {
    std::lock_guard const lock{mutex_};
    rest_.push_back(transaction);
    if (!std::exchange(rest_ordered_, true)) loop_.after(rest_ms, [this] { flush_rest(); });
    auto const now = std::chrono::steady_clock::now();
    auto const idle = now - sent_at_ >= std::chrono::milliseconds{interval_ms};
    if (flush_ordered_ || !idle) {
      waiting_.push_back(std::move(transaction));
      if (!std::exchange(flush_ordered_, true)) loop_.after(interval_ms, [this] { flush(); });
      return;
    }
    sent_at_ = now;
    to = leaders_;
  }
  send(to, {std::move(transaction)});
}

void Gossip::flush() {
  Transactions batch;
  std::vector<PeerId> to;
  {
    std::lock_guard const lock{mutex_};
    batch.swap(waiting_);
    flush_ordered_ = false;
    sent_at_ = std::chrono::steady_clock::now();
    to = leaders_;
  }
  send(to, batch);
}

void Gossip::flush_rest() {
  Transactions batch;
  {
    std::lock_guard const lock{mutex_};
    batch.swap(rest_);
    rest_ordered_ = false;
  }
  std::erase_if(batch, [this](auto const& transaction) {
    return mempool_.find(transaction->wire()) == nullptr;
  });
  again(batch);
}

void Gossip::again(Transactions const& transactions) {
  in_messages(transactions, [this](auto const& message) { peers_.broadcast(message); });
}

void Gossip::send(std::vector<PeerId> const& to, Transactions const& transactions) {
  if (to.empty()) return;
  in_messages(transactions, [&](auto const& message) {
    for (auto const& leader : to) peers_.send(leader, message);
  });
}

}  // namespace node
