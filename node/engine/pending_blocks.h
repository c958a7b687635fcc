// Executed blocks above the last final one: a tree, by hash, rooted in the head.
//
// Invariant: every block here descends from the head through blocks here. What a commit has made
// impossible (siblings of a final block and their descendants) goes at once.
// Threads: the execution thread only.

#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "node/mempool/mempool.h"
#include "protocol/execution/block.h"
#include "protocol/types.h"

namespace node {

using ExecutedPtr = std::shared_ptr<execution::ExecutedBlock const>;

class PendingBlocks {
 public:
  // With this many it is full: something must become final, for overlays are memory. It still takes
  // what others propose and what is final. A block refused here can get no FINALIZE of this node,
  // and if f + 1 refuse, nothing ever makes the others go: in 256 views in a row the proposal may
  // come in time and the votes too late. So leaders add no more than empty blocks, and what a view
  // may add besides is bounded by consensus::Bodies.
  static constexpr std::size_t count_max = 256;

  // `head.state` reads the last final state, now and after every later commit.
  explicit PendingBlocks(execution::Parent head) : head_{std::move(head)} {}

  execution::Parent const& head() const { return head_; }
  bool full() const { return blocks_.size() >= count_max; }
  std::size_t size() const { return blocks_.size(); }

  // Nothing if there is no such block here.
  ExecutedPtr find(protocol::BlockHash const& hash) const;
  // Of the children of `hash`; nothing if that is neither here nor the head.
  std::optional<execution::Parent> parent(protocol::BlockHash const& hash) const;
  // What the chain from above the head up to `hash` has used of the accounts' sequences.
  NextSequences used_on(protocol::BlockHash const& hash) const;

  // Its parent is here or the head.
  void add(execution::ExecutedBlock block);

  // `hash`, a child of the head, is final and its state is what head().state now reads.
  void settle(protocol::BlockHash const& hash);

 private:
  struct Node {
    ExecutedPtr block;
    protocol::BlockHash parent;
    NextSequences next;
  };

  execution::Parent head_;
  std::map<protocol::BlockHash, Node> blocks_;
};

// The next sequence of every account that acts in `block`.
NextSequences next_sequences(execution::ExecutedBlock const& block);

// Accounts as its events leave them: those whose keys may have changed are among them.
std::vector<labor::v1::Account> changed_accounts(execution::ExecutedBlock const& block);

}  // namespace node
