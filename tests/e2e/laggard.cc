#include "tests/e2e/laggard.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include "protocol/base/try.h"
#include "tests/e2e/load.h"

namespace e2e {
namespace {

using devnet::Network;
using devnet::Result;
using Clock = std::chrono::steady_clock;

constexpr unsigned laggard = 3;
// The last one of four; nobody begins with a validator that is away.
constexpr std::size_t clients = 3;
constexpr int deadline_ms = 60'000;

// What has become final so far.
struct Mark {
  Clock::time_point at;
  std::uint64_t height = 0;
  std::size_t transactions = 0;
};

Mark mark(Witness const& witness) {
  return {.at = Clock::now(), .height = witness.height(), .transactions = witness.transactions()};
}

Pace pace(Mark const& from, Mark const& to) {
  auto const seconds = std::chrono::duration<double>(to.at - from.at).count();
  return {.seconds = seconds,
          .blocks_per_second = static_cast<double>(to.height - from.height) / seconds,
          .transactions_per_second =
              static_cast<double>(to.transactions - from.transactions) / seconds};
}

Result<> grow(Witness const& witness, std::uint64_t blocks) {
  auto const goal = witness.height() + blocks;
  while (witness.height() < goal) {
    if (witness.wait_beyond(witness.height(), deadline_ms)) continue;
    return std::unexpected{std::string{"no new final block"}};
  }
  return {};
}

// A validator has a machine of its own, and what it computes to catch up costs the others nothing;
// here all share one. So it gets what they leave: its threads, and the session that Linux schedules
// as a group (sched(7), autogroup). What its requests and messages cost the others remains.
void leave_cores_to_others(pid_t process) {
  constexpr int lowest = 19;
  auto const folder = std::filesystem::path{"/proc"} / std::to_string(process);
  std::ofstream{folder / "autogroup"} << lowest;
  std::error_code gone;
  for (auto const& thread : std::filesystem::directory_iterator{folder / "task", gone}) {
    auto const id = static_cast<id_t>(std::stoul(thread.path().filename().string()));
    ::setpriority(PRIO_PROCESS, id, lowest);
  }
}

Result<LaggardReport> lag(LaggardOptions const& options, Network& network, Load& load) {
  TRY_VOID(network.start_all());
  TRY_VOID(network.wait_ready(deadline_ms));
  TRY_VOID(load.begin());
  auto const& witness = load.witness();
  constexpr std::uint64_t warm_up_blocks = 100;
  TRY_VOID(grow(witness, warm_up_blocks));
  TRY_VOID(network.kill_validator(laggard));
  auto const left = witness.height();
  // The rate before is that of the last fifth, which has long forgotten the death.
  TRY_VOID(grow(witness, options.blocks * 4 / 5));
  auto const middle = mark(witness);
  TRY_VOID(grow(witness, options.blocks - options.blocks * 4 / 5));
  LaggardReport report;
  auto const back = mark(witness);
  report.behind = back.height - left;
  report.before = pace(middle, back);
  options.say(fmt::format("validator {} comes back {} blocks behind", laggard, report.behind));
  TRY_VOID(network.start_validator(laggard));
  leave_cores_to_others(network.validators()[laggard].process.pid);
  // Level with the others: it tells the newest block as they do.
  constexpr std::uint64_t level_blocks = 3;
  while (witness.height(laggard) + level_blocks < witness.height()) {
    auto const height = witness.height(laggard);
    if (witness.wait_reached(laggard, height + 1, deadline_ms)) continue;
    return std::unexpected{fmt::format("the laggard stays at height {}", height)};
  }
  auto const level = mark(witness);
  report.meanwhile = pace(back, level);
  TRY_VOID(grow(witness, options.blocks / 5));
  report.after = pace(level, mark(witness));
  TRY_VOID(load.finish(deadline_ms));
  TRY(agreed, load.agreement());
  report.agreement = agreed;
  return report;
}

}  // namespace

Result<LaggardReport> run_laggard(LaggardOptions const& options) {
  TRY(network, Network::create(options.home, {.validators = laggard + 1,
                                              .seed = "laggard",
                                              .port_base = 0,
                                              .proxied = false,
                                              .accounts = Load::accounts}));
  Load load{network, {.clients = clients}};
  auto report = lag(options, network, load);
  if (!report) return std::unexpected{report.error() + "\n" + load.state()};
  return report;
}

}  // namespace e2e
