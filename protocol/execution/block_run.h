// One block while it runs: what build() and execute() share. Begun once, fed transactions in
// order, finished once.
//
// Invariant: state() is the parent's state with the due deadlines and every added transaction
// applied, each whole or not at all, each conserving every asset.
// Threads: the execution thread only.

#pragma once

#include <labor/v1/block.pb.h>

#include <memory>
#include <string>
#include <vector>

#include "protocol/execution/admission.h"
#include "protocol/execution/block.h"
#include "protocol/execution/context.h"

namespace execution {

class BlockRun {
 public:
  // Fires what is due.
  BlockRun(protocol::Chain const& chain, Parent const& parent, protocol::TimeMs time);

  // Runs the transaction if admit() lets it in; nothing has changed otherwise.
  Done add(CheckedPtr const& transaction);

  // Nothing may be added any more: limits::changes_per_block_max.
  bool full() const;

  // Roots and header.
  ExecutedBlock finish(protocol::ValidatorIndex proposer) &&;

 private:
  void fire_deadlines();
  // Where the epoch ends, as the last thing that changes records.
  void end_epoch();
  // The number of keys it has changed.
  std::size_t fire_one(std::string const& entry);

  protocol::Chain const& chain_;
  Parent const& parent_;
  protocol::TimeMs time_;
  std::shared_ptr<state::Overlay> state_;
  BlockTime block_;
  std::uint64_t bytes_used_ = 0;
  std::uint64_t work_used_ = 0;
  std::size_t changes_ = 0;  // By transactions.
  ExecutedBlock done_;
};

// A transaction that has run, and how many keys it has changed or, rolled back, would have.
struct Ran {
  labor::v1::Receipt receipt;
  std::size_t changes = 0;
};

// Runs the messages of a transaction whose charge has been found good, over `state`.
Ran run_transaction(std::shared_ptr<state::Overlay> const& state, BlockTime const& block,
                    labor::v1::TransactionBody const& body, protocol::TransactionId const& id,
                    Charge const& charge);

// Chain time of a block at `time` on `parent`, and the outages up to it (block.h).
struct ChainTime {
  protocol::TimeMs time{};
  std::uint64_t outage_ms = 0;
};
ChainTime chain_time(protocol::Chain const& chain, Parent const& parent, protocol::TimeMs time);

}  // namespace execution
