#include "node/engine/block_maker.h"

#include <algorithm>
#include <cstddef>
#include <set>

#include "protocol/execution/admission.h"
#include "protocol/limits.h"

namespace node {
namespace {

using protocol::TimeMs;

// An account whose next transaction is inadmissible is asked again this much later.
constexpr std::uint64_t aside_ms = 1000;
// 3-consensus.md: idle chains are silent but for this.
constexpr std::uint64_t heartbeat_ms = 60'000;
// Room that a block needs beyond its transactions, and the least that makes sense to ask for: one
// transaction of the largest size.
constexpr std::size_t header_bytes = 1024;
constexpr std::size_t block_bytes_min = 2 * protocol::limits::transaction_bytes_max;
constexpr std::size_t work_candidates = 64;

}  // namespace

execution::ExecutedBlock BlockMaker::make(PendingBlocks const& pending,
                                          execution::Parent const& parent,
                                          execution::BuildOptions options) const {
  options.bytes_max = std::clamp<std::size_t>(options.bytes_max, block_bytes_min,
                                              protocol::limits::block_bytes_max);
  if (pending.full()) return execution::build(chain_, parent, {}, options);
  auto const candidates = mempool_.select(pending.used_on(parent.hash), options.time,
                                          {.bytes_max = options.bytes_max - header_bytes});
  auto made = execution::build(chain_, parent, candidates, options);
  if (made.transactions.size() == candidates.size()) return made;
  // What was offered and not taken is inadmissible: all candidates fit.
  std::set<protocol::WireHash> taken;
  for (auto const& transaction : made.transactions) taken.insert(transaction->wire());
  for (auto const& transaction : candidates) {
    if (!taken.contains(transaction->wire())) set_aside(transaction->account(), options.time);
  }
  return made;
}

consensus::Work BlockMaker::work_on(PendingBlocks const& pending, execution::Parent const& parent,
                                    TimeMs now) const {
  auto const time = std::max(now, execution::earliest_time(parent));
  consensus::Work work{.due = now.value() >= parent.time.value() + heartbeat_ms ||
                              execution::deadline_due(chain_, parent, time)};
  auto const used = pending.used_on(parent.hash);
  while (!work.transactions) {
    auto const candidates = mempool_.select(used, now, {.count_max = work_candidates});
    if (candidates.empty()) break;
    for (auto const& transaction : candidates) {
      if (execution::admit(*parent.state, *transaction,
                           {.block_time = time, .next_sequence = std::nullopt})) {
        work.transactions = true;
        break;
      }
      set_aside(transaction->account(), now);
    }
  }
  return work;
}

void BlockMaker::set_aside(protocol::Address const& account, TimeMs now) const {
  mempool_.set_aside(account, TimeMs{now.value() + aside_ms});
}

}  // namespace node
