// Everything a validator remembers between two inputs. Plain data: copy it, compare it, print it.
//
// Bounded: rounds hold votes of views in (last final, current + 1] only; certificates of later
// views are self-proving and move `current` at once; everything at or below the last final view is
// dropped, and all counts per view are at most the number of validators.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "consensus/core/config.h"
#include "consensus/core/output.h"
#include "consensus/core/safety.h"

namespace consensus {

// One validator's votes in one view. The first of each kind stands.
struct Ballots {
  std::optional<Vote> notarize{};
  std::optional<Vote> nullify{};
  std::optional<Vote> finalize{};

  bool operator==(Ballots const&) const = default;
};

// What has been said in one view.
struct Round {
  std::optional<Proposal> proposal{};  // The leader's first.
  std::map<ValidatorIndex, Ballots> votes{};

  bool operator==(Round const&) const = default;
};

// What we have of one block above the last final one, or of the last final one itself.
struct BlockState {
  // `abandoned` is ordered again when the fetch timer fires.
  enum class Execution : std::uint8_t { none, ordered, valid, invalid, abandoned };

  View view{};
  bool held = false;  // The shell has the body.
  bool store_ordered = false;
  bool durable = false;
  Execution execution = Execution::none;

  bool operator==(BlockState const&) const = default;
};

// How far this view has come on our own account. Reset on entering a view.
struct Pace {
  bool running = false;        // t_l and t_a were started.
  bool settled = false;        // The last block has had its time to become final by itself.
  bool leader_failed = false;  // A timer fired, or the proposal is bad.
  bool timed_out = false;      // A timer fired: others may lack what we wait for.
  std::optional<Build> building{};
  bool nothing_to_build = false;  // The answer to `building`, until there is new Work.

  bool operator==(Pace const&) const = default;
};

// What we know of another validator.
struct Peer {
  View view{};  // The highest it has shown to be in, since its stream was set up.
  // Views in a row in which a quorum of others voted and nothing came from it.
  std::uint32_t silent_views = 0;
  bool heard = false;  // In the current view.

  bool operator==(Peer const&) const = default;
};

// Two votes of one validator that no honest one casts both.
struct Conflict {
  Vote first{};
  Vote second{};
  // How many votes have come that contradict one before, repetitions included.
  std::uint64_t noticed = 0;

  bool operator==(Conflict const&) const = default;
};

// Something missing and asked for: certificates of a view, or a body by hash.
struct Missing {
  std::optional<View> view{};
  std::optional<BlockHash> block{};

  auto operator<=>(Missing const&) const = default;
};
struct Search {
  std::uint32_t times_asked = 0;
  std::optional<ValidatorIndex> asked{};  // Last; nobody where there is nobody else.

  bool operator==(Search const&) const = default;
};

struct State {
  View current{1};
  Safety safety;
  std::map<View, Round> rounds{};
  std::map<BlockHash, BlockState> blocks{};
  Pace pace{};
  Work work{};
  std::vector<Peer> peers{};  // By index; our own entry is unused.
  std::set<TimerId> armed{};
  std::map<Missing, Search> missing{};
  SignerSet answered{};                            // Stragglers, in the last second.
  std::map<ValidatorIndex, Conflict> conflicts{};  // One is proof enough.
  std::uint32_t backoff_level = 0;                 // Delays grow by 1.5^level, at most 8 times.
  std::uint64_t block_target_bytes = 0;            // What we put into a block that we lead.
  bool diverged = false;                           // Said so: the node is stopping.
  Height committed_height{};                       // In the database.
  BlockHash committed_block{};
  std::uint64_t block_interval_ms = 0;  // The parameter, as of the committed block.

  bool operator==(State const&) const = default;
};

}  // namespace consensus
