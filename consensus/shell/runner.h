// Feeds inputs to the core and obeys its outputs.
//
// Everything that has come goes into a queue; turn() drains it: all steps, then one sync of the
// votes they wrote, then the sends, the timers, the wants and the commits. Own votes return as
// inputs once they are durable, and are drained in the same call. A timer's expiry is queued like
// everything else, so it follows what came before it.
//
// Also here, because it is about bodies, which the core does not know: holding a proposal that is
// too early until it is due, keeping bodies, and fetching final blocks.
//
// What the signer did not sign is kept, and ordered again when the signer is back (R18).
//
// One lives as long as an epoch (R17): with the order to commit the boundary block it is over, and
// all it still takes is committed(). Another one begins on that block; nothing passes from one to
// the other but what is in the database.
//
// Threads: one, the loop's; interest() may be asked from any. After halted() it obeys nothing.

#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "consensus/certificate/verify.h"
#include "consensus/core/step.h"
#include "consensus/shell/bodies.h"
#include "consensus/shell/catch_up.h"
#include "consensus/shell/early_proposals.h"
#include "consensus/shell/interest.h"
#include "consensus/shell/ports.h"
#include "consensus/shell/unsaid.h"
#include "consensus/shell/verify.h"

namespace consensus {

class Runner {
 public:
  // Tells the trace what it starts from.
  Runner(Config config, Recovered const& recovered, Ports ports);

  // ---- what has come; each only queues (or holds), turn() acts ----

  // Once, first.
  void start();
  // Bodies from the block log, after a restart: durable already.
  void restored(Block const& block);

  // On its signer's own stream.
  void received(Verified<Vote> const& vote);
  void received(ReceivedProposal proposal);
  // From anyone.
  void received(ValidatorIndex from, Verified<Certificate> const& certificate);
  void received(PublicKey const& from, FinalRange const& range);
  void received_body(Block const& block);
  void asked(ValidatorIndex from, Epoch epoch, View view);
  // A certificate, or a vote of its own, that interest() did not want, so nobody checked it.
  void heard_certificate(ValidatorIndex from, Statement const& statement);
  void heard_vote(ValidatorIndex from, Statement const& statement);
  // A stream was set up.
  void connected(ValidatorIndex peer);
  // A message of a later epoch: whoever is there has the blocks up to this epoch's boundary. It may
  // be nobody of this epoch's set, all of whom may be gone.
  void heard_later_epoch(PublicKey const& from);

  void fired(TimerId timer);
  void work(Work work);

  // The signer, which was away, signs again. What it remembers of this epoch may be more than this
  // node does, which may have started without it.
  void signer_back(std::vector<Verified<Certificate>> const& grounds,
                   std::vector<Verified<Vote>> const& own_votes);

  // Answers of the executor; `block` is what was built, if anything. Those to an order of another
  // epoch are dropped.
  void built(Build const& order, std::optional<Block> const& block);
  void executed(Epoch epoch, View view, BlockHash const& block, Verdict verdict);
  void body_durable(BlockHash const& block);
  void committed(Height height, BlockHash const& block, std::uint64_t block_interval_ms);

  // Drains the queue. Call after anything above; cheap when there is nothing to do.
  void turn();

  State const& state() const { return state_; }
  Interest const& interest() const { return interest_; }
  // A body the core may still need, to serve a peer that asks for it; null if there is none.
  Block const* body(BlockHash const& block) const { return bodies_.find(block); }
  // The boundary block has been given to the executor to commit.
  bool over() const { return over_; }
  // Who sent us the boundary block as a final one, and so may be in a later epoch than the next;
  // nothing where we saw it become final.
  std::optional<PublicKey> const& caught_up_with() const { return caught_up_with_; }
  // Final blocks are on their way from this height on; nothing: all are here.
  std::optional<Height> fetched_from() const {
    return asked_.empty() ? std::nullopt : std::optional{*asked_.begin()};
  }
  // What the signer has not signed and is asked for again when it is back (R18).
  std::vector<Statement> unsigned_votes() const { return unsaid_.statements(); }
  // Why the node must stop: the disk failed, or the chain diverged.
  std::optional<std::string> const& halted() const { return halted_; }

 private:
  void judge_time(ReceivedProposal const& proposal, Block const& block);
  void release(View view);

  void round();
  // What of everything written may be said; nothing after a failure.
  std::optional<std::vector<Vote>> write(std::vector<Output> const& outputs);
  void say(SignerSet to, Speech const& speech, std::vector<Vote> const& votes);
  void order(Want const& want);
  void fetch_body(FetchBody const& want);
  void finalize(Certificate const& finalization);
  void catch_up();
  void ask_for_blocks();
  void end_epoch();
  void halt(std::string why);

  Config config_;
  State state_;
  Ports ports_;
  std::deque<Input> queue_;
  Bodies bodies_;
  EarlyProposals early_;
  Unsaid unsaid_;
  bool say_again_ = false;
  CatchUp catch_up_;
  std::set<Height> asked_;         // Chunks under way, by their first height.
  std::uint64_t times_asked_ = 0;  // In vain: each chunk goes to the next peer.
  // Who is in a later epoch: asked for the way there; to be asked for more of it; and the last one
  // that is not in this epoch's set.
  std::optional<PublicKey> later_epoch_;
  std::optional<PublicKey> go_on_with_;
  std::optional<PublicKey> stranger_;
  std::optional<PublicKey> caught_up_with_;
  bool over_ = false;
  Interest interest_;
  std::optional<std::string> halted_;
};

}  // namespace consensus
