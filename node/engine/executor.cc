#include "node/engine/executor.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <expected>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "node/engine/recovery.h"
#include "protocol/base/check.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"
#include "protocol/execution/block.h"

namespace node {

using consensus::Verdict;
using protocol::BlockHash;
using protocol::Height;
using protocol::TimeMs;

namespace {

// Orders are bounded by what consensus has under way; more than this waiting means that the
// thread is stuck for good.
constexpr std::size_t orders_max = 1u << 16;

// As read_block() would read it, without reading it again: we made or checked these bytes.
consensus::Block block_of(execution::ExecutedBlock const& executed) {
  auto const& header = executed.header;
  auto const parent = BlockHash::from(header.parent_hash());
  CHECK(parent.has_value());
  return {.hash = executed.hash,
          .parent = *parent,
          .epoch = protocol::Epoch{header.epoch()},
          .height = protocol::Height{header.height()},
          .time = TimeMs{header.time_ms()},
          .proposer = protocol::ValidatorIndex{static_cast<std::uint8_t>(header.proposer())},
          .next_set = protocol::Hash::from(header.next_set_hash()),
          .body = std::make_shared<std::string const>(executed.bytes)};
}

FinalNotice notice_of(execution::ExecutedBlock const& executed) {
  FinalNotice notice{.height = Height{executed.header.height()},
                     .hash = executed.hash,
                     .time = TimeMs{executed.header.time_ms()},
                     .transactions = {}};
  for (auto const& transaction : executed.transactions) {
    notice.transactions.push_back(transaction->id());
  }
  return notice;
}

}  // namespace

Executor::Executor(Parts parts, Head const& head)
    : parts_{std::move(parts)},
      pending_{parent_from(head, parts_.store)},
      maker_{parts_.chain, parts_.mempool},
      thread_{{.threads = 1, .urgent_max = orders_max, .bulk_max = 0}} {
  order([this] { stop_if_outdated(); });
}

Executor::~Executor() {
  stop();
}

void Executor::stop() {
  thread_.stop();
}

void Executor::order(std::move_only_function<void()> task) {
  // Refused only when the node stops.
  (void)thread_.submit(WorkerPool::Lane::urgent, std::move(task));
}

// ---- build ----

void Executor::build(consensus::Build const& order_) {
  auto const number = ++newest_build_;
  order([this, order_, number] { build_now(order_, number); });
}

void Executor::build_now(consensus::Build const& order_, std::uint64_t number) {
  if (number != newest_build_) return;  // A newer order has replaced it.
  auto const parent = pending_.parent(order_.parent.block);
  auto const self = parts_.key ? parts_.validators.index_of(*parts_.key) : std::nullopt;
  if (!parent || !self || lacking_on(*parent)) {
    return parts_.answers.built(order_, std::nullopt);
  }

  auto const on = pending_.find(parent->hash);
  if (on && !on->header.next_set_hash().empty()) return parts_.answers.built(order_, block_of(*on));

  auto const now = parts_.clock.now();
  if (auto const earliest = execution::earliest_time(*parent); earliest > now) {
    parts_.loop.after(earliest.value() - now.value(), [this, order_, number] {
      order([this, order_, number] { build_now(order_, number); });
    });
    return;
  }
  Stopwatch const stopwatch{parts_.costs, Stage::execute};
  auto built = maker_.make(pending_, *parent,
                           {.time = now, .proposer = *self, .bytes_max = order_.bytes_max});
  auto const empty_wanted = order_.empty_allowed || pending_.full();
  if (built.transactions.empty() && !empty_wanted) {
    // Consensus asks again when it hears of work; what was told is told afresh then.
    told_.reset();
    transactions_wait_ = false;
    return parts_.answers.built(order_, std::nullopt);
  }
  auto const block = block_of(built);
  if (pending_.find(block.hash) == nullptr) pending_.add(std::move(built));
  parts_.answers.built(order_, block);
}

// ---- execute ----

void Executor::execute(protocol::View view, consensus::Block const& block) {
  order([this, view, block] {
    parts_.answers.executed(block.epoch, view, block.hash, verdict_on(block));
    tell_work();
  });
}

Verdict Executor::verdict_on(consensus::Block const& block) {
  if (pending_.find(block.hash) != nullptr || block.hash == pending_.head().hash) {
    return Verdict::valid;
  }
  auto const parent = pending_.parent(block.parent);
  if (!parent || lacking_on(*parent)) return Verdict::abandoned;
  auto executed = run(block, *parent);
  if (!executed) {
    spdlog::warn("block {} at height {} is invalid: {}", base::hex(block.hash.view()),
                 block.height.value(), execution::explain(executed.error()));
    return Verdict::invalid;
  }
  pending_.add(*std::move(executed));
  return Verdict::valid;
}

Executor::Executed Executor::run(consensus::Block const& block, execution::Parent const& parent) {
  auto const check = parts_.body_checks.take(block);
  TRY(checked, check->result());
  Stopwatch const stopwatch{parts_.costs, Stage::execute};
  return execution::execute(parts_.chain, parent, checked.block, std::move(checked.transactions));
}

// ---- store and commit ----

void Executor::store_body(consensus::Block const& block) {
  order([this, block] {
    Stopwatch const stopwatch{parts_.costs, Stage::store};
    if (failed(parts_.block_log.store(block.height, block.hash, *block.body))) return;
    parts_.answers.body_durable(block.hash);
  });
}

void Executor::commit(consensus::FinalBlock const& block) {
  order([this, block] { commit_now(block); });
}

void Executor::commit_now(consensus::FinalBlock const& final) {
  CHECK(final.block.parent == pending_.head().hash);
  if (stop_if_outdated()) return;
  if (auto const verdict = verdict_on(final.block); verdict != Verdict::valid) {
    return halt_diverged({.height = final.block.height, .block = final.block.hash}, final.block);
  }
  auto const executed = pending_.find(final.block.hash);
  auto finalization = final.finalization ? consensus::encode(*final.finalization, parts_.validators)
                                         : std::string{};
  auto const boundary = final.block.next_set.has_value();
  if (boundary && !next_epoch(*executed)) return;
  {
    Stopwatch const stopwatch{parts_.costs, Stage::store};
    parts_.store.commit({.block = executed, .finalization = std::move(finalization)}, mark());
  }
  auto const height = final.block.height;
  pending_.settle(final.block.hash);
  if (failed(parts_.block_log.committed(height))) return;
  untold_.push_back({.notice = notice_of(*executed),
                     .next = next_sequences(*executed),
                     .accounts = changed_accounts(*executed)});
  if (final.finalization) tell_final();
  auto const interval =
      execution::earliest_time(pending_.head()).value() - final.block.time.value();
  parts_.answers.committed(height, final.block.hash, interval);
  if (boundary) {
    parts_.answers.epoch_begins(parts_.votes);
    told_.reset();  // The new epoch has been told nothing.
    transactions_wait_ = false;
  }
  if (!stop_if_outdated()) tell_work();
}

std::optional<labor::v1::Feature> Executor::lacking_on(execution::Parent const& parent) const {
  return execution::lacking(*parent.state, parent.height.next(), parts_.features);
}

bool Executor::stop_if_outdated() {
  auto const feature = lacking_on(pending_.head());
  if (feature) parts_.answers.halted(execution::explain_lack(*feature));
  return feature.has_value();
}

std::optional<JournalMark> Executor::mark() const {
  if (parts_.votes != nullptr) return parts_.votes->mark();
  return parts_.signed_apart ? parts_.signed_apart() : std::nullopt;
}

bool Executor::next_epoch(execution::ExecutedBlock const& boundary) {
  CHECK(boundary.next_set.has_value());
  parts_.validators = set_of(*boundary.next_set);
  if (parts_.votes == nullptr) return true;
  auto journal = parts_.votes->successor(parts_.validators);
  if (!journal) {
    parts_.answers.halted(journal.error().what);
    return false;
  }
  parts_.votes = *std::move(journal);
  return true;
}

// What has left the pool must show in the snapshot, and so must what is told of.
void Executor::tell_final() {
  for (auto& [notice, next, accounts] : std::exchange(untold_, {})) {
    parts_.mempool.settle(notice.height, notice.time, next);
    for (auto const& account : accounts) parts_.mempool.expel(account);
    parts_.final_blocks.publish(std::move(notice));
  }
}

bool Executor::failed(std::expected<void, consensus::DiskFailure> const& done) {
  if (!done) parts_.answers.halted(done.error().what);
  return !done;
}

void Executor::diverged(consensus::BlockRef const& ref) {
  order([this, ref] {
    auto body = parts_.block_log.find(ref.block);
    if (!body) return parts_.answers.halted(body.error().what);
    std::optional<consensus::Block> block;
    if (*body) {
      auto read = consensus::read_block(parts_.chain.hash(),
                                        std::make_shared<std::string const>(**std::move(body)));
      if (read) block = *std::move(read);
    }
    halt_diverged({.height = ref.height, .block = ref.block}, block);
  });
}

void Executor::halt_diverged(Divergence divergence, std::optional<consensus::Block> const& block) {
  divergence.why = "a quorum agreed on another block, or on what this node found invalid";
  if (block) {
    divergence.bytes = *block->body;
    auto const parent = pending_.parent(block->parent);
    auto const checked = parts_.body_checks.take(*block)->result();
    if (checked) divergence.header = checked->block.header;
    if (checked && parent) {
      divergence.own =
          executed_here(parts_.chain, *parent, divergence.header, checked->transactions);
      auto const executed =
          execution::execute(parts_.chain, *parent, checked->block, checked->transactions);
      if (!executed) divergence.why = execution::explain(executed.error());
    }
    if (!checked) divergence.why = execution::explain(checked.error());
  }
  auto const where = parts_.keep_divergence ? parts_.keep_divergence(divergence)
                                            : std::string{"keep the data folder"};
  parts_.answers.halted(fmt::format("this node does not agree with block {} at height {}: {}; {}",
                                    base::hex(divergence.block.view()), divergence.height.value(),
                                    divergence.why, where));
}

// ---- work ----

void Executor::tip(BlockHash const& block) {
  order([this, block] {
    tip_ = block;
    tell_work();
  });
}

void Executor::consider_work() {
  if (transactions_wait_ || considering_.exchange(true)) return;
  order([this] {
    considering_ = false;
    tell_work();
  });
}

void Executor::tell_work() {
  if (!untold_.empty()) return;  // The pool still offers what those blocks hold.
  auto const newest = tip_ ? pending_.parent(*tip_) : std::nullopt;
  auto const work = work_on(newest ? *newest : pending_.head());
  if (work == told_) return;
  told_ = work;
  transactions_wait_ = work.transactions;
  parts_.answers.work(work);
}

consensus::Work Executor::work_on(execution::Parent const& parent) {
  Stopwatch const stopwatch{parts_.costs, Stage::execute};
  return maker_.work_on(pending_, parent, parts_.clock.now());
}

}  // namespace node
