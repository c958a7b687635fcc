// What can be read of a state: the last final one (node/store, or memory in tests) or an overlay.
//
// Threads: an implementation says which; overlays belong to the execution thread.
// Errors: a disk that fails stops the process inside the implementation; nothing is reported here.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/state/key.h"
#include "protocol/types.h"

namespace state {

class Reader {
 public:
  virtual ~Reader() = default;

  // The value under `key`, if there is one.
  virtual std::optional<std::string> get(Key const& key) const = 0;

  // The least logical key >= `from` in an ordered module, if there is one.
  virtual std::optional<std::string> next(Module module, std::string_view from) const = 0;

  // Encoded tree node under (module, prefix); see state/tree.h for both encodings.
  virtual std::optional<std::string> node(Module module, std::string_view prefix) const = 0;
};

// What lies below the first block.
class NoState final : public Reader {
 public:
  std::optional<std::string> get(Key const&) const override { return std::nullopt; }
  std::optional<std::string> next(Module, std::string_view) const override { return std::nullopt; }
  std::optional<std::string> node(Module, std::string_view) const override { return std::nullopt; }
};

}  // namespace state
