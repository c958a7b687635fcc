// Its journal keeps nothing: with each crash it forgets what it has signed, and signs again.

#include <utility>

#include "tests/sim/byzantine/byzantine.h"

namespace sim {
namespace {

class Amnesiac final : public Deviation, private consensus::Journal {
 public:
  explicit Amnesiac(DeviationContext context) : context_{std::move(context)} {}

  consensus::Journal& journal(consensus::Journal&) override { return *this; }

 private:
  std::expected<void, consensus::DiskFailure> append_and_sync(
      consensus::JournalEntry const&) override {
    context_.faults.add(Fault::journal_forgotten);
    return {};
  }
  std::expected<void, consensus::DiskFailure> committed(consensus::View floor) override {
    return context_.journal.committed(floor);
  }

  DeviationContext context_;
};

}  // namespace

std::unique_ptr<Deviation> make_amnesiac(DeviationContext context) {
  return std::make_unique<Amnesiac>(std::move(context));
}

}  // namespace sim
