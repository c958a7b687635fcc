// Its journal keeps nothing: with each crash it forgets what it has signed, and signs again.

#include <utility>

#include "tests/sim/byzantine/byzantine.h"
#include "tests/sim/journal_deviation.h"

namespace sim {
namespace {

class Amnesiac final : public JournalDeviation {
 public:
  using JournalDeviation::JournalDeviation;

 private:
  std::expected<void, consensus::DiskFailure> append_and_sync(
      consensus::JournalEntry const&) override {
    context_.faults.add(Fault::journal_forgotten);
    return {};
  }
};

}  // namespace

std::unique_ptr<Deviation> make_amnesiac(DeviationContext context) {
  return std::make_unique<Amnesiac>(std::move(context));
}

}  // namespace sim
