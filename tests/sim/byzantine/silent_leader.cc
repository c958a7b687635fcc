// It never proposes.

#include <utility>

#include "tests/sim/byzantine/byzantine.h"
#include "tests/sim/forwarding_network.h"

namespace sim {
namespace {

class SilentLeader final : public Deviation, private ForwardingNetwork {
 public:
  explicit SilentLeader(DeviationContext context)
      : ForwardingNetwork{context.network}, context_{std::move(context)} {}

  consensus::Network& network(consensus::Network&) override { return *this; }

 private:
  using ForwardingNetwork::send;

  void send(consensus::SignerSet, consensus::ProposalMessage const&) override {
    context_.faults.add(Fault::silent_lead);
  }

  DeviationContext context_;
};

}  // namespace

std::unique_ptr<Deviation> make_silent_leader(DeviationContext context) {
  return std::make_unique<SilentLeader>(std::move(context));
}

}  // namespace sim
