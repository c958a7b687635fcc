// What consensus is doing in this node, and why it waits: a situation of the core with what only
// the node knows, the time and the names, and one sentence about it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "consensus/core/situation.h"
#include "consensus/core/state.h"

namespace node {

// Evidence that this node holds against a validator, since it started (accuser.h).
struct Accusation {
  std::string name;              // The validator's, when it was noticed.
  consensus::Conflict conflict;  // The first: what goes on chain.
  std::uint64_t noticed = 0;     // Votes that contradict one before, repetitions included.
  std::uint64_t sent = 0;        // Transactions that this node has made of it.
  // Nothing is left to be done: the seat is lost, or its key was given up.
  bool settled = false;
};

// What consensus is doing, for GetNodeInfo, metrics and health.
struct ConsensusStatus {
  protocol::Epoch epoch{};
  std::size_t validators = 0;
  std::optional<protocol::ValidatorIndex> self;  // Nothing: it observes in this epoch.
  protocol::View view{};
  protocol::View final_view{};
  std::uint32_t backoff_level = 0;
  std::vector<Accusation> accusations;
};

// A timer of consensus, the shell's own included.
struct DueTimer {
  consensus::TimerId id{};
  std::uint64_t due_in_ms = 0;
};

// A validator of this epoch.
struct Member {
  std::string name;
  protocol::PublicKey key{};       // Signs its votes.
  protocol::PublicKey node_key{};  // As the set has it; its operator may have changed it since.
};

struct ConsensusReport {
  consensus::Situation situation{};
  std::vector<Member> members{};  // By index.
  std::vector<DueTimer> timers{};
  std::uint64_t view_age_ms = 0;                // In the present view.
  std::optional<std::uint64_t> final_age_ms{};  // Since the last finalization; none: not seen one.
  std::optional<protocol::Height> fetched_from{};  // Final blocks are on their way from here on.
  // Own votes that the signer has not signed; they go out late, once it does (R18).
  std::vector<consensus::Statement> unsigned_votes{};
  std::vector<Accusation> accusations{};
};

// How this node is joined to the validator of the same index.
struct Link {
  enum class Kind : std::uint8_t {
    here,     // It is this node.
    unknown,  // This node's settings do not name it.
    away,
    connected,
  };
  Kind kind = Kind::unknown;
  std::uint64_t since_ms = 0;  // For how long it has been away or connected.
};

// "alice", or "validator 7" where the set has no name for it.
std::string name_of(std::vector<Member> const& members, protocol::ValidatorIndex who);
// "320 ms", "2.5 s", "14 min", "3 h", "2 d".
std::string duration_text(std::uint64_t ms);
// "NOTARIZE", ...
std::string name_of(consensus::VoteKind kind);
// As labord.toml and consensus/README.md call it: "t_l", "t_a", ...
std::string name_of(consensus::TimerKind kind);

// One sentence, without a full stop: what it waits for and who is to blame. `links` is empty where
// nothing is known of connections, as in the replay of a trace.
std::string why_it_waits(ConsensusReport const& report, std::vector<Link> const& links);

}  // namespace node
