#include "node/engine/pending_blocks.h"

#include <algorithm>
#include <set>
#include <utility>

#include "protocol/base/check.h"

namespace node {

using protocol::BlockHash;

ExecutedPtr PendingBlocks::find(BlockHash const& hash) const {
  auto const found = blocks_.find(hash);
  return found == blocks_.end() ? nullptr : found->second.block;
}

std::optional<execution::Parent> PendingBlocks::parent(BlockHash const& hash) const {
  if (hash == head_.hash) return head_;
  auto const block = find(hash);
  if (block == nullptr) return std::nullopt;
  return execution::parent_of(*block);
}

NextSequences PendingBlocks::used_on(BlockHash const& hash) const {
  NextSequences used;
  for (auto at = blocks_.find(hash); at != blocks_.end(); at = blocks_.find(at->second.parent)) {
    // From the newest down: what a descendant says stands.
    used.insert(at->second.next.begin(), at->second.next.end());
  }
  return used;
}

void PendingBlocks::add(execution::ExecutedBlock block) {
  auto const parent = BlockHash::from(block.header.parent_hash());
  CHECK(parent.has_value());
  CHECK(*parent == head_.hash || blocks_.contains(*parent));
  auto const hash = block.hash;
  auto next = next_sequences(block);
  auto shared = std::make_shared<execution::ExecutedBlock const>(std::move(block));
  blocks_.emplace(hash, Node{std::move(shared), *parent, std::move(next)});
}

void PendingBlocks::settle(BlockHash const& hash) {
  auto const final = blocks_.find(hash);
  CHECK(final != blocks_.end());
  CHECK(final->second.parent == head_.hash);
  auto const base = head_.state;
  head_ = execution::parent_of(*final->second.block);
  head_.state = base;
  blocks_.erase(final);

  // Parents stand below their children: by height, what is kept is known before it is asked for.
  std::map<std::pair<std::uint64_t, BlockHash>, BlockHash> by_height;
  for (auto const& [other, node] : blocks_) {
    by_height.emplace(std::pair{node.block->header.height(), other}, node.parent);
  }
  std::set<BlockHash> kept{hash};
  for (auto const& [place, parent] : by_height) {
    auto const& other = place.second;
    if (!kept.contains(parent)) {
      blocks_.erase(other);
      continue;
    }
    kept.insert(other);
    if (parent == hash) blocks_.at(other).block->state->rebase(base);
  }
}

std::vector<labor::v1::Account> changed_accounts(execution::ExecutedBlock const& block) {
  std::vector<labor::v1::Account> changed;
  auto const add = [&](auto const& events) {
    for (auto const& event : events) {
      auto const& record = event.record_changed().record();
      if (record.has_account()) changed.push_back(record.account());
    }
  };
  add(block.events.begin());
  for (auto const& receipt : block.receipts) add(receipt.events());
  add(block.events.end());
  return changed;
}

NextSequences next_sequences(execution::ExecutedBlock const& block) {
  NextSequences next;
  for (auto const& transaction : block.transactions) {
    next[transaction->account()] = transaction->sequence().next();
  }
  return next;
}

}  // namespace node
