// How a node departs from the product: a Byzantine validator, or a mutant that every honest node
// carries. Both are wrappers around the ports and the runner's inputs; the product itself is
// always the one that ships.

#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "consensus/certificate/verify.h"
#include "consensus/shell/ports.h"
#include "consensus/shell/runner.h"
#include "tests/sim/faults.h"
#include "tests/sim/life_events.h"
#include "tests/sim/simulated_executor.h"
#include "tests/sim/wire.h"
#include "tests/support/prng.h"

namespace sim {

// What a deviation can reach of the life it lives in.
struct DeviationContext {
  consensus::ValidatorIndex self{};
  consensus::Committee const& committee;
  consensus::SigningKey& signer;
  consensus::Network& network;
  consensus::Journal& journal;
  consensus::Clock& clock;
  SimulatedExecutor& executor;
  LifeEvents events;
  Prng prng;
  FaultCounts& faults;
  // Sends a message as it is, whatever it says.
  std::function<void(consensus::SignerSet, Payload const&)> post;
  // The runner, as soon as there is one. Inputs given here are acted on in a later turn.
  std::function<consensus::Runner&()> runner;
  std::function<void()> turn;
};

class Deviation {
 public:
  virtual ~Deviation() = default;

  // What the runner is given instead of the real port.
  virtual consensus::Journal& journal(consensus::Journal& real) { return real; }
  virtual consensus::Network& network(consensus::Network& real) { return real; }

  // A message has come, and neither the runner nor anything else will know of it.
  virtual bool ignores(Opened const& /*message*/) { return false; }
  // A message has come and the runner has it too.
  virtual void heard(std::size_t /*from*/, Opened const& /*message*/) {}
  // The runner has obeyed everything there was.
  virtual void after_turn() {}
};

// Everyone but `self`.
consensus::SignerSet others(consensus::Committee const& committee, consensus::ValidatorIndex self);
// Each of the others with even chance.
consensus::SignerSet some(DeviationContext& context);

// The vote, certificate or proposal's vote of a message, as bytes that can be sent again.
std::optional<Payload> said_again(DeviationContext const& context, Opened const& message);

// The vote with the deviation's own, good, signature.
consensus::Vote signed_vote(DeviationContext const& context, consensus::Statement const& statement);

}  // namespace sim
