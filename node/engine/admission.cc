#include "node/engine/admission.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "node/engine/pool_entry.h"

namespace node {
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
  auto const added =
      enter_pool(parts_.mempool, parts_.store, parts_.clock.now(), transaction, origin);
  if (!added) {
    return std::unexpected{
        std::visit([](auto const& why) { return SubmitRefusal{why}; }, added.error())};
  }
  if (*added == Added::fresh) {
    if (!origin) parts_.gossip.forward(transaction);
    parts_.taken();
  }
  return transaction->id();
}

}  // namespace node
