// The least recently used values and tree nodes as of one height, bounded in bytes. What is not
// there is cached as well: a new account is looked up before it is made.
//
// One thread writes: what it finds missing, and each block's changes at once. Others ask for a
// height and get nothing when the cache has moved on: a snapshot then reads its database.
//
// Threads: put() and advance() from one, find() from any.

#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "protocol/state/key.h"
#include "protocol/types.h"

namespace node {

class Cache {
 public:
  using Value = std::optional<std::string>;
  using Changes = std::vector<std::pair<std::string, Value>>;

  // As of no height until advance().
  explicit Cache(std::size_t bytes_max) : bytes_max_{bytes_max} {}

  // Where things stand in it.
  static std::string value_place(state::Key const& key);
  static std::string node_place(state::Module module, std::string_view prefix);

  // What is known about `key` as of `height`; nothing if it is not known.
  std::optional<Value> find(protocol::Height height, std::string_view key);
  // For the thread that writes, and so knows that it asks for the cache's own height.
  std::optional<Value> find(std::string_view key);

  // Read at the cache's height.
  void put(std::string key, Value value);
  // What the block at `height` changed.
  void advance(protocol::Height height, Changes changes);

  std::size_t bytes() const;

 private:
  struct Entry {
    std::string key;
    Value value;
    std::size_t bytes() const;
  };
  using Entries = std::list<Entry>;

  std::optional<Value> find_locked(std::string_view key);
  void put_locked(std::string key, Value value);
  void shrink_locked();

  std::size_t const bytes_max_;
  mutable std::mutex mutex_;  // Guards what follows.
  std::optional<protocol::Height> height_;
  std::size_t bytes_ = 0;
  Entries entries_;                                                 // Newest first.
  std::unordered_map<std::string_view, Entries::iterator> places_;  // Views into entries_.
};

}  // namespace node
