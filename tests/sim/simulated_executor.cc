#include "tests/sim/simulated_executor.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "protocol/base/check.h"

namespace sim {

std::expected<execution::ExecutedBlock, execution::BlockInvalid> execute_checked(
    protocol::Chain const& chain, execution::Parent const& parent, std::string const& block,
    Opener& opener) {
  auto parsed = execution::parse_block(block, chain);
  if (!parsed) return std::unexpected{parsed.error()};
  std::vector<execution::CheckedPtr> transactions;
  for (std::size_t i = 0; i < parsed->transactions.size(); ++i) {
    transactions.push_back(opener.check(parsed->transactions[i]));
    if (transactions.back() != nullptr) continue;
    return std::unexpected{execution::BlockInvalid{
        .fault = execution::BlockFault::bad_transaction, .index = i, .status = {}}};
  }
  return execution::execute(chain, parent, *parsed, std::move(transactions));
}

void SimulatedExecutor::in_turn(std::function<void()> work) {
  auto const now_us = context_.events.now_us();
  auto took_us = context_.prng.around(context_.rates.sync_mean_us);
  if (context_.prng.permille(context_.rates.slow_disk_permille)) {
    took_us += context_.prng.around(context_.rates.slow_disk_mean_us);
    context_.faults.add(Fault::disk_slow);
  }
  busy_until_us_ = std::max(now_us, busy_until_us_) + took_us;
  context_.events.after(busy_until_us_ - now_us, std::move(work));
}

consensus::Block const* SimulatedExecutor::find(consensus::BlockHash const& block) const {
  auto const held = held_.find(block);
  return held == held_.end() ? nullptr : &held->second;
}

execution::ExecutedBlock SimulatedExecutor::build_now(execution::Parent const& parent,
                                                      protocol::TimeMs time) const {
  auto const self = context_.epochs.at(parent.epoch).place_of(context_.node);
  CHECK(self);  // Observers do not lead.
  return maker_.make(pending_, parent, {.time = time, .proposer = *self});
}

std::optional<consensus::Work> SimulatedExecutor::work_on(execution::Parent const& parent) const {
  if (!untold_.empty()) return std::nullopt;
  return maker_.work_on(pending_, parent, context_.clock.now());
}

std::optional<consensus::Block> SimulatedExecutor::block_of(
    execution::ExecutedBlock const& executed) const {
  auto block = consensus::read_block(context_.chain.hash(),
                                     std::make_shared<std::string const>(executed.bytes));
  if (!block) return std::nullopt;
  return *std::move(block);
}

void SimulatedExecutor::build(consensus::Build const& order) {
  ++builds_;
  in_turn([this, order, number = builds_] {
    if (number == builds_) run_build(order);
  });
}

void SimulatedExecutor::run_build(consensus::Build const& order) {
  auto const nothing = [this, order] {
    listener_.answer([&](consensus::Runner& runner) { runner.built(order, std::nullopt); });
  };
  auto const on = parent(order.parent.block);
  if (!on) return nothing();
  // Of this epoch, for the head is not in the tree. It is there already: no time has to come for it
  // (SEED=861: the epoch was over when it had).
  auto const last = pending_.find(on->hash);
  if (last && !last->header.next_set_hash().empty()) return give(order, *last);
  auto const now = context_.clock.now();
  if (auto const earliest = execution::earliest_time(*on); earliest > now) {
    auto const wait_us = (earliest.value() - now.value()) * 1000;
    context_.events.after(wait_us, [this, order, number = builds_] {
      if (number == builds_) run_build(order);
    });
    return;
  }
  auto executed = build_now(*on, now);
  if (executed.transactions.empty() && !order.empty_allowed) {
    listener_.found_no_work();
    return nothing();
  }
  auto const hash = executed.hash;
  if (pending_.find(hash) == nullptr) pending_.add(std::move(executed));
  give(order, *pending_.find(hash));
}

void SimulatedExecutor::give(consensus::Build const& order,
                             execution::ExecutedBlock const& executed) {
  auto const block = block_of(executed);
  CHECK(block);
  keep(*block);
  listener_.now_built(*block);
  listener_.answer([&](consensus::Runner& runner) { runner.built(order, block); });
}

void SimulatedExecutor::execute(consensus::View view, consensus::Block const& block) {
  in_turn([this, view, block] {
    keep(block);
    auto const verdict = verdict_on(block);
    listener_.answer([&](consensus::Runner& runner) {
      runner.executed(block.epoch, view, block.hash, verdict);
    });
  });
}

consensus::Verdict SimulatedExecutor::verdict_on(consensus::Block const& block) {
  if (parent(block.hash)) return consensus::Verdict::valid;
  auto const on = parent(block.parent);
  if (!on) return consensus::Verdict::abandoned;
  auto executed = execute_checked(context_.chain, *on, *block.body, context_.opener);
  if (!executed) {
    listener_.found_invalid(block, execution::explain(executed.error()));
    return consensus::Verdict::invalid;
  }
  pending_.add(*std::move(executed));
  return consensus::Verdict::valid;
}

void SimulatedExecutor::store_body(consensus::Block const& block) {
  in_turn([this, block] {
    auto const stored = context_.log.store(block.height, block.hash, *block.body);
    if (!context_.power.on()) return;
    if (!stored) return listener_.disk_failed(stored.error().what);
    listener_.answer([&](consensus::Runner& runner) { runner.body_durable(block.hash); });
  });
}

void SimulatedExecutor::commit(consensus::FinalBlock const& block) {
  in_turn([this, block] { run_commit(block); });
}

void SimulatedExecutor::run_commit(consensus::FinalBlock const& final) {
  auto const& block = final.block;
  CHECK(block.parent == head().hash);
  if (verdict_on(block) != consensus::Verdict::valid) {
    return listener_.now_diverged({.view = {}, .height = block.height, .block = block.hash});
  }
  auto const executed = pending_.find(block.hash);
  if (executed->next_set && !next_epoch(*executed)) return;
  context_.store.commit({.block = executed, .finalization = encoded(final.finalization)},
                        context_.journal ? std::optional{context_.journal->mark()} : std::nullopt);
  if (!context_.power.on()) return;
  pending_.settle(block.hash);
  listener_.now_final(final, *executed);
  auto const done = context_.log.committed(block.height);
  if (!done) return listener_.disk_failed(done.error().what);
  std::erase_if(held_, [&](auto const& entry) { return entry.second.height <= block.height; });
  untold_.push_back(executed);
  if (final.finalization) settle_pool();
  auto const interval_ms = execution::earliest_time(head()).value() - block.time.value();
  listener_.answer(
      [&](consensus::Runner& runner) { runner.committed(block.height, block.hash, interval_ms); });
  if (block.next_set) listener_.epoch_begins(context_.journal);
}

std::string SimulatedExecutor::encoded(
    std::optional<consensus::Certificate> const& finalization) const {
  if (!finalization) return {};
  auto const& epoch = context_.epochs.at(finalization->statement.epoch);
  return consensus::encode(*finalization, epoch.committee.validators);
}

bool SimulatedExecutor::next_epoch(execution::ExecutedBlock const& boundary) {
  context_.epochs.begin(*boundary.next_set, boundary.hash);
  if (context_.journal == nullptr) return true;
  auto const& next = context_.epochs.at(consensus::Epoch{boundary.next_set->epoch()});
  auto journal = context_.journal->successor(next.committee.validators);
  if (!journal) {
    listener_.disk_failed(journal.error().what);
    return false;
  }
  context_.journal = *std::move(journal);
  return true;
}

void SimulatedExecutor::settle_pool() {
  for (auto const& executed : std::exchange(untold_, {})) {
    context_.mempool.settle(protocol::Height{executed->header.height()},
                            protocol::TimeMs{executed->header.time_ms()},
                            node::next_sequences(*executed));
  }
}

}  // namespace sim
