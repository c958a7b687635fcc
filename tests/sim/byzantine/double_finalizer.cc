// It says FINALIZE for every block it sees before that is notarized, and for one that nobody has.

#include <utility>

#include "tests/sim/byzantine/byzantine.h"

namespace sim {
namespace {

class DoubleFinalizer final : public Deviation {
 public:
  explicit DoubleFinalizer(DeviationContext context) : context_{std::move(context)} {}

  void heard(std::size_t, Opened const& message) override {
    auto const* const proposal = std::get_if<consensus::ReceivedProposal>(&message);
    if (proposal == nullptr) return;
    auto statement = with_kind(proposal->vote->statement, consensus::VoteKind::finalize);
    context_.network.send(some(context_), signed_vote(context_, statement));
    statement.block.data[0] ^= 1;
    context_.network.send(some(context_), signed_vote(context_, statement));
    context_.faults.add(Fault::double_finalization);
  }

 private:
  DeviationContext context_;
};

}  // namespace

std::unique_ptr<Deviation> make_double_finalizer(DeviationContext context) {
  return std::make_unique<DoubleFinalizer>(std::move(context));
}

}  // namespace sim
