// The mutant keeps its votes and not their grounds: after a crash of all, nobody may be able to
// show the notarization that the chain was built on (SEED=591 of a version that did so).

#include <utility>

#include "tests/sim/journal_deviation.h"
#include "tests/sim/mutants/mutants.h"

namespace sim {
namespace {

class ForgetGrounds final : public JournalDeviation {
 public:
  using JournalDeviation::JournalDeviation;

 private:
  std::expected<void, consensus::DiskFailure> append_and_sync(
      consensus::JournalEntry const& entry) override {
    return context_.journal.append_and_sync({.grounds = {}, .votes = entry.votes});
  }
};

}  // namespace

std::unique_ptr<Deviation> make_forget_grounds(DeviationContext context) {
  return std::make_unique<ForgetGrounds>(std::move(context));
}

}  // namespace sim
