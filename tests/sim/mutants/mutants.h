// Deliberate faults that the oracle must catch, each by name: a test of the test. They wrap the
// ports and feed the runner; the shipped sources hold no switch for them.
// Those that no wrapper reaches are patches: patched.h.

#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "tests/sim/deviation.h"
#include "tests/sim/life.h"

namespace sim {

struct WrappedMutant {
  std::string_view name;
  std::string_view where;
  std::string_view says;
  std::unique_ptr<Deviation> (*make)(DeviationContext);
};

std::span<WrappedMutant const> wrapped_mutants();

// CHECKs that there is one of this name.
MakeDeviation mutant(std::string const& name);

std::unique_ptr<Deviation> make_quorum_minus_one(DeviationContext context);
std::unique_ptr<Deviation> make_vote_before_sync(DeviationContext context);
std::unique_ptr<Deviation> make_finalize_after_nullify(DeviationContext context);
std::unique_ptr<Deviation> make_double_notarize(DeviationContext context);
std::unique_ptr<Deviation> make_forget_grounds(DeviationContext context);

}  // namespace sim
