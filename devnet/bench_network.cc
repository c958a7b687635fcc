#include "devnet/bench_network.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include "devnet/bench_accounts.h"
#include "protocol/base/try.h"

namespace devnet {
namespace {

using Clock = std::chrono::steady_clock;

// Every validator executes the genesis first.
int ready_timeout_ms(std::uint64_t accounts) {
  constexpr std::uint64_t least_ms = 120'000;
  constexpr std::uint64_t accounts_per_ms = 2;
  return static_cast<int>(least_ms + accounts / accounts_per_ms);
}

}  // namespace

Result<BenchNetwork> BenchNetwork::start(BenchOptions const& options) {
  std::error_code ignored;
  std::filesystem::remove_all(options.home, ignored);
  BenchNetwork made;
  TRY(network, Network::create(options.home, {.validators = options.validators,
                                              .seed = "bench",
                                              .port_base = 0,
                                              .proxied = options.delay_ms > 0,
                                              .delay_ms = options.delay_ms,
                                              .accounts = options.accounts}));
  made.network_ = std::make_unique<Network>(std::move(network));
  TRY_VOID(made.network_->start_all());
  TRY_VOID(made.network_->wait_ready(ready_timeout_ms(options.accounts)));
  auto const living = options.validators - options.dead;
  for (auto number = options.validators; number > living; --number) {
    TRY_VOID(made.network_->kill_validator(number - 1));
  }
  made.nodes_ = std::make_unique<std::vector<NodeClient>>();
  for (unsigned i = 0; i < living; ++i) {
    made.nodes_->emplace_back(made.network_->validators()[i].api_port);
  }
  return made;
}

BenchNetwork::~BenchNetwork() {
  if (network_) (void)network_->stop_all();  // Nobody is left who could do something about it.
}

Result<NodeTotals> BenchNetwork::totals() const {
  NodeTotals totals;
  for (auto const& node : *nodes_) {
    auto const info = node.info();
    if (!info) return std::unexpected{std::string{"a validator gave no answer"}};
    add(totals, *info);
  }
  return totals;
}

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

}  // namespace devnet
