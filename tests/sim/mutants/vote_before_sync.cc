// The mutant syncs in the background: append_and_sync() returns at once, the votes leave, and the
// disk has them a little later. A crash in between forgets what others have heard.

#include <cstdint>
#include <utility>

#include "tests/sim/journal_deviation.h"
#include "tests/sim/mutants/mutants.h"

namespace sim {
namespace {

constexpr std::uint64_t background_us = 10'000;

class VoteBeforeSync final : public JournalDeviation {
 public:
  using JournalDeviation::JournalDeviation;

 private:
  std::expected<void, consensus::DiskFailure> append_and_sync(
      consensus::JournalEntry const& entry) override {
    context_.events.after(background_us,
                          [this, entry] { (void)context_.journal.append_and_sync(entry); });
    return {};
  }
};

}  // namespace

std::unique_ptr<Deviation> make_vote_before_sync(DeviationContext context) {
  return std::make_unique<VoteBeforeSync>(std::move(context));
}

}  // namespace sim
