#include "tests/e2e/ordeal.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "protocol/base/try.h"
#include "tests/e2e/dead_leader.h"
#include "tests/e2e/load.h"

namespace e2e {
namespace {

using devnet::Network;
using devnet::Result;
using Clock = std::chrono::steady_clock;

constexpr int deadline_ms = 60'000;

double ms_of(Clock::duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

class Ordeal {
 public:
  Ordeal(OrdealOptions const& options, Network& network)
      : options_{options},
        network_{network},
        load_{network, {.clients = options.clients}},
        witness_{load_.witness()},
        schedule_{options.seed, options.validators} {}
  Result<OrdealReport> run() {
    auto done = begin();
    while (done && !options_.enough(schedule_.even())) done = play(schedule_.next());
    if (done) done = end();
    if (done) return std::move(report_);
    return std::unexpected{done.error() + "\n" + load_.state()};
  }

 private:
  Result<> begin() {
    TRY_VOID(network_.start_all());
    TRY_VOID(network_.wait_ready(deadline_ms));
    for (auto const& node : load_.nodes()) {
      auto const info = node.info();
      if (!info) return std::unexpected{std::string{"a validator gives no answer"}};
      seats_.push_back(info->validator_index());
    }
    TRY_VOID(load_.begin());
    return finalizes_beyond(0, "under load");
  }

  Result<> finalizes_beyond(std::uint64_t height, std::string const& when) const {
    if (witness_.wait_beyond(height, deadline_ms)) return {};
    return std::unexpected{
        fmt::format("no new final block {} within {} s", when, deadline_ms / 1000)};
  }

  // Without a quorum: what was under way becomes final, and then nothing.
  Result<> falls_silent(int silence_ms) const {
    auto const until = Clock::now() + std::chrono::milliseconds{deadline_ms};
    while (witness_.wait_beyond(witness_.height(), silence_ms)) {
      if (Clock::now() > until) return std::unexpected{std::string{"finality without a quorum"}};
    }
    return {};
  }

  Result<> play(Perturbation const& perturbation) {
    (void)witness_.take_longest_silence();
    auto const before = witness_.height();
    Recovery recovery{.kind = perturbation.kind, .quorum_lost = perturbation.takes_quorum};
    TRY_VOID(perturbation.strike(network_));
    if (perturbation.takes_quorum) {
      TRY_VOID(falls_silent(perturbation.silence_ms));
    } else {
      TRY_VOID(finalizes_beyond(before + perturbation.blocks, "while " + perturbation.what));
      recovery.silence_ms = ms_of(witness_.take_longest_silence());
    }
    auto const height = witness_.height();
    if (perturbation.kind == "kill")
      kills_.push_back({.seats = seats_of(perturbation.victims), .from = before, .to = height});
    auto const healed = Clock::now();
    // What was final before, and is told only now, is not new.
    auto const healed_at_ms = witness_.now_ms();
    TRY_VOID(perturbation.heal(network_));
    if (!witness_.wait_made_since(healed_at_ms, deadline_ms)) {
      return std::unexpected{"no new final block after " + perturbation.what};
    }
    recovery.final_ms = ms_of(Clock::now() - healed);
    for (auto const victim : perturbation.victims) {
      if (witness_.wait_reached(victim, height + 1, deadline_ms)) continue;
      return std::unexpected{fmt::format("validator {} does not come back after {} within {} s",
                                         victim, perturbation.what, deadline_ms / 1000)};
    }
    recovery.caught_up_ms = ms_of(Clock::now() - healed);
    options_.say(fmt::format(
        "{:>6.1f} s  height {:>6}  {:<12} {}: final again after {:.0f} ms, all after {:.0f} ms",
        ms_of(Clock::now() - began_) / 1000, height, perturbation.kind, perturbation.what,
        recovery.final_ms, recovery.caught_up_ms));
    report_.recoveries.push_back(recovery);
    if (auto const objection = witness_.objection(); !objection.empty()) {
      return std::unexpected{objection};
    }
    if (recovery.final_ms <= recovery_timeouts_max * capped_timeout_ms) return {};
    return std::unexpected{fmt::format(
        "after {} the first new final block took {:.0f} ms, more than {} capped "
        "time-outs of {} ms",
        perturbation.what, recovery.final_ms, recovery_timeouts_max, capped_timeout_ms)};
  }

  Result<> end() {
    TRY_VOID(load_.finish(deadline_ms));
    DeadLeaders leaders{kills_, seats_.size()};
    TRY(agreed, load_.agreement([&](auto const& header) { leaders.look(header); }));
    report_.agreement = agreed;
    report_.timeouts_paid = leaders.paid();
    report_.timeouts_paid_at_once_max = leaders.paid_by_one_kill_max();
    report_.turns_skipped = leaders.skipped();
    report_.transactions = witness_.transactions();
    report_.receipts = witness_.receipts();
    return network_.stop_all();
  }

  std::vector<unsigned> seats_of(std::vector<unsigned> const& numbers) const {
    std::vector<unsigned> seats;
    for (auto const number : numbers) seats.push_back(seats_[number]);
    return seats;
  }

  OrdealOptions const& options_;
  Network& network_;
  Load load_;
  Witness& witness_;
  std::vector<unsigned> seats_;  // Of the validators, in the set.
  Schedule schedule_;
  std::vector<Kill> kills_;
  OrdealReport report_;
  Clock::time_point began_ = Clock::now();
};

}  // namespace

Result<OrdealReport> run_ordeal(OrdealOptions const& options) {
  TRY(network, Network::create(options.home, {.validators = options.validators,
                                              .seed = "ordeal",
                                              .port_base = 0,
                                              .proxied = true,
                                              .accounts = Load::accounts}));
  Ordeal ordeal{options, network};
  return ordeal.run();
}

}  // namespace e2e
