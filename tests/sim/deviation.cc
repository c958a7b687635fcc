#include "tests/sim/deviation.h"

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

consensus::Vote signed_vote(DeviationContext const& context,
                            consensus::Statement const& statement) {
  return {statement, context.self, context.signer.sign(statement)};
}

}  // namespace sim
