// The last final state and the history that led to it, on disk. The only user of LevelDB.
//
// A block is written when it is final, in two synced batches: what it was (block, receipts,
// finalization) to the history, then what it changed (values, every index) to the state. The second
// says where the chain stands, so what is committed can be found at once, and after a crash the
// store is exactly at some block; history that is ahead of it is written again. Tree nodes follow
// every few blocks: node/store/recent_nodes.h. Layout: node/store/rows.h.
//
// Threads: the Reader interface, commit() and record() belong to the execution thread; latest(),
// journal() and compact() may be called from any. Snapshots: node/store/snapshot.h.
//
// Errors: open() refuses with a reason. Later, a disk that fails or returns damaged data stops
// the process with a message that says what to do: a node that lost a write must not vote.

#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "consensus/shell/journal_record.h"
#include "node/store/disk.h"
#include "node/store/recent_nodes.h"
#include "node/store/snapshot.h"
#include "protocol/execution/block.h"
#include "protocol/state/reader.h"
#include "protocol/types.h"

namespace node {

class BlockBatch;
class Cache;
class Database;

// How far the journal of own votes had got. A journal on disk that falls behind this is lost.
struct JournalMark {
  consensus::JournalId id{};
  protocol::Epoch epoch{};
  protocol::View highest_view{};

  bool operator==(JournalMark const&) const = default;
};

// A block that is final, with what executing it gave: its state lies over the block before.
struct ExecutedFinal {
  std::shared_ptr<execution::ExecutedBlock const> block;
  std::string finalization;  // Encoded certificate; empty if only a descendant has one.
};

struct StoreOptions {
  std::filesystem::path folder;
  protocol::GenesisHash genesis;
  // Values and tree nodes kept in memory: a hot account must not cost a LevelDB Get (4 us).
  std::size_t cache_bytes = 256u << 20;
  // Or as much as the state takes on the disk, where that is more, but no more than this.
  std::size_t cache_bytes_max = 0;
  // Blocks after which tree nodes are written at the latest: what a start goes through again.
  std::size_t tree_blocks = 64;
  // Blocks of history kept; 0: all of it. Boundary blocks are always kept.
  std::uint64_t history_blocks = 0;
};

// Why a store did not open; the message says what to do.
struct OpenFailure {
  enum class Kind { locked, another_schema, another_genesis, damaged, full, io } kind{};
  std::string message;
};

class Store final : public state::Reader {
 public:
  // `disk` outlives the store and its snapshots; its stop() is called when the disk fails later.
  static std::expected<std::unique_ptr<Store>, OpenFailure> open(StoreOptions options, Disk& disk);
  ~Store() override;

  // Nothing in a new store: commit the genesis block first.
  std::optional<Head> const& head() const { return head_; }

  std::optional<std::string> get(state::Key const& key) const override;
  std::optional<std::string> next(state::Module module, std::string_view from) const override;
  std::optional<std::string> node(state::Module module, std::string_view prefix) const override;

  // Writes the child of head(). Returns when it would survive a power cut. From then on latest()
  // shows it, if it has a finalization of its own; else with the descendant that has: what clients
  // see, they can have proved. `journal` is recorded with it.
  void commit(ExecutedFinal const& final_block, std::optional<JournalMark> const& journal);

  // Records a new journal, synced: before its first vote leaves.
  void record(JournalMark const& journal);
  std::optional<JournalMark> journal() const;

  // As of the last commit of a block with a finalization, or as found when opened; nothing in a new
  // store.
  std::shared_ptr<Snapshot const> latest() const;

  // Gives the space of pruned history back to the file system. Takes its time; never needed.
  void compact();

 private:
  Store(StoreOptions options, Databases databases);
  // Nothing, or why what is there cannot be used.
  std::optional<OpenFailure> load();
  // Computes the nodes that table N is behind with. False: they do not make the head's root.
  bool recompute_tree(Head const& head);
  // After rows of the tree were written: as much memory as the state has come to deserve.
  void size_cache();
  void publish();
  // Adds to the batch what is too old once `head` is written; the lowest height left.
  protocol::Height prune(BlockBatch& batch, protocol::Height head) const;
  // Erases the blocks that nothing leads to any more.
  void sweep();

  StoreOptions options_;
  Databases databases_;           // Shared with snapshots.
  std::shared_ptr<Cache> cache_;  // Shared with snapshots.
  std::optional<Head> head_;
  protocol::Height lowest_{};
  protocol::Height swept_{};  // No block below, but boundaries; from here to lowest_ there may be.
  protocol::Height tree_{};   // Table N is as of this block; what changed since is in recent_.
  RecentNodes recent_;
  // No entry of an ordered module is below: saves next() from walking over erased ones.
  mutable std::string deadline_floor_;
  // The first entry of the ordered module, once looked up: asked for with every block and more
  // often, changed by few.
  mutable std::optional<std::optional<std::string>> first_deadline_;
  mutable std::mutex latest_mutex_;
  std::shared_ptr<Snapshot const> latest_;  // Guarded by latest_mutex_.
};

}  // namespace node
