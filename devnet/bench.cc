#include "devnet/bench.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "devnet/bench_load.h"
#include "devnet/bench_mix.h"
#include "devnet/bench_network.h"
#include "devnet/bench_report.h"
#include "devnet/node_client.h"
#include "protocol/base/try.h"

namespace devnet {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto warm_up = std::chrono::seconds{2};
// On their way at once when nothing limits the rate: enough to fill blocks, and little enough
// that latency is not the length of a queue.
constexpr std::size_t window = 2'000;

// Submits `source` to one validator until the flight is stopped: one transaction every `interval`
// from `started` on, or, without an interval, as fast as it takes them.
void submit_all(NodeClient const& node, LoadSource& source, Flight& flight,
                Clock::time_point started, Clock::duration interval) {
  auto const paced = interval > Clock::duration::zero();
  std::int64_t sent = 0;
  std::vector<LoadTransaction> batch;
  while (true) {
    if (batch.empty()) {
      auto const size = paced ? std::size_t{1} : load_batch_max;
      for (std::size_t i = 0; i < size; ++i) batch.push_back(source.next());
    }
    if (paced) std::this_thread::sleep_until(started + sent * interval);
    if (!flight.depart(batch)) return;
    sent += static_cast<std::int64_t>(batch.size());
    batch = submit(node, std::move(batch)).transactions;
    for (auto const& refused : batch) flight.withdraw(refused.id);
    if (!batch.empty()) std::this_thread::sleep_for(load_full_pause);
  }
}

void follow(NodeClient const& node, Flight& flight, std::atomic<bool> const& over) {
  labor::v1::WatchEventsRequest request;
  request.mutable_filter()->set_cause_prefix("transfer");
  node.watch(request, [&](labor::v1::WatchEventsResponse const& message) {
    if (message.has_event()) {
      auto const id = protocol::TransactionId::from(message.transaction_id());
      if (id) flight.land(*id);
    }
    return !over.load();
  });
}

Result<BenchFigures> measure(BenchNetwork& network, BenchOptions const& options) {
  BenchFigures figures;
  figures.verify_per_second = measure_verify_rate();
  auto const& nodes = network.nodes();
  auto const chain = load_chain(nodes[0], options.accounts);
  if (!chain) return std::unexpected{std::string{"validator 0 gave no answer"}};
  Flight flight{options.rate == 0 ? window : std::size_t{options.rate} * 10};
  std::atomic<bool> over = false;
  std::jthread follower{[&] { follow(nodes[0], flight, over); }};
  // In turn, not all at once: the transactions of the whole network are evenly spaced.
  auto const spacing = options.rate == 0 ? Clock::duration::zero()
                                         : Clock::duration{std::chrono::seconds{1}} / options.rate;
  auto const started = Clock::now();
  std::vector<std::jthread> submitters;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    submitters.emplace_back([&, i] {
      LoadSource source{*chain, i, nodes.size()};
      auto const turn = static_cast<std::int64_t>(i);
      auto const turns = static_cast<std::int64_t>(nodes.size());
      submit_all(nodes[i], source, flight, started + turn * spacing, turns * spacing);
    });
  }
  std::this_thread::sleep_for(warm_up);
  auto const before = network.totals();
  auto const from = Clock::now();
  auto const own_before = process_cpu_us();
  std::this_thread::sleep_for(std::chrono::seconds{options.seconds});
  auto const to = Clock::now();
  auto const after = network.totals();
  figures.client_cpu_us = process_cpu_us() - own_before;
  flight.stop();
  submitters.clear();
  over = true;
  // Ends the follower's stream, which may wait for an event that never comes.
  auto const stopped = network.stop();
  if (!before) return std::unexpected{before.error()};
  if (!after) return std::unexpected{after.error()};
  TRY_VOID(stopped);
  figures.spent = spent_between(*before, *after);
  figures.seconds = std::chrono::duration<double>(to - from).count();
  figures.latencies_ms = flight.latencies_ms(from, to);
  constexpr double measurements = 2;
  figures.verify_per_second = (figures.verify_per_second + measure_verify_rate()) / measurements;
  return figures;
}

Result<> bench_transfers(BenchOptions const& options) {
  TRY(network, BenchNetwork::start(options));
  TRY(figures, measure(network, options));
  print_report(options, figures);
  return {};
}

// What is wrong with them; empty: nothing.
std::string misuse(BenchOptions const& options) {
  if (options.dead >= options.validators || options.accounts < options.validators) {
    return "at least one validator must live, and each needs an account";
  }
  return options.mix == labor_mix ? misuse_of_mix(options) : std::string{};
}

}  // namespace

int run_bench(BenchOptions const& options) {
  if (auto const wrong = misuse(options); !wrong.empty()) {
    fmt::print(stderr, "{}\n", wrong);
    constexpr int usage = 2;
    return usage;
  }
  auto const done = options.mix == labor_mix ? bench_mix(options) : bench_transfers(options);
  if (done) return 0;
  fmt::print(stderr, "{}\n", done.error());
  return 1;
}

}  // namespace devnet
