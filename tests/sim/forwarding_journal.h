// A Journal that keeps everything as it was told to: what a deviation that forgets or changes
// some of it starts from. Lives no longer than the journal behind it.

#pragma once

#include <expected>

#include "consensus/shell/ports.h"

namespace sim {

class ForwardingJournal : public consensus::Journal {
 public:
  explicit ForwardingJournal(consensus::Journal& real) : real_{real} {}

  std::expected<void, consensus::DiskFailure> append_and_sync(
      consensus::JournalEntry const& entry) override {
    return real_.append_and_sync(entry);
  }
  std::expected<void, consensus::DiskFailure> committed(consensus::View floor) override {
    return real_.committed(floor);
  }

 private:
  consensus::Journal& real_;
};

}  // namespace sim
