#include "tests/e2e/ordeal.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <fstream>
#include <optional>
#include <thread>
#include <utility>

#include "devnet/agreement.h"
#include "devnet/bench_load.h"
#include "devnet/node_client.h"
#include "devnet/waiting.h"
#include "protocol/base/try.h"
#include "tests/e2e/client.h"
#include "tests/e2e/dead_leader.h"
#include "tests/e2e/witness.h"

namespace e2e {
namespace {

using devnet::Network;
using devnet::NodeClient;
using devnet::Result;
using Clock = std::chrono::steady_clock;

constexpr int deadline_ms = 60'000;
constexpr std::uint64_t accounts = 200;

double ms_of(Clock::duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

// The event stream of one validator from the first block on, resumed where it broke off.
void watch(NodeClient const& node, unsigned validator, Witness& witness,
           std::atomic<bool> const& over) {
  labor::v1::WatchEventsRequest request;
  request.mutable_filter()->set_cause_prefix("transfer");
  request.mutable_after();  // Height 0.
  while (!over) {
    if (!node.info()) continue;  // It waits for the connection.
    node.watch(request, [&](labor::v1::WatchEventsResponse const& message) {
      *request.mutable_after() = message.cursor();
      auto const id = protocol::TransactionId::from(message.transaction_id());
      if (message.has_event() && id) {
        witness.told(validator, *id, message);
      } else {
        witness.reached(validator, message.cursor().height());
      }
      return !over.load();
    });
  }
}

std::string tail_of(std::filesystem::path const& log) {
  constexpr std::size_t lines_max = 30;
  std::deque<std::string> lines;
  std::ifstream in{log};
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
    if (lines.size() > lines_max) lines.pop_front();
  }
  std::string text;
  for (auto const& line : lines) text += "  " + line + "\n";
  return text;
}

class Ordeal {
 public:
  Ordeal(OrdealOptions const& options, Network& network)
      : options_{options},
        network_{network},
        witness_{network.validators().size()},
        schedule_{options.seed, options.validators} {
    for (auto const& validator : network.validators()) nodes_.emplace_back(validator.api_port);
  }
  // Clients first; then the validators, which ends the streams that wait for them.
  ~Ordeal() {
    clients_.clear();
    over_ = true;
    (void)network_.stop_all();  // What failed before it is what to read.
  }
  Ordeal(Ordeal const&) = delete;
  Ordeal& operator=(Ordeal const&) = delete;

  Result<OrdealReport> run() {
    auto done = begin();
    while (done && !options_.enough(schedule_.even())) done = play(schedule_.next());
    if (done) done = end();
    if (done) return std::move(report_);
    return std::unexpected{done.error() + "\n" + state()};
  }

 private:
  Result<> begin() {
    TRY_VOID(network_.start_all());
    TRY_VOID(network_.wait_ready(deadline_ms));
    for (auto const& node : nodes_) {
      auto const info = node.info();
      if (!info) return std::unexpected{std::string{"a validator gives no answer"}};
      seats_.push_back(info->validator_index());
    }
    chain_ = devnet::load_chain(nodes_[0], accounts);
    if (!chain_) return std::unexpected{std::string{"validator 0 gives no answer"}};
    for (unsigned i = 0; i < nodes_.size(); ++i) {
      watchers_.emplace_back([this, i] { watch(nodes_[i], i, witness_, over_); });
    }
    Clientele const all{.nodes = nodes_,
                        .chain = *chain_,
                        .witness = witness_,
                        .clients = options_.clients,
                        .transfers_at_once = options_.transfers_at_once};
    for (std::size_t i = 0; i < options_.clients; ++i) {
      clients_.push_back(std::make_unique<Client>(all, i));
    }
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
    for (auto const& client : clients_) client->finish();
    auto const drained = devnet::wait_until(deadline_ms, [&] {
      return std::ranges::all_of(clients_, [](auto const& client) { return client->drained(); });
    });
    if (!drained) return std::unexpected{std::string{"what clients sent does not become final"}};
    auto const height = witness_.height();
    for (unsigned i = 0; i < nodes_.size(); ++i) {
      if (witness_.wait_reached(i, height, deadline_ms)) continue;
      return std::unexpected{fmt::format("the events of validator {} end before the last", i)};
    }
    DeadLeaders leaders{kills_, nodes_.size()};
    auto const agreed = devnet::nodes_agree(network_, [&](auto const& block) {
      leaders.look(block.header());
      return witness_.hold_against(block);
    });
    if (!agreed) return std::unexpected{agreed.error()};
    TRY_VOID(witness_.nothing_lost());
    TRY_VOID(devnet::supply_lines(nodes_[0]));
    report_.agreement = *agreed;
    report_.timeouts_paid = leaders.paid();
    report_.timeouts_paid_at_once_max = leaders.paid_by_one_kill_max();
    report_.turns_skipped = leaders.skipped();
    report_.transactions = witness_.transactions();
    report_.receipts = witness_.receipts();
    report_.height = height;
    return network_.stop_all();
  }

  std::vector<unsigned> seats_of(std::vector<unsigned> const& numbers) const {
    std::vector<unsigned> seats;
    for (auto const number : numbers) seats.push_back(seats_[number]);
    return seats;
  }

  std::string state() const {
    std::string text = network_.state_of_nodes();
    for (auto const& client : clients_) text += client->state();
    for (unsigned i = 0; i < nodes_.size(); ++i) {
      auto const log = network_.log_of(i);
      text += fmt::format("the end of {}:\n{}", log.string(), tail_of(log));
    }
    return text;
  }

  OrdealOptions const& options_;
  Network& network_;
  std::vector<NodeClient> nodes_;
  std::vector<unsigned> seats_;  // Of the validators, in the set.
  Witness witness_;
  Schedule schedule_;
  std::optional<devnet::LoadChain> chain_;
  std::vector<Kill> kills_;
  OrdealReport report_;
  Clock::time_point began_ = Clock::now();
  std::atomic<bool> over_ = false;
  std::vector<std::jthread> watchers_;
  std::vector<std::unique_ptr<Client>> clients_;
};

}  // namespace

Result<OrdealReport> run_ordeal(OrdealOptions const& options) {
  TRY(network, Network::create(options.home, {.validators = options.validators,
                                              .seed = "ordeal",
                                              .port_base = 0,
                                              .proxied = true,
                                              .accounts = accounts}));
  Ordeal ordeal{options, network};
  return ordeal.run();
}

}  // namespace e2e
