// The least recently used values and tree nodes, bounded in bytes. What is not there is cached
// as well: a new account is looked up before it is made.
//
// Threads: one.

#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace node {

class Cache {
 public:
  using Value = std::optional<std::string>;

  explicit Cache(std::size_t bytes_max) : bytes_max_{bytes_max} {}

  // What is known about `key`, or nullptr. Valid until the next put().
  Value const* find(std::string_view key);
  void put(std::string key, Value value);

  std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    std::string key;
    Value value;
    std::size_t bytes() const;
  };
  using Entries = std::list<Entry>;

  void shrink();

  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  Entries entries_;                                                 // Newest first.
  std::unordered_map<std::string_view, Entries::iterator> places_;  // Views into entries_.
};

}  // namespace node
