#include "node/store/cache.h"

#include <algorithm>
#include <limits>
#include <new>

#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"

namespace node {

namespace {

// What the heap keeps of a block, rounding up included, and a table's slot at its usual load.
constexpr std::size_t overhead_bytes = 16 + 14;
// Room is made for entries of this size at once: a table that grows moves all it has, and blocks
// would wait for that. Memory that is never written to is none.
constexpr std::size_t entry_bytes_usual = 256;

// Records and nodes grow and shrink by a little with every other block: most stay where they are.
std::size_t room_for(std::size_t content_bytes) {
  constexpr std::size_t step_bytes = 64;
  return (content_bytes + step_bytes - 1) / step_bytes * step_bytes;
}

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

Cache::Entry* Cache::Entry::make(std::string_view key, Value const& value) {
  auto const length = value ? value->size() : 0;
  constexpr auto longest = std::numeric_limits<std::uint32_t>::max();
  CHECK(key.size() <= longest && length <= longest);
  auto* const memory = ::operator new(sizeof(Entry) + room_for(key.size() + length));
  auto* const entry = new (memory) Entry;
  entry->key_bytes_ = static_cast<std::uint32_t>(key.size());
  entry->value_bytes_ = static_cast<std::uint32_t>(length);
  std::ranges::copy(key, entry->content());
  entry->present_ = value.has_value();
  if (value) std::ranges::copy(*value, entry->content() + key.size());
  return entry;
}

void Cache::Entry::drop(Entry* entry) {
  entry->~Entry();
  ::operator delete(entry);
}

Cache::Value Cache::Entry::value() const {
  if (!present_) return std::nullopt;
  return std::string{content() + key_bytes_, value_bytes_};
}

bool Cache::Entry::overwrite(Value const& value) {
  auto const length = value ? value->size() : 0;
  if (room_for(key_bytes_ + length) != room_for(key_bytes_ + value_bytes_)) return false;
  value_bytes_ = static_cast<std::uint32_t>(length);
  present_ = value.has_value();
  if (value) std::ranges::copy(*value, content() + key_bytes_);
  return true;
}

std::size_t Cache::Entry::bytes() const {
  return overhead_bytes + sizeof(Entry) + room_for(key_bytes_ + value_bytes_);
}

Cache::Cache(std::size_t bytes_max) : bytes_max_{bytes_max} {
  places_.reserve(bytes_max / entry_bytes_usual);
}

Cache::~Cache() {
  places_.clear();
  entries_.clear_and_dispose(&Entry::drop);
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
  auto& entry = **place;
  entries_.splice(entries_.begin(), entries_, entries_.iterator_to(entry));
  return entry.value();
}

void Cache::limit(std::size_t bytes_max) {
  std::lock_guard const lock{mutex_};
  bytes_max_ = bytes_max;
  shrink_locked();
}

void Cache::put(std::string_view key, Value const& value) {
  std::lock_guard const lock{mutex_};
  put_locked(key, value);
  shrink_locked();
}

void Cache::advance(protocol::Height height, Changes const& changes) {
  std::lock_guard const lock{mutex_};
  for (auto const& [key, value] : changes) put_locked(key, *value);
  height_ = height;
  shrink_locked();
}

void Cache::put_locked(std::string_view key, Value const& value) {
  auto const place = places_.find(key);
  if (place == places_.end()) return add_locked(Entry::make(key, value));
  auto& entry = **place;
  if (entry.overwrite(value)) {
    entries_.splice(entries_.begin(), entries_, entries_.iterator_to(entry));
    return;
  }
  auto* const other = Entry::make(key, value);
  remove_locked(&entry);
  add_locked(other);
}

void Cache::add_locked(Entry* entry) {
  entries_.push_front(*entry);
  places_.insert(entry);
  bytes_ += entry->bytes();
}

void Cache::remove_locked(Entry* entry) {
  bytes_ -= entry->bytes();
  places_.erase(places_.find(entry->key()));
  entries_.erase_and_dispose(entries_.iterator_to(*entry), &Entry::drop);
}

void Cache::shrink_locked() {
  while (bytes_ > bytes_max_ && entries_.size() > 1) remove_locked(&entries_.back());
}

std::size_t Cache::bytes() const {
  std::lock_guard const lock{mutex_};
  return bytes_;
}

}  // namespace node
