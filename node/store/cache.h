// The least recently used values and tree nodes as of one height, bounded in bytes. What is not
// there is cached as well: a new account is looked up before it is made.
//
// One thread writes: what it finds missing, and each block's changes at once. Others ask for a
// height and get nothing when the cache has moved on: a snapshot then reads its database.
//
// Threads: put() and advance() from one, find() from any.

#pragma once

#include <boost/intrusive/list.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/state/key.h"
#include "protocol/types.h"

namespace node {

class Cache {
 public:
  using Value = std::optional<std::string>;
  // The values stay with whoever passes them.
  using Changes = std::vector<std::pair<std::string, Value const*>>;

  // As of no height until advance().
  explicit Cache(std::size_t bytes_max);
  ~Cache();
  Cache(Cache const&) = delete;
  Cache& operator=(Cache const&) = delete;

  // Where things stand in it.
  static std::string value_place(state::Key const& key);
  static std::string node_place(state::Module module, std::string_view prefix);

  // What is known about `key` as of `height`; nothing if it is not known.
  std::optional<Value> find(protocol::Height height, std::string_view key);
  // For the thread that writes, and so knows that it asks for the cache's own height.
  std::optional<Value> find(std::string_view key);

  // From now on.
  void limit(std::size_t bytes_max);

  // Read at the cache's height.
  void put(std::string_view key, Value const& value);
  // What the block at `height` changed.
  void advance(protocol::Height height, Changes const& changes);

  std::size_t bytes() const;

 private:
  // The head of one block of memory: the bytes of key and value follow it. Of a hundred thousand
  // small records, an allocation each for key, value, list and table takes twice what they say.
  class Entry : public boost::intrusive::list_base_hook<> {
   public:
    static Entry* make(std::string_view key, Value const& value);
    static void drop(Entry* entry);

    std::string_view key() const { return {content(), key_bytes_}; }
    Value value() const;
    // False: there is not the room, or too much of it; so another entry is needed.
    bool overwrite(Value const& value);
    // With what the heap and the table keep beside it.
    std::size_t bytes() const;

   private:
    Entry() = default;
    char* content() { return reinterpret_cast<char*>(this + 1); }
    char const* content() const { return reinterpret_cast<char const*>(this + 1); }

    std::uint32_t key_bytes_ = 0;
    std::uint32_t value_bytes_ = 0;
    bool present_ = false;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const {
      return std::hash<std::string_view>{}(key);
    }
    std::size_t operator()(Entry const* entry) const { return (*this)(entry->key()); }
  };
  struct Same {
    using is_transparent = void;
    bool operator()(Entry const* a, Entry const* b) const { return a == b; }
    bool operator()(std::string_view key, Entry const* entry) const { return key == entry->key(); }
    bool operator()(Entry const* entry, std::string_view key) const { return key == entry->key(); }
  };

  std::optional<Value> find_locked(std::string_view key);
  void put_locked(std::string_view key, Value const& value);
  void add_locked(Entry* entry);
  void remove_locked(Entry* entry);
  void shrink_locked();

  mutable std::mutex mutex_;  // Guards what follows.
  std::size_t bytes_max_;
  std::optional<protocol::Height> height_;
  std::size_t bytes_ = 0;
  boost::intrusive::list<Entry> entries_;                 // Newest first; dropped one by one.
  boost::unordered_flat_set<Entry*, Hash, Same> places_;  // Of entries_.
};

}  // namespace node
