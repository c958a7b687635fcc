#include "node/engine/pool_entry.h"

#include <algorithm>
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

std::expected<Added, EntryRefusal> enter_pool(Mempool& mempool, Store const& store,
                                              protocol::TimeMs now, CheckedPtr const& transaction,
                                              Origin const& origin) {
  auto const sequence = transaction->sequence();
  while (true) {
    auto const snapshot = store.latest();
    auto const& head = snapshot->head();
    // The pool itself judges the sequence: it knows what waits before this one.
    auto const charge =
        execution::admit(*snapshot, *transaction,
                         {.block_time = std::max(head.time, now), .next_sequence = sequence});
    auto const seen = Mempool::Seen{.height = head.height,
                                    .sequence = sequence_of(*snapshot, transaction->account())};
    auto const used = sequence < seen.sequence;
    if ((!charge || used) && snapshot->transaction(transaction->id())) return Added::duplicate;
    if (!charge) return std::unexpected{charge.error()};
    if (used) {
      return std::unexpected{
          execution::Failure{labor::v1::TX_STATUS_SEQUENCE_MISMATCH,
                             {{"expected", seen.sequence.value()}, {"got", sequence.value()}}}};
    }
    auto const added = mempool.add(transaction, origin, seen);
    if (added) return *added;
    if (added.error() != PoolRefusal::stale_view) return std::unexpected{added.error()};
  }
}

}  // namespace node
