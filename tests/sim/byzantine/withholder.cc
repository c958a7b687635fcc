// It shows its blocks to as few as can notarize them with it, and answers no request.

#include <utility>
#include <variant>

#include "tests/sim/byzantine/byzantine.h"
#include "tests/sim/network_deviation.h"

namespace sim {
namespace {

class Withholder final : public NetworkDeviation {
 public:
  using NetworkDeviation::NetworkDeviation;

  bool ignores(Opened const& message) override {
    auto const request = std::holds_alternative<ViewRequest>(message) ||
                         std::holds_alternative<BodyRequest>(message) ||
                         std::holds_alternative<BlocksRequest>(message);
    if (request) context_.faults.add(Fault::body_withheld);
    return request;
  }

 private:
  using NetworkDeviation::send;

  void send(consensus::SignerSet to, consensus::ProposalMessage const& proposal) override {
    auto const enough = context_.committee.validators.quorum() - 1;
    consensus::SignerSet few;
    for (auto const member : to.members()) {
      if (few.size() < enough) few.insert(member);
    }
    context_.network.send(few, proposal);
    context_.faults.add(Fault::body_withheld);
  }
};

}  // namespace

std::unique_ptr<Deviation> make_withholder(DeviationContext context) {
  return std::make_unique<Withholder>(std::move(context));
}

}  // namespace sim
