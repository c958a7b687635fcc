// The doors between consensus and the world. Real ones live in node/, fake ones in tests/support;
// the Runner cannot tell which it holds.
//
// All are called on the loop's thread. All but the Signer return at once; what they order comes
// back through the Runner, on the same thread, later: never from within the call.

#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "consensus/core/output.h"
#include "consensus/core/safety.h"
#include "consensus/shell/body.h"
#include "consensus/shell/journal_record.h"

namespace consensus {

// The disk has failed: the node must stop. `what` names the file and says what to do.
struct DiskFailure {
  std::string what;
};

// Our own votes and their grounds. Records and replay: journal_record.h.
class Journal {
 public:
  virtual ~Journal() = default;
  // Returns only when all of `entry` would survive a power cut; its grounds do if its votes do.
  // After a failure nothing is known of what is on the disk, and no further call is made.
  virtual std::expected<void, DiskFailure> append_and_sync(JournalEntry const& entry) = 0;
  // Blocks up to `floor` are in the database, synced: votes at or below it are no longer needed.
  // A good moment to begin a new segment, if the present one is long.
  virtual std::expected<void, DiskFailure> committed(View floor) = 0;
};

// The consensus key.
class SigningKey {
 public:
  virtual ~SigningKey() = default;
  virtual Signature sign(Statement const& statement) = 0;
};

// What a turn wants to say.
struct SigningOrder {
  ValidatorIndex voter{};
  std::vector<Statement> statements;
  // What the statements rely on and no earlier order took along.
  std::vector<Certificate> grounds;
  // All that is held, of this epoch's validators: for a signer that has to be convinced.
  Safety const& safety;
  ValidatorSet const& validators;
};

// Who signs and remembers: key and journal in this process (journaled_signer.h), or a process of
// its own. Blocks for one sync, or until the deadline of whoever is asked.
class Signer {
 public:
  virtual ~Signer() = default;
  // The votes that may be sent: they and their grounds would survive a power cut. What is missing
  // must not be said now, because the signer is away or refuses; it may be ordered again, and
  // ordering again what was signed gives the same vote.
  virtual std::expected<std::vector<Vote>, DiskFailure> sign(SigningOrder const& order) = 0;
  // As Journal::committed().
  virtual std::expected<void, DiskFailure> committed(View floor) = 0;
};

// A leader's block on its way to the others.
struct ProposalMessage {
  Vote vote{};
  Body body;
  std::vector<Certificate> certificates;
};

// Best effort: the core repeats what matters. `to` never holds ourselves.
class Network {
 public:
  virtual ~Network() = default;
  virtual void send(SignerSet to, Vote const& vote) = 0;
  virtual void send(SignerSet to, Certificate const& certificate) = 0;
  virtual void send(SignerSet to, ProposalMessage const& proposal) = 0;
  virtual void fetch_view(ValidatorIndex from, View view) = 0;
  virtual void fetch_body(ValidatorIndex from, BlockHash const& block) = 0;
  // By consensus key: whoever follows the chain has final blocks, in this epoch's set or not.
  virtual void fetch_blocks(PublicKey const& from, Height first, std::uint32_t count_max) = 0;
  virtual void gossip_again() = 0;
};

class Timers {
 public:
  virtual ~Timers() = default;
  // Fires once, through Runner::fired(). Arming an armed timer replaces it.
  virtual void arm(TimerId timer, std::uint64_t delay_ms) = 0;
  virtual void cancel(TimerId timer) = 0;
};

// Wall-clock time, for the one question whether a proposal is timely.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual protocol::TimeMs now() = 0;
};

// A block that is final, to be written. `finalization` is given for blocks that have their own.
struct FinalBlock {
  Block block;
  std::optional<Certificate> finalization;
};

// Execution and the database, on a thread of their own; orders are carried out in order.
class Executor {
 public:
  virtual ~Executor() = default;
  // -> Runner::built. A new order replaces an unanswered one. The block's time is
  // max(now, parent + block_interval_min), and Built is delivered when that time has come. On a
  // boundary block nothing is built: the answer is that block, at once (R17).
  virtual void build(Build const& order) = 0;
  // -> Runner::executed. The parent has been executed or committed before.
  virtual void execute(View view, Block const& block) = 0;
  // -> Runner::body_durable, after a sync of the block log.
  virtual void store_body(Block const& block) = 0;
  // -> Runner::committed, after one synced batch. Heights come without gaps, ascending; a block
  // not executed before is executed now (its parent is committed). A boundary block is the last:
  // the journal of the next epoch is created and synced before its batch (R17).
  virtual void commit(FinalBlock const& block) = 0;
  // Keep what is needed for a comparison, say so, and stop the node.
  virtual void diverged(BlockRef const& block) = 0;
};

// One line per input and per non-empty output: the log from which a run can be replayed.
class Trace {
 public:
  virtual ~Trace() = default;
  // Whether anybody reads it: a line costs more than most steps.
  virtual bool wanted() const = 0;
  virtual void line(std::string_view text) = 0;
};

struct Ports {
  Signer& signer;
  Network& network;
  Timers& timers;
  Clock& clock;
  Executor& executor;
  Trace& trace;
};

}  // namespace consensus
