// What consensus is doing and what it waits for, drawn from a state and bounded: for people and
// their tools. No rule reads it.
//
// Invariant: the same config and state give the same situation, in a node as in a replayed trace.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "consensus/core/config.h"
#include "consensus/core/pace.h"
#include "consensus/core/state.h"

namespace consensus {

// What this validator waits for.
enum class Wait : std::uint8_t {
  nothing,       // Idle: no work, and all that was notarized is final, whatever was said in it.
  proposal,      // The leader's.
  build,         // Its own block: the shell builds it.
  transactions,  // It leads, and none of those offered can be in its block.
  parent,        // It leads: the block to build on is not executed here.
  certificates,  // Of `missing`: it can neither judge nor lead without them.
  execution,     // Of the proposal.
  stale_view,    // The proposal came too old to vote for: the view must end.
  notarize,      // Votes for the block of this view.
  nullify,       // Votes to give this view up.
  finalize,      // Votes for the highest notarized block; nothing else is to do.
  diverged,      // It is stopping: others computed something else.
};

// Who has said one and the same thing.
struct Poll {
  Statement statement{};
  SignerSet voters{};

  bool operator==(Poll const&) const = default;
};

// A view above the last final one and below the present one.
struct PassedView {
  View view{};
  std::optional<BlockRef> notarized{};
  bool nullified = false;
  bool stored = false;  // The notarized block, synced here.
  bool executed = false;
  // What this validator has said.
  bool notarize = false;
  bool nullify = false;
  bool finalize = false;

  bool operator==(PassedView const&) const = default;
};

struct Sought {
  Missing missing{};
  Search search{};
};

struct PeerSituation {
  View view{};                     // The highest it has shown, since its stream was set up.
  std::uint32_t silent_views = 0;  // In a row, in which a quorum of others spoke.
  bool inactive = false;           // Not waited for as a leader (R7).
};

struct Situation {
  Epoch epoch{};
  View view{};
  ValidatorIndex leader{};
  std::optional<ValidatorIndex> self{};  // Nothing: it observes.
  std::size_t quorum = 0;
  Wait wait{};

  BlockRef final{};
  Height committed_height{};  // In the database.
  std::uint32_t backoff_level = 0;
  ViewTimeouts timeouts{};
  Reasons work{};
  std::vector<TimerId> armed{};

  std::optional<BlockHash> proposed{};  // The leader's first block of this view.
  std::vector<Poll> polls{};            // Of this view, and FINALIZE of those above the final one.
  std::vector<PassedView> passed{};     // The highest, ascending.
  std::size_t passed_views = 0;         // How many there are of them in all.
  std::vector<Sought> missing{};
  std::vector<PeerSituation> peers{};  // By index; our own is unused.
};

// Passed views shown at most.
inline constexpr std::size_t passed_views_max = 16;
// Polls of one view shown at most: liars could split them without end.
inline constexpr std::size_t polls_per_view_max = 8;

Situation situation(Config const& config, State const& state);

// The poll that decides what `wait` is for; nothing when it is not for votes, or nobody has voted.
Poll const* awaited_poll(Situation const& situation);

}  // namespace consensus
