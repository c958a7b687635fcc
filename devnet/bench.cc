#include "devnet/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "devnet/bench_load.h"
#include "devnet/bench_report.h"
#include "devnet/network.h"
#include "devnet/node_client.h"
#include "devnet/waiting.h"
#include "protocol/base/try.h"

namespace devnet {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int ready_timeout_ms = 120'000;
constexpr auto warm_up = std::chrono::seconds{2};
// On their way at once when nothing limits the rate: enough to fill blocks, and little enough
// that latency is not the length of a queue.
constexpr std::size_t window = 2'000;
constexpr std::size_t batch_max = 50;

using Nodes = std::vector<NodeClient>;

// Finished signature checks a second, on all cores at once.
double measure_verify_rate() {
  auto const key = bench_key(0);
  std::string const message(250, 'x');  // About a transfer's size.
  auto const signature = key.sign(base::bytes_of(message));
  auto const public_key = key.public_key();
  std::atomic<std::uint64_t> checks = 0;
  auto const until = Clock::now() + std::chrono::seconds{2};
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) {
      threads.emplace_back([&] {
        std::uint64_t mine = 0;
        while (Clock::now() < until) {
          if (crypto::verify(public_key, base::bytes_of(message), signature)) ++mine;
        }
        checks += mine;
      });
    }
  }
  return static_cast<double>(checks.load()) / 2;
}

// Submits `source` to one validator until the flight is stopped: one transaction every `interval`
// from `started` on, or, without an interval, as fast as it takes them.
void submit_all(NodeClient const& node, LoadSource& source, Flight& flight,
                Clock::time_point started, Clock::duration interval) {
  auto const paced = interval > Clock::duration::zero();
  std::int64_t sent = 0;
  std::vector<LoadTransaction> batch;
  while (true) {
    if (batch.empty()) {
      auto const size = paced ? std::size_t{1} : batch_max;
      for (std::size_t i = 0; i < size; ++i) batch.push_back(source.next());
    }
    if (paced) std::this_thread::sleep_until(started + sent * interval);
    if (!flight.depart(batch)) return;
    std::vector<std::string> bytes;
    for (auto const& transaction : batch) bytes.push_back(transaction.bytes);
    auto const reasons = node.submit(bytes);
    sent += static_cast<std::int64_t>(batch.size());
    std::vector<LoadTransaction> again;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (reasons && i < reasons->size() && (*reasons)[i].empty()) continue;
      flight.withdraw(batch[i].id);
      again.push_back(std::move(batch[i]));
    }
    batch = std::move(again);
    constexpr auto full_pause = std::chrono::milliseconds{5};
    if (!batch.empty()) std::this_thread::sleep_for(full_pause);
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

Result<NodeTotals> totals_of(Nodes const& nodes) {
  NodeTotals totals;
  for (auto const& node : nodes) {
    auto const info = node.info();
    if (!info) return std::unexpected{std::string{"a validator gave no answer"}};
    add(totals, *info);
  }
  return totals;
}

Result<BenchFigures> measure(Network& network, BenchOptions const& options) {
  BenchFigures figures;
  figures.verify_per_second = measure_verify_rate();
  for (unsigned i = 0; i < options.dead; ++i) {
    TRY_VOID(network.kill_validator(options.validators - 1 - i));
  }
  Nodes nodes;
  for (unsigned i = 0; i < options.validators - options.dead; ++i) {
    nodes.emplace_back(network.validators()[i].api_port);
  }
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
  auto before = totals_of(nodes);
  auto const from = Clock::now();
  auto const own_before = process_cpu_us();
  std::this_thread::sleep_for(std::chrono::seconds{options.seconds});
  auto const to = Clock::now();
  auto after = totals_of(nodes);
  figures.client_cpu_us = process_cpu_us() - own_before;
  flight.stop();
  submitters.clear();
  over = true;
  if (!before) return std::unexpected{before.error()};
  if (!after) return std::unexpected{after.error()};
  figures.before = *before;
  figures.after = *after;
  figures.seconds = std::chrono::duration<double>(to - from).count();
  figures.latencies_ms = flight.latencies_ms(from, to);
  // Ends the follower's stream, which may wait for an event that never comes.
  TRY_VOID(network.stop_all());
  constexpr double measurements = 2;
  figures.verify_per_second = (figures.verify_per_second + measure_verify_rate()) / measurements;
  return figures;
}

}  // namespace

int run_bench(BenchOptions const& options) {
  if (options.dead >= options.validators || options.accounts < options.validators) {
    fmt::print(stderr, "at least one validator must live, and each needs an account\n");
    constexpr int usage = 2;
    return usage;
  }
  std::error_code ignored;
  std::filesystem::remove_all(options.home, ignored);
  auto network = Network::create(options.home, {.validators = options.validators,
                                                .seed = "bench",
                                                .port_base = 0,
                                                .proxied = options.delay_ms > 0,
                                                .delay_ms = options.delay_ms,
                                                .accounts = options.accounts});
  auto done = network ? network->start_all() : Result<>{std::unexpected{network.error()}};
  if (done) done = network->wait_ready(ready_timeout_ms);
  if (done) {
    auto const figures = measure(*network, options);
    if (figures)
      print_report(options, *figures);
    else
      done = std::unexpected{figures.error()};
  }
  if (done) return 0;
  fmt::print(stderr, "{}\n", done.error());
  if (network) (void)network->stop_all();  // The reason above is the one to read.
  return 1;
}

}  // namespace devnet
