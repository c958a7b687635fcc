#include "node/store/cache.h"

namespace node {

namespace {
// The list and map nodes, their pointers and the heap's own bookkeeping, rounded up.
constexpr std::size_t overhead_bytes = 160;
}  // namespace

std::size_t Cache::Entry::bytes() const {
  return overhead_bytes + key.capacity() + (value ? value->capacity() : 0);
}

Cache::Value const* Cache::find(std::string_view key) {
  auto const place = places_.find(key);
  if (place == places_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, place->second);
  return &entries_.front().value;
}

void Cache::put(std::string key, Value value) {
  if (auto const place = places_.find(key); place != places_.end()) {
    auto& entry = *place->second;
    bytes_ -= entry.bytes();
    entry.value = std::move(value);
    bytes_ += entry.bytes();
    entries_.splice(entries_.begin(), entries_, place->second);
  } else {
    entries_.push_front({std::move(key), std::move(value)});
    places_.emplace(entries_.front().key, entries_.begin());
    bytes_ += entries_.front().bytes();
  }
  shrink();
}

void Cache::shrink() {
  while (bytes_ > bytes_max_ && entries_.size() > 1) {
    bytes_ -= entries_.back().bytes();
    places_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

}  // namespace node
