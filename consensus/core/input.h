// Everything that can happen to the core. Each alternative has one on() overload in the core, so
// a new one does not compile until it is handled.
//
// Late results are legal: an answer to an order that no longer matters is ignored, not checked.

#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "consensus/certificate/verified.h"
#include "consensus/certificate/vote.h"

namespace consensus {

// A block in its place: which view proposed it, how high it is, what it is.
struct BlockRef {
  View view{};
  Height height{};
  BlockHash block{};

  auto operator<=>(BlockRef const&) const = default;
};

// What the leader of a view proposed, as the shell found it; the body stays in the shell.
struct Proposal {
  // `malformed` is anything in the block or its header that needs no state to refute: the shell's
  // verify lists the reasons. `stale`: older than clock_behind_ms_max when it first came; well
  // formed, but gets no vote of ours. Too early ones never get here: the shell holds them.
  enum class Form : std::uint8_t { sound, stale, malformed };

  Vote vote{};  // The leader's NOTARIZE, so that two proposals are evidence.
  // As the header says, and so with a block proposed again not as the view would have it (R17).
  BlockHash parent_hash{};
  ValidatorIndex proposer{};
  bool boundary = false;
  Form form = Form::sound;

  bool operator==(Proposal const&) const = default;
};

enum class TimerKind : std::uint8_t {
  leader,      // t_l: no proposal in time.
  advance,     // t_a: no certificate in time.
  retry,       // t_r: say NULLIFY again.
  settle,      // The last block had time to become final by itself.
  fetch,       // Ask the next peer for what is still missing.
  standstill,  // T_s: nothing became final for long.
  answer,      // A second has passed since stragglers were answered.
  hold,        // The shell's: a held proposal is due. Never reaches the core.
  catch_up,    // The shell's: ask again for final blocks. Never reaches the core.
};

struct TimerId {
  TimerKind kind{};
  View view{};  // Of the view it was armed in; 0 where views do not matter.

  auto operator<=>(TimerId const&) const = default;
};
struct TimerFired {
  TimerId timer{};
};

// Answer to Build: a block on `parent`, executed and held by the shell; `parent` itself where that
// is a boundary block, which has no children (R17). Nothing when the order did not allow an empty
// block and no transaction was admissible: the next Work with a reason makes the core ask again.
struct Built {
  Epoch epoch{};
  View view{};
  BlockRef parent{};
  std::optional<BlockHash> block;
};

enum class Verdict : std::uint8_t {
  valid,      // Executed on its parent, every root as the header says.
  invalid,    // A different root, an inadmissible transaction, a broken rule.
  abandoned,  // Not executed: the parent's state is not at hand (any more).
};

// Answer to Execute.
struct Executed {
  Epoch epoch{};
  View view{};
  BlockHash block{};
  Verdict verdict{};
};

// A body asked for by Fetch has come, hashes to `block`, and is held by the shell.
struct BodyHeld {
  BlockHash block{};
};

// Answer to StoreBody: the body survives a power cut.
struct BodyDurable {
  BlockHash block{};
};

// A final block is in the database, in one synced batch; comes once per height, ascending.
struct Committed {
  Height height{};
  BlockHash block{};
  std::uint64_t block_interval_ms = 0;  // The parameter block_interval_min after this block.
};

// Reasons to make a block, as the mempool and the state see them on the newest executed block.
// Level, not edge: send again whenever one of them changes.
struct Work {
  bool transactions = false;  // One is admissible and in no block of the chain so far.
  bool due = false;           // A deadline or the heartbeat is due.

  bool operator==(Work const&) const = default;
};

// A certificate of `statement` came on the stream of `peer`, or a vote for it that nobody has
// checked because it would be no news. It shows where the peer is; the stream proves who it is.
struct Heard {
  ValidatorIndex peer{};
  Statement statement{};
  bool certificate = false;
};

// A stream to `peer` has been set up (again): it may have restarted and know nothing.
struct Connected {
  ValidatorIndex peer{};
};

// `peer` asks for every certificate held for `view`.
struct Asked {
  ValidatorIndex peer{};
  Epoch epoch{};
  View view{};
};

// The first input after start or recovery: arms the timers and says again what was said.
struct Started {};

using Input =
    std::variant<Started, Verified<Proposal>, Verified<Vote>, Verified<Certificate>, TimerFired,
                 Built, Executed, BodyHeld, BodyDurable, Committed, Work, Heard, Connected, Asked>;

}  // namespace consensus
