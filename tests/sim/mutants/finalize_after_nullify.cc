// The mutant forgets that it has nullified a view: when the view's notarization turns up after
// all, it says FINALIZE too (ava 280).

#include <set>
#include <utility>

#include "tests/sim/mutants/mutants.h"

namespace sim {
namespace {

class FinalizeAfterNullify final : public Deviation {
 public:
  explicit FinalizeAfterNullify(DeviationContext context) : context_{std::move(context)} {}

  void after_turn() override {
    auto const& safety = context_.runner().state().safety;
    for (auto const& [view, own] : safety.own()) {
      auto const notarization = safety.notarizations().find(view);
      if (!own.nullify || own.finalize || notarization == safety.notarizations().end()) continue;
      if (!said_.insert(view).second) continue;
      auto const statement =
          with_kind(notarization->second.statement, consensus::VoteKind::finalize);
      auto const vote = signed_vote(context_, statement);
      (void)context_.journal.append_and_sync({.grounds = {}, .votes = {vote}});
      context_.network.send(others(context_.committee, context_.self), vote);
    }
  }

 private:
  DeviationContext context_;
  std::set<consensus::View> said_;
};

}  // namespace

std::unique_ptr<Deviation> make_finalize_after_nullify(DeviationContext context) {
  return std::make_unique<FinalizeAfterNullify>(std::move(context));
}

}  // namespace sim
