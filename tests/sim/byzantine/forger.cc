// It makes certificates of what is being voted on, with signatures that it has made up.

#include <utility>
#include <variant>
#include <vector>

#include "tests/sim/byzantine/byzantine.h"

namespace sim {
namespace {

class Forger final : public Deviation {
 public:
  explicit Forger(DeviationContext context) : context_{std::move(context)} {}

  void heard(std::size_t, Opened const& message) override {
    auto const* const vote = std::get_if<consensus::Verified<consensus::Vote>>(&message);
    if (vote == nullptr || !context_.prng.one_in(4)) return;
    auto const& validators = context_.committee.validators;
    auto const count = validators.quorum() - (context_.prng.one_in(4) ? 1 : 0);
    consensus::Certificate forged{.statement = (*vote)->statement,
                                  .signers = consensus::SignerSet::first(count),
                                  .signatures = std::vector(count, (*vote)->signature)};
    context_.post(some(context_), wire(forged, validators));
    context_.faults.add(Fault::forged_proof);
  }

 private:
  DeviationContext context_;
};

}  // namespace

std::unique_ptr<Deviation> make_forger(DeviationContext context) {
  return std::make_unique<Forger>(std::move(context));
}

}  // namespace sim
