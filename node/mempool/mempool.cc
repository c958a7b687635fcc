#include "node/mempool/mempool.h"

#include <algorithm>
#include <utility>

#include "protocol/bank/authority.h"
#include "protocol/base/check.h"
#include "protocol/execution/form.h"

namespace node {

using protocol::Address;
using protocol::Height;
using protocol::Sequence;
using protocol::TimeMs;

std::string_view reason_of(PoolRefusal refusal) {
  switch (refusal) {
    case PoolRefusal::pool_full:
      return "POOL_FULL";
    case PoolRefusal::account_full:
      return "ACCOUNT_POOL_FULL";
    case PoolRefusal::peer_full:
      return "PEER_POOL_FULL";
    case PoolRefusal::sequence_used:
      return "SEQUENCE_MISMATCH";
    case PoolRefusal::sequence_too_far:
      return "SEQUENCE_TOO_FAR";
    case PoolRefusal::sequence_taken:
      return "SEQUENCE_TAKEN";
    case PoolRefusal::stale_view:
      return "STALE_VIEW";
  }
  UNREACHABLE();
}

std::string_view explain(PoolRefusal refusal) {
  switch (refusal) {
    case PoolRefusal::pool_full:
      return "this node's pool of waiting transactions is full; submit again in a moment";
    case PoolRefusal::account_full:
      return "too many transactions of this account wait; submit again when some are final";
    case PoolRefusal::peer_full:
      return "too many of the waiting transactions came from this validator";
    case PoolRefusal::sequence_used:
      return "the account has already used this sequence; ask for its next one and sign again";
    case PoolRefusal::sequence_too_far:
      return "the sequence is too far ahead of the account's; ask for its next one and sign again";
    case PoolRefusal::sequence_taken:
      return "another transaction of this account waits with this sequence; wait until it is final "
             "or sign with the next one";
    case PoolRefusal::stale_view:
      return "a block became final meanwhile; read the account again";
  }
  UNREACHABLE();
}

struct Mempool::Entry {
  CheckedPtr transaction;
  Origin origin;
  Account* account = nullptr;
};

struct Mempool::Account {
  Sequence final_next{};
  TimeMs aside_until{};
  std::map<Sequence, Arrival> waiting;  // Never empty between calls.

