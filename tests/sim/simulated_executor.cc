#include "tests/sim/simulated_executor.h"

#include <algorithm>
#include <memory>
#include <utility>

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

std::optional<execution::Parent> SimulatedExecutor::parent(
    consensus::BlockHash const& block) const {
  if (context_.store.head.hash == block) return context_.store.head;
  auto const found = executed_.find(block);
  if (found == executed_.end()) return std::nullopt;
  return execution::parent_of(found->second);
}

std::optional<consensus::Block> SimulatedExecutor::find(consensus::BlockHash const& block) const {
  if (auto const held = held_.find(block); held != held_.end()) return held->second;
  for (auto const& row : context_.store.blocks) {
    if (row.block.hash == block) return row.block;
  }
  return std::nullopt;
}

execution::ExecutedBlock SimulatedExecutor::build_now(execution::Parent const& parent,
                                                      protocol::TimeMs time) const {
  return execution::build(context_.chain, parent, context_.pending.all(),
                          {.time = time, .proposer = context_.self, .bytes_max = 0});
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
  auto const on = parent(order.parent.block);
  auto const time = context_.clock.now();
  auto const nothing = [this, order] {
    listener_.answer([&](consensus::Runner& runner) { runner.built(order, std::nullopt); });
  };
  if (!on) return nothing();
  // The boundary block of this epoch is not committed, or the epoch would be over.
  if (auto const last = held_.find(order.parent.block);
      last != held_.end() && last->second.next_set) {
    listener_.answer([&](consensus::Runner& runner) { runner.built(order, last->second); });
    return;
  }
  auto executed = build_now(*on, time);
  bool const due = execution::deadline_due(context_.chain, *on, time);
  if (executed.transactions.empty() && !due && !order.empty_allowed) return nothing();
  auto const block = block_of(executed);
  CHECK(block);
  executed_.insert_or_assign(block->hash, std::move(executed));
  keep(*block);
  listener_.now_built(*block);
  hand_over(order, *block);
}

void SimulatedExecutor::hand_over(consensus::Build const& order, consensus::Block const& block) {
  auto const now = context_.clock.now();
  if (block.time > now) {
    auto const wait_us = (block.time.value() - now.value()) * 1000;
    context_.events.after(wait_us, [this, order, block, number = builds_] {
      if (number == builds_) hand_over(order, block);
    });
    return;
  }
  listener_.answer([&](consensus::Runner& runner) { runner.built(order, block); });
}

void SimulatedExecutor::execute(consensus::View view, consensus::Block const& block) {
  in_turn([this, view, block] { run_execute(view, block); });
}

void SimulatedExecutor::run_execute(consensus::View view, consensus::Block const& block) {
  auto verdict = consensus::Verdict::valid;
  keep(block);
  if (!executed_.contains(block.hash)) {
    if (auto const on = parent(block.parent)) {
      auto executed = execute_checked(context_.chain, *on, *block.body, context_.opener);
      if (executed) {
        executed_.insert_or_assign(block.hash, *std::move(executed));
      } else {
        verdict = consensus::Verdict::invalid;
        listener_.found_invalid(block, execution::explain(executed.error()));
      }
    } else {
      verdict = consensus::Verdict::abandoned;
    }
  }
  listener_.answer(
      [&](consensus::Runner& runner) { runner.executed(block.epoch, view, block.hash, verdict); });
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
  auto& store = context_.store;
  auto const& block = final.block;
  CHECK(block.parent == store.head.hash);
  if (!executed_.contains(block.hash)) {
    auto executed = execute_checked(context_.chain, store.head, *block.body, context_.opener);
    if (!executed) return listener_.found_invalid(block, execution::explain(executed.error()));
    executed_.insert_or_assign(block.hash, *std::move(executed));
  }
  auto const& executed = executed_.at(block.hash);
  if (executed.next_set && !next_epoch(executed)) return;
  if (!context_.power.reach(CrashPoint::sync)) return;
  if (auto const error = context_.disk.refuses_batch()) {
    auto const* const advice = error->full ? "free space" : "check the disk";
    return listener_.disk_failed(error->message + "; " + advice + ", then start again");
  }
  store.state->apply(*executed.state);
  store.head = execution::parent_of(executed);
  store.head.state = store.state;
  store.blocks.push_back(final);
  if (final.finalization) {
    store.final = {
        .view = final.finalization->statement.view, .height = block.height, .block = block.hash};
    store.finalization = final.finalization;
  }
  if (context_.journal != nullptr) store.journal = context_.journal->mark();
  for (auto const& transaction : executed.transactions) context_.pending.final(*transaction);
  listener_.now_final(final, executed);
  auto const done = context_.log.committed(block.height);
  if (!done) return listener_.disk_failed(done.error().what);
  drop_what_is_decided();
  auto const interval_ms = execution::earliest_time(store.head).value() - store.head.time.value();
  listener_.answer(
      [&](consensus::Runner& runner) { runner.committed(block.height, block.hash, interval_ms); });
  if (block.next_set) listener_.epoch_begins(context_.journal);
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

// Branches that lost go; children of the head lie directly on the final state from here on.
void SimulatedExecutor::drop_what_is_decided() {
  auto const& head = context_.store.head;
  std::erase_if(held_, [&](auto const& entry) { return entry.second.height <= head.height; });
  auto const height = [](execution::ExecutedBlock const& block) {
    return protocol::Height{block.header.height()};
  };
  std::erase_if(executed_, [&](auto const& entry) { return height(entry.second) <= head.height; });
  auto const orphaned = [&](auto const& entry) {
    auto const above = consensus::BlockHash::from(entry.second.header.parent_hash());
    return *above != head.hash && !executed_.contains(*above);
  };
  while (std::erase_if(executed_, orphaned) > 0) {
  }
  for (auto& [hash, block] : executed_) {
    if (block.header.parent_hash() == head.hash.chars()) block.state->rebase(context_.store.state);
  }
}

}  // namespace sim
