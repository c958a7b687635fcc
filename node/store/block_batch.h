// Everything that one final block writes, as one batch.
//
// Threads: the execution thread.

#pragma once

#include <leveldb/write_batch.h>

#include <string_view>

#include "node/store/store.h"

namespace node {

class BlockBatch {
 public:
  // Values, their undo record and the record indexes; `before` is the state below the block.
  void add_values(protocol::Height height, state::Reader const& before,
                  state::Overlay::Changes const& changes);
  void add_nodes(state::Overlay::Nodes const& nodes);
  // The block, its results and where to find its transactions and events.
  void add_history(ExecutedFinal const& final_block);
  // Takes away what add_history() added for a block that is old enough.
  void prune_history(protocol::Height height, Results const& results, bool boundary);
  void prune_undo(protocol::Height height);

  void put_meta(std::string_view name, std::string_view value);

  leveldb::WriteBatch& batch() { return batch_; }

 private:
  void add_value(state::Key const& key, std::optional<std::string> const& before,
                 std::optional<std::string> const& after);
  void add_index(state::Key const& key, std::optional<std::string> const& before,
                 std::optional<std::string> const& after);
  void put(std::string_view key, std::string_view value);
  void erase(std::string_view key);

  leveldb::WriteBatch batch_;
};

}  // namespace node
