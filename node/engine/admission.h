// The way of a transaction from bytes to the mempool: form and signatures on the worker pool,
// then what needs the last final state, then the pool's own bounds.
//
// A transaction from a client that is taken is handed on once, to every validator; one that came
// by gossip is not: its first node has sent it to all (a full mesh). When views fail, consensus
// has the oldest repeated (Network::gossip_again).
//
// Submitting again what is final already is answered like the first time.
//
// Threads: any. Results come on a worker's thread, or at once on the caller's when nothing needs
// checking. Every submission is answered exactly once, also when the node stops.

#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "node/engine/clock.h"
#include "node/engine/gossip.h"
#include "node/engine/stage.h"
#include "node/engine/worker_pool.h"
#include "node/mempool/checked_cache.h"
#include "node/mempool/mempool.h"
#include "node/store/store.h"
#include "protocol/execution/failure.h"
#include "protocol/genesis.h"
#include "protocol/types.h"

namespace node {

// The worker pool's lane for transactions is full, or the node is stopping.
struct Overloaded {};

using SubmitRefusal = std::variant<execution::Failure, PoolRefusal, Overloaded>;
using Submitted = std::expected<protocol::TransactionId, SubmitRefusal>;

class Admission {
 public:
  using Done = std::move_only_function<void(std::vector<Submitted>)>;

  struct Parts {
    protocol::Chain const& chain;
    Store const& store;
    Clock const& clock;
    Mempool& mempool;
    CheckedCache const& checked;
    WorkerPool& workers;
    Gossip& gossip;
    StageCosts& costs;
    // Called, on a worker's thread, after the mempool has taken something.
    std::function<void()> taken;
  };

  // Signature checks in one job of the pool: what consensus waits behind at most (0.7 ms).
  static constexpr std::size_t transactions_per_job = 16;

  explicit Admission(Parts parts) : parts_{std::move(parts)} {}

  // Encoded Transactions; one result for each, in order.
  void submit(std::vector<std::string> transactions, Origin origin, Done done);

 private:
  struct Batch;

  Submitted admit(std::string bytes, Origin origin);
  Submitted add(CheckedPtr const& transaction, Origin origin);

  Parts parts_;
};

}  // namespace node
