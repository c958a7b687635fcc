// What the engine remembers of consensus for those who ask: since when it is in its view, when
// something last became final, what its validators are called; and who waits for a report.
//
// Threads: the loop's, or before it starts; but status() and report() any.

#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "node/engine/consensus_report.h"
#include "node/engine/epoch_run.h"
#include "node/engine/loop.h"

namespace node {

class ConsensusWatch {
 public:
  using Told = std::function<void(ConsensusReport const&)>;

  ConsensusWatch(Loop& loop, PresentEpoch const& present) : loop_{loop}, present_{present} {}

  // The present one has just become it; `members` are its validators.
  void epoch_begins(std::vector<Member> members);
  // After each turn of its runner.
  void turned(EpochRun& epoch, std::vector<Accusation> accusations);

  ConsensusStatus status() const;
  // As Engine::report().
  bool report(Told told);

 private:
  void tell();

  Loop& loop_;
  PresentEpoch const& present_;

  // On the loop.
  std::vector<Member> members_;
  std::chrono::steady_clock::time_point entered_{};
  std::optional<std::chrono::steady_clock::time_point> concluded_;

  mutable std::mutex mutex_;  // Guards what follows.
  ConsensusStatus status_;
  std::vector<Told> to_tell_;
};

}  // namespace node
