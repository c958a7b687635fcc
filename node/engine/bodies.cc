#include "node/engine/bodies.h"

namespace node {

void Bodies::keep(consensus::Block const& block) {
  std::lock_guard const lock{mutex_};
  if (!by_hash_.emplace(block.hash, block).second) return;
  by_height_.emplace(block.height, block.hash);
  if (by_hash_.size() <= count_max) return;
  by_hash_.erase(by_height_.begin()->second);
  by_height_.erase(by_height_.begin());
}

void Bodies::settled(protocol::Height final) {
  std::lock_guard const lock{mutex_};
  while (!by_height_.empty() && by_height_.begin()->first.value() + kept_below < final.value()) {
    by_hash_.erase(by_height_.begin()->second);
    by_height_.erase(by_height_.begin());
  }
}

consensus::Body Bodies::find(protocol::BlockHash const& hash) const {
  std::lock_guard const lock{mutex_};
  auto const found = by_hash_.find(hash);
  return found == by_hash_.end() ? nullptr : found->second.body;
}

std::size_t Bodies::count() const {
  std::lock_guard const lock{mutex_};
  return by_hash_.size();
}

}  // namespace node
