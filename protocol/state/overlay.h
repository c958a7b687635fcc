// Changes over a parent state, kept in order. A block's overlay lies over its parent's; the
// lowest lies over the last final state. Inside a block, a transaction has an overlay of its own
// that is applied when it succeeds and dropped when it fails.
//
// Invariant: what get() returns is the newest of own change, parent's change, ..., base.
// Threads: the execution thread only.

#pragma once

#include <map>
#include <memory>

#include "protocol/state/reader.h"

namespace state {

// What a block makes of a tree node.
struct NodeVersion {
  std::optional<std::string> node;  // Nothing: it is gone.
  bool was_large = false;           // Before: a disk has it (state/tree.h).
};

class Overlay final : public Reader {
 public:
  // A value, or nothing where the key was erased.
  using Changes = std::map<Key, std::optional<std::string>>;
  using Nodes = std::map<std::pair<Module, std::string>, NodeVersion>;

  // `parent` is kept alive by the overlay.
  explicit Overlay(std::shared_ptr<Reader const> parent) : parent_{std::move(parent)} {}

  std::optional<std::string> get(Key const& key) const override;
  std::optional<std::string> next(Module module, std::string_view from) const override;
  std::optional<std::string> node(Module module, std::string_view prefix) const override;

  void put(Key key, std::string value);
  void erase(Key key);
  void put_node(Module module, std::string prefix, NodeVersion node);

  // Takes over the changes of a child that has succeeded.
  void absorb(Overlay&& child);

  // What lies below is final now and reads the same from `base`: frees the chain of parents.
  void rebase(std::shared_ptr<Reader const> base) { parent_ = std::move(base); }

  Changes const& changes() const { return changes_; }
  // Null where there are none. Kept by whoever wants them for longer than the block, which changes
  // them no more once it is done.
  std::shared_ptr<Nodes const> nodes() const { return nodes_; }

 private:
  std::shared_ptr<Reader const> parent_;
  Changes changes_;
  std::shared_ptr<Nodes> nodes_;  // Made with the first: most overlays are a transaction's.
};

}  // namespace state
