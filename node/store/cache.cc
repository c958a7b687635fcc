#include "node/store/cache.h"

#include "protocol/base/big_endian.h"

namespace node {

namespace {

// The list and map nodes, their pointers and the heap's own bookkeeping, rounded up.
constexpr std::size_t overhead_bytes = 160;

std::string place_of(char table, state::Module module, std::string_view rest) {
  std::string place{table};
  base::append_big_endian(place, static_cast<std::uint16_t>(module));
  return place.append(rest);
}

}  // namespace

std::string Cache::value_place(state::Key const& key) {
  return place_of('V', key.module, key.logical);
}

std::string Cache::node_place(state::Module module, std::string_view prefix) {
  return place_of('N', module, prefix);
}

std::size_t Cache::Entry::bytes() const {
  return overhead_bytes + key.capacity() + (value ? value->capacity() : 0);
}

std::optional<Cache::Value> Cache::find(protocol::Height height, std::string_view key) {
  std::lock_guard const lock{mutex_};
  return height == height_ ? find_locked(key) : std::nullopt;
}

std::optional<Cache::Value> Cache::find(std::string_view key) {
  std::lock_guard const lock{mutex_};
  return find_locked(key);
}

std::optional<Cache::Value> Cache::find_locked(std::string_view key) {
  auto const place = places_.find(key);
  if (place == places_.end()) return std::nullopt;
  entries_.splice(entries_.begin(), entries_, place->second);
  return entries_.front().value;
}

void Cache::put(std::string key, Value value) {
  std::lock_guard const lock{mutex_};
  put_locked(std::move(key), std::move(value));
  shrink_locked();
}

void Cache::advance(protocol::Height height, Changes changes) {
  std::lock_guard const lock{mutex_};
  for (auto& [key, value] : changes) put_locked(std::move(key), std::move(value));
  height_ = height;
  shrink_locked();
}

void Cache::put_locked(std::string key, Value value) {
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
}

void Cache::shrink_locked() {
  while (bytes_ > bytes_max_ && entries_.size() > 1) {
    bytes_ -= entries_.back().bytes();
    places_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

std::size_t Cache::bytes() const {
  std::lock_guard const lock{mutex_};
  return bytes_;
}

}  // namespace node
