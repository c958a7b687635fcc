#include "tests/sim/deviation.h"

namespace sim {

consensus::SignerSet others(consensus::Committee const& committee, consensus::ValidatorIndex self) {
  auto set = consensus::SignerSet::first(committee.validators.size());
  set.erase(self);
  return set;
}

}  // namespace sim
