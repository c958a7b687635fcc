#include "tests/sim/campaign.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "protocol/base/check.h"
#include "tests/support/prng.h"

namespace sim {
namespace {

thread_local std::uint64_t running_seed_of_thread = 0;

// Hands out seeds in ascending order and takes their reports in any order. Because seeds start in
// order, when a seed fails every lower one has started too, and the lowest failure is known once
// all threads are done.
class Ledger {
 public:
  explicit Ledger(CampaignOptions const& options)
      : options_{options}, next_{options.first_seed}, last_{options.last_seed} {}

  std::optional<std::uint64_t> take() {
    std::scoped_lock const lock{mutex_};
    if (next_ > last_ || options_.enough()) return std::nullopt;
    return next_++;
  }

  void put(SeedReport report) {
    std::scoped_lock const lock{mutex_};
    if (report.violation) last_ = std::min(last_, report.seed);
    waiting_.emplace(report.seed, std::move(report));
    while (!waiting_.empty() && waiting_.begin()->first == options_.first_seed + report_.seeds) {
      add(waiting_.begin()->second);
      waiting_.erase(waiting_.begin());
    }
  }

  CampaignReport result() && { return std::move(report_); }

 private:
  void add(SeedReport& seed) {
    ++report_.seeds;
    if (report_.failed) return;
    auto& total = report_.total;
    total.final_blocks += seed.final_blocks;
    total.commits += seed.commits;
    total.transactions += seed.transactions;
    total.crashes += seed.crashes;
    total.stops += seed.stops;
    total.nullified_views += seed.nullified_views;
    total.simulated_us += seed.simulated_us;
    total.faults.add(seed.faults);
    total.rules.add(seed.rules);
    total.set_changes.add(seed.set_changes);
    total.absences += seed.absences;
    total.trace_hash = mix(total.trace_hash + seed.trace_hash + 1);
    if (seed.violation) report_.failed = std::move(seed);
  }

  CampaignOptions const& options_;
  std::mutex mutex_;
  std::uint64_t next_;
  std::uint64_t last_;
  std::map<std::uint64_t, SeedReport> waiting_;
  CampaignReport report_;
};

}  // namespace

std::uint64_t running_seed() {
  return running_seed_of_thread;
}

CampaignReport run_campaign(CampaignOptions const& options) {
  CHECK(options.jobs > 0 && !options.validators.empty());
  Ledger ledger{options};
  auto const work = [&] {
    while (auto const seed = ledger.take()) {
      running_seed_of_thread = *seed;
      ledger.put(run_seed({.seed = *seed,
                           .validators = options.validators[*seed % options.validators.size()],
                           .mutant = options.mutant,
                           .left_out = options.left_out,
                           .trace = options.trace}));
      running_seed_of_thread = 0;
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < options.jobs; ++i) threads.emplace_back(work);
    work();
  }
  return std::move(ledger).result();
}

}  // namespace sim
