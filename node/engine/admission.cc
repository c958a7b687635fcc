#include "node/engine/admission.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "protocol/base/check.h"
#include "protocol/execution/admission.h"
#include "protocol/state/keys.h"

namespace node {
namespace {

protocol::Sequence sequence_of(state::Reader const& state, protocol::Address const& address) {
  auto const bytes = state.get(state::keys::account(address));
  if (!bytes) return {};
  labor::v1::Account account;
  CHECK(account.ParseFromString(*bytes));
  return protocol::Sequence{account.sequence()};
}

}  // namespace

// Transactions that came together. Jobs own it jointly; whoever lets go of it last, having run or
// having been dropped by the pool, answers. A result that nobody has set is Overloaded.
struct Admission::Batch {
  Batch(std::vector<std::string> bytes, Origin from, Done answer)
      : transactions{std::move(bytes)},
        origin{from},
        done{std::move(answer)},
        results(transactions.size(), std::unexpected{SubmitRefusal{Overloaded{}}}) {}
  ~Batch() { done(std::move(results)); }
  Batch(Batch const&) = delete;
  Batch& operator=(Batch const&) = delete;

  std::vector<std::string> transactions;
  Origin origin;
  Done done;
  std::vector<Submitted> results;
};

void Admission::submit(std::vector<std::string> transactions, Origin origin, Done done) {
  auto const count = transactions.size();
  auto const batch = std::make_shared<Batch>(std::move(transactions), origin, std::move(done));
  for (std::size_t first = 0; first < count; first += transactions_per_job) {
    auto const last = std::min(first + transactions_per_job, count);
    auto const taken = parts_.workers.submit(WorkerPool::Lane::bulk, [this, batch, first, last] {
      Stopwatch const stopwatch{parts_.costs, Stage::verify};
      for (auto i = first; i < last; ++i) {
        batch->results[i] = admit(std::move(batch->transactions[i]), batch->origin);
      }
    });
    if (!taken) return;  // In order: what follows could only be out of sequence.
  }
}

Submitted Admission::admit(std::string bytes, Origin origin) {
  auto const hash = execution::wire_hash(bytes);
  if (auto const waiting = parts_.mempool.find(hash)) return waiting->id();
  if (auto const seen = parts_.checked.find(hash)) return add(seen, origin);
  auto checked = execution::check_transaction(std::move(bytes), parts_.chain);
  if (!checked) return std::unexpected{SubmitRefusal{std::move(checked.error())}};
  return add(*checked, origin);
}

Submitted Admission::add(CheckedPtr const& transaction, Origin origin) {
  while (true) {
    auto const snapshot = parts_.store.latest();
    auto const time = std::max(snapshot->head().time, parts_.clock.now());
    // The pool itself judges the sequence: it knows what waits before this one.
    auto const charge = execution::admit(
        *snapshot, *transaction, {.block_time = time, .next_sequence = transaction->sequence()});
    auto const seen = Mempool::Seen{.height = snapshot->head().height,
                                    .sequence = sequence_of(*snapshot, transaction->account())};
    auto const used = transaction->sequence() < seen.sequence;
    if ((!charge || used) && snapshot->transaction(transaction->id())) return transaction->id();
    if (!charge) return std::unexpected{SubmitRefusal{charge.error()}};
    if (used) {
      return std::unexpected{SubmitRefusal{execution::Failure{
          labor::v1::TX_STATUS_SEQUENCE_MISMATCH,
          {{"expected", seen.sequence.value()}, {"got", transaction->sequence().value()}}}}};
    }
    auto const added = parts_.mempool.add(transaction, origin, seen);
    if (!added && added.error() == PoolRefusal::stale_view) continue;
    if (!added) return std::unexpected{SubmitRefusal{added.error()}};
    if (*added == Added::fresh) {
      if (!origin) parts_.gossip.forward(transaction);
      parts_.taken();
    }
    return transaction->id();
  }
}

}  // namespace node
