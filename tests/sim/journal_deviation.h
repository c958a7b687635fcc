// A deviation that keeps something else than the runner told it to, or at another time. What it
// does not override is kept as it is.

#pragma once

#include <utility>

#include "tests/sim/deviation.h"
#include "tests/sim/forwarding_journal.h"

namespace sim {

class JournalDeviation : public Deviation, protected ForwardingJournal {
 public:
  explicit JournalDeviation(DeviationContext context)
      : ForwardingJournal{context.journal}, context_{std::move(context)} {}

  consensus::Journal& journal(consensus::Journal&) override { return *this; }

 protected:
  DeviationContext context_;
};

}  // namespace sim
