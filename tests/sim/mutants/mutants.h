// Deliberate faults that the oracle must catch, each by name: a test of the test. They wrap the
// ports and feed the runner; the shipped sources hold no switch for them.
//
//   quorum-minus-one         q - 1 votes count as a certificate
//   vote-before-sync         votes leave first and become durable later
//   finalize-after-nullify   FINALIZE(v) although NULLIFY(v) was said
//   double-notarize          a second NOTARIZE in a view, for the second block of its leader
//   forget-grounds           the journal keeps votes without the certificates they relied on

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/sim/deviation.h"
#include "tests/sim/life.h"

namespace sim {

std::vector<std::string> mutant_names();

// CHECKs that there is one of this name.
MakeDeviation mutant(std::string const& name);

std::unique_ptr<Deviation> make_quorum_minus_one(DeviationContext context);
std::unique_ptr<Deviation> make_vote_before_sync(DeviationContext context);
std::unique_ptr<Deviation> make_finalize_after_nullify(DeviationContext context);
std::unique_ptr<Deviation> make_double_notarize(DeviationContext context);
std::unique_ptr<Deviation> make_forget_grounds(DeviationContext context);

}  // namespace sim
