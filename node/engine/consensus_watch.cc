#include "node/engine/consensus_watch.h"

#include <cstdint>
#include <utility>

namespace node {
namespace {

// Reports asked for and not made yet. One is made for all that wait.
constexpr std::size_t reports_max = 16;

std::uint64_t ms_since(std::chrono::steady_clock::time_point then) {
  auto const passed = std::chrono::steady_clock::now() - then;
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(passed).count());
}

ConsensusStatus status_of(EpochRun& epoch) {
  auto const& state = epoch.runner().state();
  return {.epoch = epoch.committee().epoch,
          .validators = epoch.committee().validators.size(),
          .self = epoch.self(),
          .view = state.current,
          .final_view = state.safety.floor(),
          .backoff_level = state.backoff_level,
          .accusations = {}};
}

}  // namespace

void ConsensusWatch::epoch_begins(std::vector<Member> members) {
  members_ = std::move(members);
  entered_ = std::chrono::steady_clock::now();
  std::lock_guard const lock{mutex_};
  status_ = status_of(*present_.get());
}

void ConsensusWatch::turned(EpochRun& epoch, std::vector<Accusation> accusations) {
  auto now = status_of(epoch);
  now.accusations = std::move(accusations);
  std::lock_guard const lock{mutex_};
  if (now.view != status_.view) entered_ = std::chrono::steady_clock::now();
  if (now.final_view != status_.final_view) concluded_ = std::chrono::steady_clock::now();
  status_ = std::move(now);
}

ConsensusStatus ConsensusWatch::status() const {
  std::lock_guard const lock{mutex_};
  return status_;
}

bool ConsensusWatch::report(Told told) {
  {
    std::lock_guard const lock{mutex_};
    if (to_tell_.size() >= reports_max) return false;
    to_tell_.push_back(std::move(told));
    if (to_tell_.size() > 1) return true;  // One is under way.
  }
  loop_.post([this] { tell(); });
  return true;
}

void ConsensusWatch::tell() {
  auto const epoch = present_.get();
  auto const& runner = epoch->runner();
  auto report = ConsensusReport{.situation = consensus::situation(epoch->config(), runner.state()),
                                .members = members_,
                                .timers = loop_.due(),
                                .view_age_ms = ms_since(entered_),
                                .final_age_ms = {},
                                .fetched_from = runner.fetched_from(),
                                .unsigned_votes = runner.unsigned_votes(),
                                .accusations = {}};
  if (concluded_) report.final_age_ms = ms_since(*concluded_);
  std::vector<Told> waiting;
  {
    std::lock_guard const lock{mutex_};
    waiting.swap(to_tell_);
    report.accusations = status_.accusations;
  }
  for (auto const& told : waiting) told(report);
}

}  // namespace node
