// What this node itself has to say on chain: transactions of the account whose key is its node key.
// A validator's is a member's account (protocol/validators/seats.h), so they cost nobody anything;
// any other must be sponsored before it can say a thing.
//
// One at a time: the sequence of the next is known once the one before is in the pool, or refused.
//
// Errors: a refusal is logged with what to do. A transaction is final or void after valid_ms: who
// sees nothing of it by then sends it again.
// Threads: the loop's; a refusal is logged on a worker's.

#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include <labor/v1/transaction.pb.h>

#include "node/engine/admission.h"
#include "node/engine/clock.h"
#include "node/mempool/mempool.h"
#include "node/store/store.h"
#include "protocol/crypto/sign.h"
#include "protocol/genesis.h"

namespace node {

class OwnAccount {
 public:
  static constexpr std::uint64_t valid_ms = 60'000;

  struct Parts {
    protocol::Chain const& chain;
    Store const& store;
    Clock const& clock;
    Mempool const& mempool;
    Admission& admission;
    // The node key. Null: this node has no account, and says nothing.
    crypto::SecretKey const* key;
  };

  explicit OwnAccount(Parts parts) : parts_{parts} {}

  // Now, or by a later tick(). `what` is for the log: "evidence against validator 3 of epoch 7".
  void send(labor::v1::Message const& message, std::string what);
  void tick();

 private:
  struct Waiting {
    labor::v1::Message message;
    std::string what;
  };

  std::string transaction(labor::v1::Message const& message) const;
  void submit(Waiting const& next);

  Parts const parts_;
  std::deque<Waiting> waiting_;
  // One is on its way to the pool; shared with whoever hears that it is there.
  std::shared_ptr<std::atomic<bool>> busy_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace node
