// It never proposes.

#include <utility>

#include "tests/sim/byzantine/byzantine.h"
#include "tests/sim/network_deviation.h"

namespace sim {
namespace {

class SilentLeader final : public NetworkDeviation {
 public:
  using NetworkDeviation::NetworkDeviation;

 private:
  using NetworkDeviation::send;

  void send(consensus::SignerSet, consensus::ProposalMessage const&) override {
    context_.faults.add(Fault::silent_lead);
  }
};

}  // namespace

std::unique_ptr<Deviation> make_silent_leader(DeviationContext context) {
  return std::make_unique<SilentLeader>(std::move(context));
}

}  // namespace sim
