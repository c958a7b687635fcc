#include "devnet/bench_labor.h"

#include <fmt/format.h>

#include <string>
#include <thread>
#include <utility>

#include "devnet/bench_accounts.h"
#include "protocol/base/try.h"
#include "protocol/limits.h"

namespace devnet {
namespace {

// Messages on their way at once while people are hired: a block of all of them is executed well
// before validators lose patience with it, on states of any size.
constexpr std::size_t window = 2'000;
constexpr auto patience = std::chrono::seconds{120};
// The devnet's clock is moved by hours between two slices.
constexpr std::uint64_t valid_for_ms = 12ull * 60 * 60 * 1000;

}  // namespace

Result<std::unique_ptr<BenchLabor>> BenchLabor::begin(std::vector<NodeClient> const& nodes,
                                                      BenchContracts::Options const& options) {
  auto const info = nodes[0].info();
  auto chain = load_chain(nodes[0], 0);
  if (!info || !chain) return std::unexpected{std::string{"validator 0 gave no answer"}};
  chain->valid_until_ms = info->now_ms() + valid_for_ms;
  return std::unique_ptr<BenchLabor>{
      new BenchLabor{nodes, std::move(*chain), info->height(), options}};
}

BenchLabor::BenchLabor(std::vector<NodeClient> const& nodes, LoadChain chain, std::uint64_t height,
                       BenchContracts::Options const& options)
    : nodes_{nodes},
      chain_{std::move(chain)},
      height_{height},
      contracts_{chain_, options},
      flight_{window + protocol::limits::messages_per_transaction_max} {
  for (auto const& node : nodes_) submitters_.push_back(std::make_unique<BenchSubmitter>(node));
}

Result<> BenchLabor::hire() {
  TRY_VOID(
      go_on_until(Speaking::on, [&] { return contracts_.hired() || contracts_.refused() > 0; }));
  if (contracts_.refused() > 0) return std::unexpected{contracts_.refusals().front()};
  contracts_.work();
  return {};
}

Result<> BenchLabor::work_until(Clock::time_point end) {
  return go_on_until(Speaking::on, [&] { return Clock::now() >= end; });
}

Result<> BenchLabor::drain() {
  return go_on_until(Speaking::off, [&] { return contracts_.on_their_way() == 0; });
}

Result<> BenchLabor::go_on_until(Speaking speaking, std::function<bool()> const& done) {
  auto heard_at = Clock::now();
  while (!done()) {
    auto const heard = hear();
    auto const spoke = speaking == Speaking::on && speak();
    if (heard || contracts_.on_their_way() == 0) heard_at = Clock::now();
    if (Clock::now() - heard_at > patience) return std::unexpected{silence()};
    constexpr auto pause = std::chrono::milliseconds{2};
    if (!heard && !spoke) std::this_thread::sleep_for(pause);
  }
  return {};
}

bool BenchLabor::hear() {
  auto const block = nodes_[0].block(height_ + 1);
  if (!block) return false;
  ++height_;
  auto const time_ms = block->header().time_ms();
  chain_.valid_until_ms = time_ms + valid_for_ms;
  for (auto const& receipt : block->receipts()) {
    contracts_.hear(receipt, time_ms);
    if (auto const id = protocol::TransactionId::from(receipt.transaction_id())) flight_.land(*id);
  }
  return true;
}

bool BenchLabor::speak() {
  bool spoke = false;
  while (contracts_.on_their_way() < window) {
    auto next = contracts_.next();
    if (!next) return spoke;
    (void)flight_.depart({{.id = next->transaction.id, .bytes = {}}});  // There is room.
    submitters_[next->sender % submitters_.size()]->post(std::move(next->transaction));
    spoke = true;
  }
  return spoke;
}

std::string BenchLabor::silence() const {
  auto text = fmt::format("{} messages are not final after {} s", contracts_.on_their_way(),
                          patience.count());
  for (auto const& submitter : submitters_) {
    if (auto const refusal = submitter->refusal(); !refusal.empty()) {
      text += fmt::format("; a validator did not admit one: {}", refusal);
    }
  }
  return text;
}

}  // namespace devnet
