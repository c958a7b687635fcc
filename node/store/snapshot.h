// The final state and history as of one block: what queries read. It never waits for the node and
// never changes; the next block has another.
//
// Holding one keeps the database from reclaiming space: keep it for a request, not for a
// connection.
//
// Threads: any number at once.
// Errors: as the store's.

#pragma once

#include <labor/v1/block.pb.h>
#include <labor/v1/node_service.pb.h>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "node/store/recent_nodes.h"
#include "protocol/state/reader.h"
#include "protocol/types.h"

namespace leveldb {
class Snapshot;
}  // namespace leveldb

namespace node {

class Cache;
class Database;

// One for what changes, one for what only grows.
struct Databases {
  std::shared_ptr<Database> state;
  std::shared_ptr<Database> history;
};

// Whether an encoded Block, as the store has it, is the last of its epoch.
bool is_boundary(std::string_view block);

// Where the chain stands: the last final block.
struct Head {
  protocol::Height height{};
  protocol::BlockHash hash{};
  protocol::StateRoot root{};
  protocol::TimeMs time{};
  protocol::Epoch epoch{};  // Of the next block.

  bool operator==(Head const&) const = default;
};

struct TransactionPlace {
  protocol::Height height{};
  std::uint32_t index = 0;  // In the block, from 0.

  bool operator==(TransactionPlace const&) const = default;
};

// What executing a block gave.
struct Results {
  protocol::TimeMs time{};
  labor::v1::BlockEvents events;
  std::vector<labor::v1::Receipt> receipts;
};

// A position in the stream of events. Events of a block count from 1: those of its begin, of each
// receipt, of its end.
struct EventPlace {
  protocol::Height height{};
  std::uint32_t index = 0;

  auto operator<=>(EventPlace const&) const = default;
};

struct PlacedEvent {
  EventPlace place;
  protocol::TimeMs time{};
  std::string transaction_id;  // Empty for what the block itself did.
  labor::v1::Event event;
};

struct EventQuery {
  EventPlace after;
  std::string account;       // 32 bytes: only events that concern it; empty: all.
  std::string cause_prefix;  // Only causes that begin with this.
  std::size_t count_max = 256;
};

struct EventPage {
  std::vector<PlacedEvent> events;
  // Nothing that matches up to here was left out: ask again after it.
  EventPlace reached;
  bool at_head = false;
};

struct IndexQuery {
  labor::v1::RecordIndex index{};
  std::string account;  // 32 bytes where the index asks for one.
  std::uint64_t id = 0;
  std::string after;  // Page::next of the page before; empty: from the start.
  std::size_t count_max = 50;
};

struct Page {
  std::vector<labor::v1::Record> records;
  std::string next;  // Empty: this was the last page. Opaque bytes.
};

class Snapshot final : public state::Reader {
 public:
  // `cache` may know values as of `head`; it moves on, this does not. `layers` are what the tree in
  // the database lacks of `head`.
  Snapshot(Databases const& databases, std::shared_ptr<Cache> cache, NodeLayers layers, Head head,
           protocol::Height lowest);
  ~Snapshot() override;
  Snapshot(Snapshot const&) = delete;
  Snapshot& operator=(Snapshot const&) = delete;

  Head const& head() const { return head_; }
  // History below this has been pruned, but for boundary blocks.
  protocol::Height lowest() const { return lowest_; }

  std::optional<std::string> get(state::Key const& key) const override;
  std::optional<std::string> next(state::Module module, std::string_view from) const override;
  std::optional<std::string> node(state::Module module, std::string_view prefix) const override;

  // Every value of a module, in the order of paths: for audits, not for requests that are many.
  using Visit = std::function<void(state::Key const& key, std::string_view value)>;
  void each(state::Module module, Visit const& visit) const;

  // Encoded Block; nothing above the head or where it was pruned.
  std::optional<std::string> block(protocol::Height height) const;
  // Encoded certificate; nothing where only a descendant has one.
  std::optional<std::string> finalization(protocol::Height height) const;
  std::optional<Results> results(protocol::Height height) const;
  std::optional<TransactionPlace> transaction(protocol::TransactionId const& id) const;

  // In order of place. Looks at a bounded number of blocks, so it may come back with nothing.
  EventPage events(EventQuery const& query) const;

  // Records of an index as they are now: newest first where they have ids of their own, else by
  // key. Nothing if the query lacks what the index asks for or `after` is no position of it.
  std::optional<Page> list(IndexQuery const& query) const;

 private:
  std::optional<std::string> past(protocol::Height height, std::string const& row) const;

  std::shared_ptr<Database const> database_;
  std::shared_ptr<Database const> history_;
  std::shared_ptr<Cache> cache_;
  NodeLayers layers_;
  leveldb::Snapshot const* snapshot_;
  leveldb::Snapshot const* history_snapshot_;
  Head head_;
  protocol::Height lowest_;
};

}  // namespace node
