#include "node/engine/final_blocks.h"

#include <utility>

#include "protocol/base/check.h"

namespace node {

FinalBlocks::Subscription::Subscription(Subscription&& other) noexcept
    : blocks_{std::exchange(other.blocks_, nullptr)}, id_{other.id_} {}

FinalBlocks::Subscription& FinalBlocks::Subscription::operator=(Subscription&& other) noexcept {
  if (this == &other) return *this;
  cancel();
  blocks_ = std::exchange(other.blocks_, nullptr);
  id_ = other.id_;
  return *this;
}

void FinalBlocks::Subscription::cancel() {
  if (blocks_ == nullptr) return;
  std::lock_guard const lock{blocks_->mutex_};
  blocks_->listeners_.erase(id_);
  blocks_ = nullptr;
}

void FinalBlocks::publish(FinalNotice block) {
  std::lock_guard const lock{mutex_};
  CHECK(block.height == latest_.height.next());
  latest_ = std::move(block);
  for (auto const& [id, listener] : listeners_) listener(latest_);
}

FinalNotice FinalBlocks::latest() const {
  std::lock_guard const lock{mutex_};
  return latest_;
}

FinalBlocks::Subscription FinalBlocks::subscribe(Listener listener) {
  std::lock_guard const lock{mutex_};
  auto const id = next_id_++;
  listeners_.emplace(id, std::move(listener));
  return Subscription{*this, id};
}

}  // namespace node
