// The last final state and the history that led to it, on disk. The only user of LevelDB.
//
// A block is written when it is final, in one batch: values, tree nodes, undo, block, receipts,
// finalization and every index. So what is committed can be found at once, and after a crash the
// store is exactly at some block. Rows: node/store/rows.h.
//
// Threads: Store's Reader interface, commit() and record() belong to the execution thread;
// latest() may be called from any. A Snapshot is immutable and may be read from any thread.
//
// Errors: open() refuses with a reason. Later, a disk that fails or returns damaged data stops
// the process with a message that says what to do: a node that lost a write must not vote.

#pragma once

#include <labor/v1/block.pb.h>
#include <labor/v1/node_service.pb.h>

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "node/store/disk.h"
#include "protocol/state/overlay.h"
#include "protocol/state/reader.h"
#include "protocol/types.h"

namespace node {

// Where the chain stands: the last final block.
struct Head {
  protocol::Height height{};
  protocol::BlockHash hash{};
  protocol::StateRoot root{};
  protocol::TimeMs time{};
  protocol::Epoch epoch{};

  bool operator==(Head const&) const = default;
};

// How far the journal of own votes had got. A journal on disk that falls behind this is lost.
struct JournalMark {
  std::uint64_t id = 0;  // Drawn when the journal was created.
  protocol::Epoch epoch{};
  protocol::View highest_view{};

  bool operator==(JournalMark const&) const = default;
};

// A block that is final, with what executing it gave.
struct FinalBlock {
  Head head;
  std::string block;         // Encoded Block, as carried.
  std::string finalization;  // Encoded certificate; empty if only a descendant has one.
  std::vector<protocol::TransactionId> transactions;  // In block order.
  std::vector<labor::v1::Receipt> receipts;           // One for each transaction.
  labor::v1::BlockEvents events;
  std::shared_ptr<state::Overlay const> overlay;  // Own changes and tree nodes of this block.
};

struct TransactionPlace {
  protocol::Height height{};
  std::uint32_t index = 0;  // In the block, from 0.
};

struct BlockRow {
  std::string block;
  std::string finalization;  // Empty if only a descendant has one.
};

struct ResultsRow {
  std::vector<labor::v1::Receipt> receipts;
  labor::v1::BlockEvents events;
};

// An event with its place. Events of a block count from 1: begin, each receipt's, end.
struct PlacedEvent {
  protocol::Height height{};
  std::uint32_t index = 0;
  labor::v1::Event event;
  std::string transaction_id;  // Empty for what the block itself did.
};

// What an index is asked for: jobs of this client, milestones of that contract.
struct IndexQuery {
  labor::v1::RecordIndex index{};
  std::string address;  // 32 bytes where the index asks for one, else empty.
  std::uint64_t id = 0;
  std::string after;  // Page::next of the page before; empty: from the start.
  std::size_t count_max = 50;
};

struct Page {
  std::vector<labor::v1::Record> records;
  std::string next;  // Empty: this was the last page. Opaque.
};

// The final state and history as of one block. Holding one delays the reclaiming of disk space:
// keep it for a request, not for a connection.
class Snapshot : public state::Reader {
 public:
  virtual Head const& head() const = 0;
  // History below this has been pruned.
  virtual protocol::Height lowest_height() const = 0;

  virtual std::optional<BlockRow> block(protocol::Height height) const = 0;
  virtual std::optional<ResultsRow> results(protocol::Height height) const = 0;
  virtual std::optional<TransactionPlace> transaction(protocol::TransactionId const& id) const = 0;

  // Events after (height, index) in order, at most count_max and not beyond this snapshot.
  virtual std::vector<PlacedEvent> events_after(protocol::Height height, std::uint32_t index,
                                                std::size_t count_max) const = 0;
  // Places of events that touch an account, newest first, before (height, index).
  virtual std::vector<PlacedEvent> history(protocol::Address const& account,
                                           protocol::Height before_height,
                                           std::uint32_t before_index,
                                           std::size_t count_max) const = 0;

  // Records of an index. Newest first where records have ids of their own, else by key.
  virtual Page list(IndexQuery const& query) const = 0;

  // What `key` held after block `height`; nothing if it did not exist, or the undo records that
  // tell have been pruned (undo_blocks below the head).
  virtual std::optional<std::string> value_at(state::Key const& key,
                                              protocol::Height height) const = 0;
};

// Blocks whose old values are kept.
inline constexpr std::uint64_t undo_blocks = 256;

struct StoreOptions {
  std::filesystem::path folder;
  protocol::GenesisHash genesis;
  // Values and tree nodes kept in memory: a hot account must not cost a LevelDB Get (4 us).
  std::size_t cache_bytes = 256u << 20;
  // Blocks of history kept; 0: all of it.
  std::uint64_t history_blocks = 0;
};

// Why a store did not open; `message` says what to do.
struct OpenFailure {
  enum class Kind { locked, another_schema, another_genesis, damaged, io } kind{};
  std::string message;
};

class Store final : public state::Reader {
 public:
  // `disk` outlives the store; its stop() is called when the disk fails later.
  static std::expected<std::unique_ptr<Store>, OpenFailure> open(StoreOptions options, Disk& disk);
  ~Store() override;

  // Nothing in a new store: commit genesis first (height 0, its state in the overlay).
  std::optional<Head> head() const;

  std::optional<std::string> get(state::Key const& key) const override;
  std::optional<std::string> next(state::Module module, std::string_view from) const override;
  std::optional<std::string> node(state::Module module, std::string_view prefix) const override;

  // Writes final blocks, in order, the first on top of head(). Returns when they would survive a
  // power cut; from then on latest() shows them. `journal` is recorded with them.
  void commit(std::span<FinalBlock const> blocks, JournalMark const& journal);

  // Records a new journal, synced: before its first vote leaves.
  void record(JournalMark const& journal);
  std::optional<JournalMark> journal() const;

  // As of the last commit. Any thread.
  std::shared_ptr<Snapshot const> latest() const;

  // Gives space of pruned history back to the file system. Any thread; takes its time.
  void compact();

 private:
  class Rows;
  explicit Store(std::unique_ptr<Rows> rows);
  std::unique_ptr<Rows> rows_;
};

}  // namespace node
