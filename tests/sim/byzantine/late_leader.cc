// It proposes when the others have nearly, or have, given its view up.

#include <utility>

#include "tests/sim/byzantine/byzantine.h"
#include "tests/sim/network_deviation.h"

namespace sim {
namespace {

// Around t_l = 500 ms and t_a = 750 ms.
constexpr std::uint64_t late_us_min = 400'000;
constexpr std::uint64_t late_us_max = 1'500'000;

class LateLeader final : public NetworkDeviation {
 public:
  using NetworkDeviation::NetworkDeviation;

 private:
  using NetworkDeviation::send;

  void send(consensus::SignerSet to, consensus::ProposalMessage const& proposal) override {
    context_.faults.add(Fault::late_lead);
    context_.events.after(context_.prng.between(late_us_min, late_us_max),
                          [this, to, proposal] { context_.network.send(to, proposal); });
  }
};

}  // namespace

std::unique_ptr<Deviation> make_late_leader(DeviationContext context) {
  return std::make_unique<LateLeader>(std::move(context));
}

}  // namespace sim
