// A final state in memory: what node/store is to a node, for tests that need no disk.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "protocol/state/overlay.h"
#include "protocol/state/reader.h"

namespace testing_support {

class MemoryState final : public state::Reader {
 public:
  std::optional<std::string> get(state::Key const& key) const override;
  std::optional<std::string> next(state::Module module, std::string_view from) const override;
  std::optional<std::string> node(state::Module module, std::string_view prefix) const override;

  // Makes the changes and nodes of an overlay final, as a commit does.
  void apply(state::Overlay const& overlay);

  std::map<state::Key, std::string> const& values() const { return values_; }
  std::size_t nodes() const { return nodes_.size(); }

 private:
  std::map<state::Key, std::string> values_;
  std::map<std::pair<state::Module, std::string>, std::string> nodes_;
};

}  // namespace testing_support
