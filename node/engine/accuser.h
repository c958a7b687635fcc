// Puts on chain what this node holds against validators: two votes of one that no honest validator
// casts both (consensus/README.md, R15), as a SubmitEvidence. Gossip carries it to all.
//
// Many hold the same evidence, and one transaction is enough. So each waits turn_ms for every seat
// between the offender's and its own; an observer comes after all of them. What the chain has
// settled meanwhile is not sent: the offender's seat is lost, or its key was given up. A node that
// sees votes of its own key that it has not cast says so to its operator, who has to stop one of
// two nodes; against itself it sends nothing.
//
// Bound: one entry for each key that has offended, and every key was voted into a set.
// Threads: the loop's.

#pragma once

#include <labor/v1/validators.pb.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "consensus/certificate/verify.h"
#include "consensus/core/state.h"
#include "node/engine/clock.h"
#include "node/engine/consensus_report.h"
#include "node/engine/own_account.h"
#include "node/store/store.h"

namespace node {

class Accuser {
 public:
  // A transaction's way into a block, where views are quick.
  static constexpr std::uint64_t turn_ms = 1000;

  struct Parts {
    Store const& store;
    Clock const& clock;
    OwnAccount& account;
  };

  explicit Accuser(Parts parts) : parts_{parts} {}

  // What the core of an epoch holds, after each turn: cheap where nothing is new.
  void held(consensus::Committee const& committee, std::optional<protocol::ValidatorIndex> self,
            std::map<protocol::ValidatorIndex, consensus::Conflict> const& conflicts);
  // Sends what is due.
  void tick();
  // All there were since the node started.
  std::vector<Accusation> accusations() const;

 private:
  struct Case {
    labor::v1::Message evidence;
    std::string what;
    protocol::TimeMs due{};
    Accusation told;
    bool own = false;                  // Against this node's key: for its operator.
    std::uint64_t noticed_before = 0;  // In earlier epochs.
    protocol::Epoch epoch{};           // Of what has been noticed since.
  };

  Case begin(consensus::Committee const& committee, std::optional<protocol::ValidatorIndex> self,
             consensus::Conflict const& conflict) const;
  static void report(Case const& made, protocol::PublicKey const& key);
  bool settled(protocol::PublicKey const& offender) const;

  Parts const parts_;
  std::map<protocol::PublicKey, Case> cases_;  // By the offender's consensus key.
};

}  // namespace node