  // Scratch of each_selectable(): the next sequence to take in the pass of that number.
  std::uint64_t pass = 0;
  Sequence cursor{};
};

Mempool::Mempool(Bounds bounds, Height height) : bounds_{bounds}, height_{height} {}
Mempool::~Mempool() = default;

std::expected<Added, PoolRefusal> Mempool::add(CheckedPtr transaction, Origin origin, Seen seen) {
  CHECK(transaction != nullptr);
  std::lock_guard const lock{mutex_};
  if (by_id_.contains(transaction->id())) return Added::duplicate;
  if (auto const refusal = refusal_for(*transaction, origin, seen)) {
    return std::unexpected{*refusal};
  }

  auto const arrival = next_arrival_++;
  auto& account = accounts_[transaction->account()];
  account.final_next = seen.sequence;
  account.waiting.emplace(transaction->sequence(), arrival);
  by_wire_.emplace(transaction->wire(), arrival);
  by_id_.emplace(transaction->id(), arrival);
  by_expiry_.emplace(transaction->valid_until(), arrival);
  if (origin) ++by_peer_[*origin];
  bytes_ += transaction->bytes().size();
  entries_.emplace(arrival, Entry{std::move(transaction), origin, &account});
  return Added::fresh;
}

std::optional<PoolRefusal> Mempool::refusal_for(execution::CheckedTransaction const& transaction,
                                                Origin origin, Seen const& seen) const {
  using enum PoolRefusal;
  // A later height is fine: settle() for it is on its way and removes what it makes stale.
  if (seen.height < height_) return stale_view;
  auto const sequence = transaction.sequence();
  if (sequence < seen.sequence) return sequence_used;
  if (sequence.value() - seen.sequence.value() >= bounds_.per_account_max) return sequence_too_far;

  auto const account = accounts_.find(transaction.account());
  if (account != accounts_.end()) {
    auto const& waiting = account->second.waiting;
    if (waiting.contains(sequence)) return sequence_taken;
    if (waiting.size() >= bounds_.per_account_max) return account_full;
  }
  if (origin) {
    auto const brought = by_peer_.find(*origin);
    if (brought != by_peer_.end() && brought->second >= bounds_.per_peer_max) return peer_full;
  }
  if (entries_.size() >= bounds_.count_max) return pool_full;
  if (bytes_ + transaction.bytes().size() > bounds_.bytes_max) return pool_full;
  return std::nullopt;
}

// Calls visit(transaction) in the order in which a block may hold them, until it returns false.
// A transaction whose predecessor arrived after it comes right behind that predecessor.
template <class Visit>
void Mempool::each_selectable(NextSequences const& used, TimeMs now, Visit visit) const {
  auto const pass = ++pass_;
  for (auto const& [arrival, entry] : entries_) {
    auto& account = *entry.account;
    if (account.pass != pass) {
      auto const ancestor = used.find(entry.transaction->account());
      account.pass = pass;
      account.cursor = ancestor == used.end() ? account.final_next
                                              : std::max(account.final_next, ancestor->second);
    }
    if (account.aside_until > now) continue;
    if (entry.transaction->sequence() != account.cursor) continue;
    for (auto at = account.waiting.find(account.cursor);
         at != account.waiting.end() && at->first == account.cursor && at->second <= arrival;
         ++at) {
      if (!visit(entries_.at(at->second).transaction)) return;
      account.cursor = account.cursor.next();
    }
  }
}

std::vector<CheckedPtr> Mempool::select(NextSequences const& used, TimeMs now, Room room) const {
  std::lock_guard const lock{mutex_};
  std::vector<CheckedPtr> selected;
  std::size_t bytes = 0;
  each_selectable(used, now, [&](CheckedPtr const& transaction) {
    bytes += transaction->bytes().size() + framing_bytes;
    if (selected.size() == room.count_max || bytes > room.bytes_max) return false;
    selected.push_back(transaction);
    return true;
  });
  return selected;
}

void Mempool::set_aside(Address const& address, TimeMs until) {
  std::lock_guard const lock{mutex_};
  auto const account = accounts_.find(address);
  if (account != accounts_.end()) account->second.aside_until = until;
}

void Mempool::settle(Height height, TimeMs time, NextSequences const& next) {
  std::lock_guard const lock{mutex_};
  CHECK(height > height_);
  height_ = height;
  for (auto const& [address, sequence] : next) {
    auto const account = accounts_.find(address);
    if (account == accounts_.end()) continue;
    account->second.final_next = std::max(account->second.final_next, sequence);
    account->second.aside_until = {};
    std::vector<Arrival> stale;
    for (auto const& [waiting, arrival] : account->second.waiting) {
      if (waiting >= sequence) break;
      stale.push_back(arrival);
    }
    for (auto const arrival : stale) remove(arrival);
  }
  while (!by_expiry_.empty() && by_expiry_.begin()->first < time) {
    remove(by_expiry_.begin()->second);
  }
}

void Mempool::expel(labor::v1::Account const& account) {
  if (!account.has_authority()) return;
  std::lock_guard const lock{mutex_};
  auto const found = accounts_.find(execution::address_in(account.address()));
  if (found == accounts_.end()) return;
  std::vector<Arrival> gone;
  for (auto const& [sequence, arrival] : found->second.waiting) {
    auto const& signers = entries_.at(arrival).transaction->signers();
    if (!bank::may_sign(account, signers)) gone.push_back(arrival);
  }
  for (auto const arrival : gone) remove(arrival);
}

void Mempool::remove(Arrival arrival) {
  auto const found = entries_.find(arrival);
  CHECK(found != entries_.end());
  auto const& [transaction, origin, account] = found->second;
  by_wire_.erase(transaction->wire());
  by_id_.erase(transaction->id());
  by_expiry_.erase({transaction->valid_until(), arrival});
  bytes_ -= transaction->bytes().size();
  if (origin) --by_peer_.at(*origin);
  account->waiting.erase(transaction->sequence());
  if (account->waiting.empty()) accounts_.erase(transaction->account());
  entries_.erase(found);
}

CheckedPtr Mempool::find(protocol::WireHash const& hash) const {
  std::lock_guard const lock{mutex_};
  auto const found = by_wire_.find(hash);
  return found == by_wire_.end() ? nullptr : entries_.at(found->second).transaction;
}

CheckedPtr Mempool::find(protocol::TransactionId const& id) const {
  std::lock_guard const lock{mutex_};
  auto const found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : entries_.at(found->second).transaction;
}

Sequence Mempool::next_sequence(Address const& account, Sequence final_next) const {
  std::lock_guard const lock{mutex_};
  auto const found = accounts_.find(account);
  if (found == accounts_.end()) return final_next;
  auto const& waiting = found->second.waiting;
  auto next = std::max(final_next, found->second.final_next);
  for (auto at = waiting.find(next); at != waiting.end() && at->first == next; ++at) {
    next = next.next();
  }
  return next;
}

std::vector<CheckedPtr> Mempool::oldest(std::size_t bytes_max) const {
  std::lock_guard const lock{mutex_};
  std::vector<CheckedPtr> found;
  std::size_t bytes = 0;
  for (auto const& [arrival, entry] : entries_) {
    bytes += entry.transaction->bytes().size();
    if (bytes > bytes_max) break;
    found.push_back(entry.transaction);
  }
  return found;
}

std::size_t Mempool::count() const {
  std::lock_guard const lock{mutex_};
  return entries_.size();
}

std::size_t Mempool::bytes() const {
  std::lock_guard const lock{mutex_};
  return bytes_;
}

}  // namespace node
