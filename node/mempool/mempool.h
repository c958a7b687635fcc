// Transactions that are admitted and not yet final, in the order in which they came.
//
//   add     after check_transaction() and admission against the last final state
//   select  for a proposal on any parent: what the parent's unfinal ancestors hold is left out,
//           and stays here, so that a skipped block loses nothing and nothing is proposed twice
//   settle  after a block is final: what it holds leaves, and what its time or an account's
//           sequence has made impossible
//
// Invariant: an entry leaves only by commit, expiry, a stale final sequence, or because its account
// has other keys now: it could never be included, and would take the place of what they sign.
// Nothing is evicted: a full pool refuses the newcomer and says which bound it met. Order:
// admission order; within an account, by sequence. No fee auction. Threads: any; one lock, held for
// the time of one call. Cost: O(log n) a transaction for add and settle; select() visits each
// waiting entry once, at most, and reads no state.

#pragma once

#include <labor/v1/bank.pb.h>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "protocol/execution/transaction.h"
#include "protocol/limits.h"
#include "protocol/types.h"

namespace node {

using execution::CheckedPtr;

// Who handed a transaction to this node: a client, or a validator by gossip.
using Origin = std::optional<protocol::PublicKey>;
inline constexpr Origin from_client = std::nullopt;

// Why a transaction was not taken. All but `stale_view` are the submitter's to act on.
enum class PoolRefusal : std::uint8_t {
  pool_full,
  account_full,
  peer_full,
  sequence_used,
  sequence_too_far,
  sequence_taken,
  stale_view,
};
std::string_view reason_of(PoolRefusal refusal);  // "POOL_FULL"
std::string_view explain(PoolRefusal refusal);

enum class Added : std::uint8_t { fresh, duplicate };

// The next sequence of each account that unfinal blocks have used, newest view of each.
using NextSequences = std::map<protocol::Address, protocol::Sequence>;

class Mempool {
 public:
  struct Bounds {
    // Of encoded transactions; an entry costs about four times its encoded size in memory.
    std::size_t bytes_max = 16u << 20;
    std::size_t count_max = 32768;
    // Also how far ahead of its final sequence an account may sign.
    std::size_t per_account_max = 256;
    // Entries that one validator may have brought: a faulty one leaves room for the others.
    std::size_t per_peer_max = 16384;
  };

  // What the submitter's admission read of the last final state.
  struct Seen {
    protocol::Height height{};
    protocol::Sequence sequence{};  // The account's next one.
  };

  // `height` is that of the last final block.
  Mempool(Bounds bounds, protocol::Height height);
  ~Mempool();
  Mempool(Mempool const&) = delete;
  Mempool& operator=(Mempool const&) = delete;

  // stale_view: a block became final since `seen` was read; read again and repeat.
  // A second signature set for a body that waits here is a duplicate: one body, one transaction.
  std::expected<Added, PoolRefusal> add(CheckedPtr transaction, Origin origin, Seen seen);

  // Of a block. A transaction takes its bytes and framing_bytes, a tag and its length.
  static constexpr std::size_t framing_bytes = 8;
  struct Room {
    std::size_t count_max = protocol::limits::transactions_per_block_max;
    std::size_t bytes_max = protocol::limits::block_bytes_max;
  };
  // Candidates for a block on a parent whose unfinal chain has used `used`.
  std::vector<CheckedPtr> select(NextSequences const& used, protocol::TimeMs now, Room room) const;

  // The first candidate of this account is inadmissible for now (its allowance is used up, say):
  // it stays, and is not selected again before `until` or before the account has acted.
  void set_aside(protocol::Address const& account, protocol::TimeMs until);

  // After the block at `height` is final: `next` is the next sequence of every account that acted
  // in it, `time` its block time.
  void settle(protocol::Height height, protocol::TimeMs time, NextSequences const& next);

  // A final block has changed the account: what its keys do not sign for any more leaves.
  void expel(labor::v1::Account const& account);

  CheckedPtr find(protocol::WireHash const& hash) const;
  CheckedPtr find(protocol::TransactionId const& id) const;

  // The sequence for the account's next transaction, if the final state says `final_next`: the
  // first that no waiting transaction has.
  protocol::Sequence next_sequence(protocol::Address const& account,
                                   protocol::Sequence final_next) const;

  // Oldest first, at most `bytes_max`: what gossip repeats when views fail.
  std::vector<CheckedPtr> oldest(std::size_t bytes_max) const;

  std::size_t count() const;
  std::size_t bytes() const;

 private:
  struct Entry;
  struct Account;
  using Arrival = std::uint64_t;

  std::optional<PoolRefusal> refusal_for(execution::CheckedTransaction const& transaction,
                                         Origin origin, Seen const& seen) const;
  void remove(Arrival arrival);
  template <class Visit>
  void each_selectable(NextSequences const& used, protocol::TimeMs now, Visit visit) const;

  Bounds const bounds_;
  mutable std::mutex mutex_;
  protocol::Height height_;
  Arrival next_arrival_ = 0;
  std::size_t bytes_ = 0;
  std::map<Arrival, Entry> entries_;
  std::map<protocol::WireHash, Arrival> by_wire_;
  std::map<protocol::TransactionId, Arrival> by_id_;
  std::set<std::pair<protocol::TimeMs, Arrival>> by_expiry_;
  std::map<protocol::Address, Account> accounts_;
  std::map<protocol::PublicKey, std::size_t> by_peer_;
  mutable std::uint64_t pass_ = 0;  // Of each_selectable(); marks the accounts it has met.
};

}  // namespace node
