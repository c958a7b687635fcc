// The product's store on the simulated disk of one node, for one life of it. One thread: LevelDB's
// work in the background is done after each call that can order some.

#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "node/store/store.h"
#include "protocol/genesis.h"
#include "tests/sim/ledger_oracle.h"
#include "tests/sim/simulated_disk.h"

namespace sim {

class NodeStore {
 public:
  // Throws Stopped where the disk does not let it open.
  NodeStore(protocol::Chain const& chain, SimulatedDisk& disk);
  ~NodeStore() { disk_.run_background(); }
  NodeStore(NodeStore const&) = delete;
  NodeStore& operator=(NodeStore const&) = delete;

  node::Store const& operator*() const { return *store_; }
  node::Store const* operator->() const { return store_.get(); }
  node::Head const& head() const { return *store_->head(); }

  void commit(node::ExecutedFinal const& block, std::optional<node::JournalMark> const& journal);
  void record(node::JournalMark const& journal);

 private:
  SimulatedDisk& disk_;
  std::unique_ptr<node::Store> store_;
};

// Every value that the snapshot shows.
Values values_of(node::Snapshot const& snapshot);

}  // namespace sim
