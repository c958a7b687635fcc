#include "devnet/bench_mix.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "devnet/bench_labor.h"
#include "devnet/bench_network.h"
#include "devnet/bench_report.h"
#include "devnet/time_travel.h"
#include "protocol/base/try.h"
#include "protocol/limits.h"
#include "protocol/work/calendar.h"

namespace devnet {
namespace {

namespace limits = protocol::limits;

using Clock = BenchLabor::Clock;

constexpr std::uint32_t slices = 6;
// Until contracts have been worked to their end, and what is said is the mix of whole ones.
constexpr auto first_warm_up = std::chrono::seconds{6};
// Of each slice, before it is measured: until as much is on its way as will be all the time.
constexpr auto warm_up = std::chrono::seconds{1};
constexpr std::uint64_t hour_ms = 60 * limits::minute_ms;

double seconds_between(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

// One of the networks that are measured.
struct Subject {
  BenchNetwork network;
  std::unique_ptr<BenchLabor> labor;  // Uses the network's nodes.
  MixFigures figures;
};

// Weeks that are funded end on Monday, and hours of them are logged until noon: a run that begins
// shortly before begins after instead.
Result<> begin_within_a_week(BenchNetwork& network) {
  auto const info = network.nodes()[0].info();
  if (!info) return std::unexpected{std::string{"validator 0 gave no answer"}};
  auto const over_ms = work::since_monday_ms(info->now_ms());
  if (over_ms + limits::day_ms < limits::week_ms) return {};
  TRY_VOID(pass_time(network.network(), limits::day_ms));
  return {};
}

Result<Subject> open_contracts(BenchOptions const& options) {
  TRY(network, BenchNetwork::start(options));
  TRY_VOID(begin_within_a_week(network));
  auto const from = Clock::now();
  TRY(labor, BenchLabor::begin(network.nodes(),
                               {.people = bench_people(options.accounts, options.contracts),
                                .contracts = options.contracts,
                                .seed = options.seed}));
  TRY_VOID(labor->hire());
  Subject subject{.network = std::move(network), .labor = std::move(labor), .figures = {}};
  subject.figures.options = options;
  subject.figures.set_up_seconds = seconds_between(from, Clock::now());
  fmt::print(stderr, "{} accounts: {} contracts signed and funded in {:.1f} s\n", options.accounts,
             options.contracts, subject.figures.set_up_seconds);
  TRY_VOID(pass_time(subject.network.network(), hour_ms));
  TRY_VOID(subject.labor->work_until(Clock::now() + first_warm_up));
  TRY_VOID(subject.labor->drain());
  return subject;
}

Result<> measure_slice(Subject& subject) {
  TRY_VOID(pass_time(subject.network.network(), hour_ms));
  auto& labor = *subject.labor;
  auto& common = subject.figures.common;
  TRY_VOID(labor.work_until(Clock::now() + warm_up));
  auto const before = subject.network.totals();
  auto const own_before = process_cpu_us();
  auto const from = Clock::now();
  auto const length = std::chrono::seconds{subject.figures.options.seconds} / double{slices};
  TRY_VOID(labor.work_until(from + std::chrono::duration_cast<Clock::duration>(length)));
  auto const to = Clock::now();
  common.client_cpu_us += process_cpu_us() - own_before;
  auto const after = subject.network.totals();
  TRY_VOID(labor.drain());
  if (!before) return std::unexpected{before.error()};
  if (!after) return std::unexpected{after.error()};
  auto const latencies_ms = labor.latencies_ms(from, to);
  auto const seconds = seconds_between(from, to);
  subject.figures.rates.push_back(static_cast<double>(latencies_ms.size()) / seconds);
  common.latencies_ms.insert(common.latencies_ms.end(), latencies_ms.begin(), latencies_ms.end());
  common.seconds += seconds;
  common.spent = spent_in_both(common.spent, spent_between(*before, *after));
  return {};
}

// What is wrong with a network of so many contracts; empty: nothing.
std::string misuse_of(std::uint64_t accounts, std::uint64_t contracts) {
  auto const people = bench_people(accounts, contracts);
  if (people > 0 && contracts <= bench_contracts_max(people)) return {};
  return fmt::format("{} accounts can have from 1 to {} contracts open", accounts,
                     bench_contracts_max(bench_people(accounts, accounts)));
}

std::string sentence_on(BenchContracts const& contracts) {
  auto text = fmt::format("{} messages were refused", contracts.refused());
  for (auto const& refusal : contracts.refusals()) text += "\n  " + refusal;
  return text;
}

}  // namespace

std::string misuse_of_mix(BenchOptions const& options) {
  if (options.rate > 0) return "people at work have no rate: --rate is for transfers";
  auto wrong = misuse_of(options.accounts, options.contracts);
  if (!wrong.empty() || options.against_accounts == 0) return wrong;
  return misuse_of(options.against_accounts, options.against_contracts);
}

Result<> bench_mix(BenchOptions const& options) {
  std::vector<Subject> subjects;
  if (options.against_accounts > 0) {
    auto against = options;
    against.home += "-against";
    against.accounts = options.against_accounts;
    against.contracts = options.against_contracts;
    TRY(subject, open_contracts(against));
    subjects.push_back(std::move(subject));
  }
  TRY(subject, open_contracts(options));
  subjects.push_back(std::move(subject));

  auto const checks_before = measure_verify_rate();
  for (std::uint32_t slice = 0; slice < slices; ++slice) {
    for (auto& each : subjects) TRY_VOID(measure_slice(each));
  }
  auto const checks_after = measure_verify_rate();
  for (auto& [network, labor, figures] : subjects) {
    constexpr double measurements = 2;
    figures.common.verify_per_second = (checks_before + checks_after) / measurements;
    std::ranges::sort(figures.common.latencies_ms);
    figures.contracts_open = labor->contracts().open();
    figures.messages = labor->contracts().tallies();
  }
  print_mix_report(subjects.back().figures,
                   subjects.size() > 1 ? &subjects.front().figures : nullptr);
  for (auto const& each : subjects) {
    auto const& contracts = each.labor->contracts();
    if (contracts.refused() > 0) return std::unexpected{sentence_on(contracts)};
  }
  return {};
}

}  // namespace devnet
