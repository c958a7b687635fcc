// Everything that one final block writes: a batch for the history, to be written first, and one for
// the state, which says that the block is there.
//
// Threads: the execution thread.

#pragma once

#include <leveldb/write_batch.h>

#include <string_view>

#include "node/store/recent_nodes.h"
#include "node/store/store.h"

namespace node {

class BlockBatch {
 public:
  // Values and the record indexes; `before` is the state below the block.
  void add_values(state::Reader const& before, state::Overlay::Changes const& changes);
  // Which keys the block changed, for as long as its nodes are not written.
  void add_changes(protocol::Height height, state::Overlay::Changes const& changes);
  // The tree as it is after the block at `height`; it was written last after the one at `written`.
  void add_tree(RecentNodes const& nodes, protocol::Height written, protocol::Height height);
  // The block, its results and where to find its transactions and events.
  void add_history(ExecutedFinal const& final_block);
  // Take away what add_history() added for a block that is old enough: where to find what is in it,
  // and once that is written, the block. Of a boundary block only the results.
  void prune_places(protocol::Height height, Results const& results);
  void prune_block(protocol::Height height, bool boundary);

  void put_meta(std::string_view name, std::string_view value);

  leveldb::WriteBatch& history() { return history_; }
  leveldb::WriteBatch& state() { return state_; }

 private:
  void add_value(state::Key const& key, std::optional<std::string> const& before,
                 std::optional<std::string> const& after);
  void add_index(state::Key const& key, std::optional<std::string> const& before,
                 std::optional<std::string> const& after);
  void put(std::string_view key, std::string_view value);
  void erase(std::string_view key);

  leveldb::WriteBatch history_;
  leveldb::WriteBatch state_;
};

}  // namespace node
