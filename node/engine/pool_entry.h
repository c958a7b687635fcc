// What a transaction whose signatures are good must pass to wait in the mempool: the last final
// state, then the pool's own bounds.
//
// Threads: any.

#pragma once

#include <expected>
#include <variant>

#include "node/mempool/mempool.h"
#include "node/store/store.h"
#include "protocol/execution/failure.h"
#include "protocol/types.h"

namespace node {

using EntryRefusal = std::variant<execution::Failure, PoolRefusal>;

// What is final already counts as a duplicate.
std::expected<Added, EntryRefusal> enter_pool(Mempool& mempool, Store const& store,
                                              protocol::TimeMs now, CheckedPtr const& transaction,
                                              Origin const& origin);

}  // namespace node
