// Feeds inputs to the core and obeys its outputs.
//
// Everything that has come goes into a queue; turn() drains it: all steps, then one sync of the
// votes they wrote, then the sends, the timers, the wants and the commits. Own votes return as
// inputs of the same turn once they are durable. A timer's expiry is queued like everything else,
// so it follows what came before it.
//
// Also here, because they are about bodies, which the core does not know: holding a proposal that
// is too early until it is due, and finding the ancestors of a final block.
//
// Threads: one, the loop's. After halted() it obeys nothing more.

#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "consensus/certificate/verify.h"
#include "consensus/core/step.h"
#include "consensus/shell/catch_up.h"
#include "consensus/shell/ports.h"
#include "consensus/shell/verify.h"

namespace consensus {

class Runner {
 public:
  // `state` comes from recover(); `genesis` is what votes are signed over.
  Runner(Config config, State state, Ports ports);

  // ---- what has come; each only queues (or holds), turn() acts ----
  void start();                               // Once, first.
  void received(Verified<Vote> const& vote);  // On its signer's stream.
  void received(ValidatorIndex from, Verified<Certificate> const& certificate);
  void received(ReceivedProposal const& proposal);  // On its signer's stream.
  void received(ValidatorIndex from, FinalRange range);
  void received_body(ValidatorIndex from, Block const& block);
  void asked(ValidatorIndex from, Epoch epoch, View view);
  void connected(ValidatorIndex peer);
  void fired(TimerId timer);
  void work(Work work);
  // Bodies from the block log, after a restart: durable already.
  void restored(Block const& block);
  // Answers of the executor. `block` is what was built, if anything.
  void built(Build const& order, std::optional<Block> block);
  void executed(View view, BlockHash const& block, Verdict verdict);
  void body_durable(BlockHash const& block);
  void committed(Height height, BlockHash const& block, std::uint64_t block_interval_ms);

  // Drains the queue. Call after anything above; cheap when there is nothing to do.
  void turn();

  // Whether a certificate for this statement would tell us anything new: ask before spending
  // q signature checks on it.
  bool wants(Statement const& statement) const;

  State const& state() const { return state_; }
  // Set when the disk failed or the chain diverged: the node must stop.
  std::optional<std::string> const& halted() const { return halted_; }

 private:
  Config config_;
  State state_;
  Ports ports_;
  std::optional<std::string> halted_;
};

}  // namespace consensus
