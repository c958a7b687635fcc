#include "node/peer/inflow.h"

#include <algorithm>
#include <utility>

namespace node::peer {

std::shared_ptr<void const> Inflow::hold(std::size_t bytes) {
  held_ += bytes;
  return {static_cast<void const*>(this),
          [self = shared_from_this(), bytes](void const*) { self->release(bytes); }};
}

void Inflow::release(std::size_t bytes) {
  auto const left = held_.fetch_sub(bytes) - bytes;
  if (left > held_bytes_max / 2) return;
  std::function<void()> resume;
  {
    std::lock_guard const lock{mutex_};
    resume = std::exchange(waiting_, nullptr);
  }
  if (resume) resume();
}

bool Inflow::within_rate(std::size_t count, Clock::time_point now) {
  using std::chrono::milliseconds;
  std::lock_guard const lock{mutex_};
  auto const elapsed = std::chrono::duration_cast<milliseconds>(now - refilled_);
  auto const earned = static_cast<std::uint64_t>(elapsed.count()) * messages_per_s / 1000;
  if (earned > 0) {
    tokens_ = std::min<std::uint64_t>(messages_burst, tokens_ + earned);
    refilled_ = now;
  }
  if (count > tokens_) return false;
  tokens_ -= count;
  return true;
}

void Inflow::when_room(std::function<void()> resume) {
  {
    std::lock_guard const lock{mutex_};
    // Read under the lock: whoever frees the last byte after this takes the lock and sees waiting_.
    if (held_ > held_bytes_max) {
      waiting_ = std::move(resume);
      return;
    }
  }
  resume();
}

}  // namespace node::peer
