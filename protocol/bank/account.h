// Accounts: how they begin, what they hold, when they become members.
//
// An Account record comes into being with the first transaction of its address, by genesis or by
// a sponsor; balances need none.

#pragma once

#include <labor/v1/bank.pb.h>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace bank {

// The account of `address`, or a fresh one with nothing in it.
labor::v1::Account account_of(state::Reader const& state, protocol::Address const& address);

// Free balance.
protocol::Amount balance_of(state::Reader const& state, protocol::Address const& address,
                            labor::v1::Asset asset);

// Whether two accounts may be one interest: one introduced the other, one person introduced both,
// the same key signs for both, or one guards the other or somebody both.
bool related(state::Reader const& state, protocol::Address const& one,
             protocol::Address const& other);

// What the community pool has left, LBR minor units.
protocol::Amount pool_balance(state::Reader const& state);

// A first contract was completed: the account has a base allowance of its own from now on, and
// its sponsor's loan comes back. Nothing happens to a member.
execution::Done become_member(execution::Context& context, protocol::Address const& address);

}  // namespace bank
