// The mutant votes for every sound block of a view's leader, not only the first: harmless until a
// leader equivocates.

#include <set>
#include <utility>

#include "tests/sim/mutants/mutants.h"

namespace sim {
namespace {

class DoubleNotarize final : public Deviation {
 public:
  explicit DoubleNotarize(DeviationContext context) : context_{std::move(context)} {}

  void heard(std::size_t, Opened const& message) override {
    auto const* const proposal = std::get_if<consensus::ReceivedProposal>(&message);
    if (proposal == nullptr || !proposal->block) return;
    auto const& statement = proposal->vote->statement;
    auto const own = context_.runner().state().safety.own(statement.view);
    if (!own.notarize || own.notarize->block == statement.block) return;
    if (!said_.insert(statement).second) return;
    auto const vote = signed_vote(context_, statement);
    (void)context_.journal.append_and_sync({.grounds = {}, .votes = {vote}});
    context_.network.send(others(context_.committee, context_.self), vote);
  }

 private:
  DeviationContext context_;
  std::set<consensus::Statement> said_;
};

}  // namespace

std::unique_ptr<Deviation> make_double_notarize(DeviationContext context) {
  return std::make_unique<DoubleNotarize>(std::move(context));
}

}  // namespace sim
