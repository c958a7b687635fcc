#include "tests/sim/node_store.h"

#include <cstddef>
#include <string_view>

#include "node/engine/recovery.h"

namespace sim {
namespace {

// Little, so that a seed reads the database and not only memory.
constexpr std::size_t cache_bytes = 8u << 10;
// Few, so that a power cut meets both a commit with the tree and one without.
constexpr std::size_t tree_blocks = 3;

}  // namespace

NodeStore::NodeStore(protocol::Chain const& chain, SimulatedDisk& disk) : disk_{disk} {
  auto opened = node::Store::open({.folder = "db",
                                   .genesis = chain.hash(),
                                   .cache_bytes = cache_bytes,
                                   .tree_blocks = tree_blocks},
                                  disk);
  if (!opened) disk.stop(opened.error().message);
  store_ = *std::move(opened);
  disk_.run_background();
  if (!store_->head()) commit(node::genesis_row(chain), std::nullopt);
}

void NodeStore::commit(node::ExecutedFinal const& block,
                       std::optional<node::JournalMark> const& journal) {
  store_->commit(block, journal);
  disk_.run_background();
}

void NodeStore::record(node::JournalMark const& journal) {
  store_->record(journal);
  disk_.run_background();
}

Values values_of(node::Snapshot const& snapshot) {
  Values values;
  for (auto const module : state::modules) {
    snapshot.each(
        module, [&](state::Key const& key, std::string_view value) { values.emplace(key, value); });
  }
  return values;
}

}  // namespace sim
