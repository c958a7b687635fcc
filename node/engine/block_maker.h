// Makes blocks of what waits in the mempool, and says whether there is a reason to make one.
//
// What is offered and turns out to be inadmissible is set aside for a second.
// Threads: the execution thread.

#pragma once

#include "consensus/core/input.h"
#include "node/engine/pending_blocks.h"
#include "node/mempool/mempool.h"
#include "protocol/execution/block.h"
#include "protocol/genesis.h"

namespace node {

class BlockMaker {
 public:
  BlockMaker(protocol::Chain const& chain, Mempool& mempool) : chain_{chain}, mempool_{mempool} {}

  // A child of `parent`, which is in `pending` or its head; `options.time` is the leader's clock.
  // Without transactions where `pending` is full.
  execution::ExecutedBlock make(PendingBlocks const& pending, execution::Parent const& parent,
                                execution::BuildOptions options) const;
  // Whether a child of `parent` would hold anything, or is due without.
  consensus::Work work_on(PendingBlocks const& pending, execution::Parent const& parent,
                          protocol::TimeMs now) const;

 private:
  void set_aside(protocol::Address const& account, protocol::TimeMs now) const;

  protocol::Chain const& chain_;
  Mempool& mempool_;
};

}  // namespace node
