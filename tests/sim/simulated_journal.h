// The journal of one node's own votes, in the product's own format, on the simulated disk.

#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <vector>

#include "consensus/shell/journal_record.h"
#include "consensus/shell/ports.h"
#include "tests/sim/power.h"
#include "tests/sim/simulated_disk.h"

namespace sim {

class SimulatedJournal final : public consensus::Journal {
 public:
  // Creates the file where there is none; drops a torn tail. What is damaged is a violation,
  // for simulated disks lose only what was never synced: throws Stopped.
  SimulatedJournal(SimulatedDisk& disk, Power& power);

  // As found at the start.
  consensus::Replay const& replayed() const { return replayed_; }

  // Told of every vote once it is durable.
  void on_durable(std::function<void(consensus::Vote const&)> listener) {
    durable_ = std::move(listener);
  }

  std::expected<void, consensus::DiskFailure> append_and_sync(
      std::vector<consensus::Vote> const& votes) override;
  std::expected<void, consensus::DiskFailure> committed(consensus::View) override { return {}; }

 private:
  Power& power_;
  std::unique_ptr<node::File> file_;
  std::uint64_t end_ = 0;
  consensus::Replay replayed_;
  std::function<void(consensus::Vote const&)> durable_ = [](consensus::Vote const&) {};
};

}  // namespace sim
