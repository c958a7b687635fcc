// A deviation that says something else than the runner told it to, or at another time. What it
// does not override goes out as it is.

#pragma once

#include <utility>

#include "tests/sim/deviation.h"
#include "tests/sim/forwarding_network.h"

namespace sim {

class NetworkDeviation : public Deviation, protected ForwardingNetwork {
 public:
  explicit NetworkDeviation(DeviationContext context)
      : ForwardingNetwork{context.network}, context_{std::move(context)} {}

  consensus::Network& network(consensus::Network&) override { return *this; }

 protected:
  using ForwardingNetwork::send;

  DeviationContext context_;
};

}  // namespace sim
