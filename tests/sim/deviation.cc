#include "tests/sim/deviation.h"

#include <variant>

namespace sim {

consensus::SignerSet others(consensus::Committee const& committee, consensus::ValidatorIndex self) {
  auto set = consensus::SignerSet::first(committee.validators.size());
  set.erase(self);
  return set;
}

consensus::SignerSet some(DeviationContext& context) {
  auto set = others(context.committee, context.self);
  for (auto const member : set.members()) {
    if (context.prng.one_in(2)) set.erase(member);
  }
  return set;
}

std::optional<Payload> said_again(DeviationContext const& context, Opened const& message) {
  if (auto const* vote = std::get_if<consensus::Verified<consensus::Vote>>(&message)) {
    return wire(**vote);
  }
  if (auto const* certificate =
          std::get_if<consensus::Verified<consensus::Certificate>>(&message)) {
    return wire(**certificate, context.committee.validators);
  }
  if (auto const* proposal = std::get_if<consensus::ReceivedProposal>(&message)) {
    return wire(*proposal->vote);
  }
  return std::nullopt;
}

consensus::Vote signed_vote(DeviationContext const& context,
                            consensus::Statement const& statement) {
  return {statement, context.self, context.signer.sign(statement)};
}

}  // namespace sim
