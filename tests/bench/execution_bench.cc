// What a block costs on one core, signatures aside: build (the leader), execute (everyone), and
// the parts of a transfer. Items are transactions.

#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

#include "protocol/execution/admission.h"
#include "protocol/execution/block.h"
#include "tests/support/test_chain.h"

namespace {

using testing_support::lbr;
using testing_support::message;
using testing_support::Person;
using testing_support::TestChain;
using testing_support::transfer;

constexpr std::size_t accounts = 1000;

// A chain whose people each pay the next, and a block's worth of their transactions.
struct World {
  explicit World(std::size_t transactions) {
    auto genesis = testing_support::test_genesis();
    for (std::uint64_t i = 0; i < accounts; ++i) {
      people.emplace_back(i + 1);
      testing_support::endow(genesis, people.back(), true, 1000 * lbr, 0);
    }
    chain = std::make_unique<TestChain>(genesis);
    // The first transaction of an account checks its key's point (32 us), once for good.
    for (auto const& who : people) {
      checked.push_back(chain->transaction(who, {message(transfer(people.front(), 0))}));
    }
    chain->block(checked);
    checked.clear();
    for (std::size_t i = 0; i < transactions; ++i) {
      auto const& from = people[i % accounts];
      auto const& to = people[(i + 1) % accounts];
      checked.push_back(
          chain->transaction(from, {message(transfer(to, 1))}, {.sequence = 1 + i / accounts}));
    }
  }

  execution::BuildOptions options() const {
    return {.time = protocol::TimeMs{chain->time().value() + 1000}, .proposer = {}};
  }

  std::vector<Person> people;
  std::unique_ptr<TestChain> chain;
  std::vector<execution::CheckedPtr> checked;
};

void count(benchmark::State& state, std::size_t transactions) {
  auto const items = static_cast<double>(state.iterations()) * static_cast<double>(transactions);
  state.SetItemsProcessed(static_cast<std::int64_t>(items));
  state.counters["us/tx"] =
      benchmark::Counter(items / 1e6, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void build_block(benchmark::State& state) {
  auto const size = static_cast<std::size_t>(state.range(0));
  World const world{size};
  for ([[maybe_unused]] auto _ : state) {
    auto const built = execution::build(world.chain->chain(), world.chain->parent(), world.checked,
                                        world.options());
    if (built.transactions.size() != size) state.SkipWithError("a transfer was left out");
  }
  count(state, size);
}
BENCHMARK(build_block)->Arg(1)->Arg(100)->Arg(1000)->Arg(5000)->Unit(benchmark::kMillisecond);

void execute_block(benchmark::State& state) {
  auto const size = static_cast<std::size_t>(state.range(0));
  World const world{size};
  auto const& chain = world.chain->chain();
  auto const built = execution::build(chain, world.chain->parent(), world.checked, world.options());
  for ([[maybe_unused]] auto _ : state) {
    auto const parsed = execution::parse_block(built.bytes, chain);
    auto const executed =
        execution::execute(chain, world.chain->parent(), *parsed, built.transactions);
    if (!executed) state.SkipWithError("refused");
  }
  count(state, size);
}
BENCHMARK(execute_block)->Arg(1)->Arg(100)->Arg(1000)->Arg(5000)->Unit(benchmark::kMillisecond);

void admit_transfer(benchmark::State& state) {
  World const world{accounts};
  auto const moment = execution::Moment{.block_time = world.chain->time()};
  std::size_t next = 0;
  for ([[maybe_unused]] auto _ : state) {
    auto const charge =
        execution::admit(world.chain->state(), *world.checked[next++ % accounts], moment);
    benchmark::DoNotOptimize(charge);
  }
  count(state, 1);
}
BENCHMARK(admit_transfer);

void check_transfer(benchmark::State& state) {
  World const world{accounts};
  std::size_t next = 0;
  for ([[maybe_unused]] auto _ : state) {
    auto const checked = execution::check_transaction(world.checked[next++ % accounts]->bytes(),
                                                      world.chain->chain());
    if (!checked) state.SkipWithError("refused");
  }
  count(state, 1);
}
BENCHMARK(check_transfer);

}  // namespace

BENCHMARK_MAIN();
