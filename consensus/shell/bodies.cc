#include "consensus/shell/bodies.h"

namespace consensus {

bool Bodies::add(Block const& block) {
  auto const size = block.body->size();
  if (size > small_body_bytes && bytes_ + size > bodies_bytes_max) return false;
  if (entries_.try_emplace(block.hash, Entry{.block = block}).second) bytes_ += size;
  return true;
}

void Bodies::restore(Block const& block) {
  if (!add(block)) return;
  auto& entry = entries_.at(block.hash);
  entry.durable = true;
  entry.restored = true;
}

void Bodies::mark_durable(BlockHash const& block) {
  auto const found = entries_.find(block);
  if (found != entries_.end()) found->second.durable = true;
}

Block const* Bodies::find(BlockHash const& block) const {
  auto const found = entries_.find(block);
  return found == entries_.end() ? nullptr : &found->second.block;
}

bool Bodies::durable(BlockHash const& block) const {
  auto const found = entries_.find(block);
  return found != entries_.end() && found->second.durable;
}

void Bodies::retain(State const& state) {
  std::erase_if(entries_, [&](auto const& item) {
    auto const& [hash, entry] = item;
    auto const keep = state.blocks.contains(hash) ||
                      (entry.restored && entry.block.height > state.committed_height);
    if (!keep) bytes_ -= entry.block.body->size();
    return !keep;
  });
}

}  // namespace consensus
