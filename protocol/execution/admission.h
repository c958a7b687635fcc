// Whether a transaction may enter a block over a given state: the mempool asks before it keeps
// one, the leader before it proposes, and every executor again. A block that holds one that is
// refused here is invalid.
//
// Nobody who works pays to use the chain: an account has an allowance of units that refills with
// block time up to a cap (allowance_cap), and only what goes beyond costs a fee in LBR, from the
// account or a fee payer that signed. A flood therefore costs the flooder.
//
// Statuses EXPIRED to FEE_NOT_COVERED, in that order.
// Threads: pure over the Reader it is given.

#pragma once

#include <labor/v1/bank.pb.h>

#include <cstdint>
#include <expected>
#include <optional>

#include "protocol/execution/failure.h"
#include "protocol/execution/transaction.h"
#include "protocol/state/reader.h"
#include "protocol/types.h"

namespace execution {

// What including the transaction costs, and whom.
struct Charge {
  std::uint64_t allowance_used = 0;
  protocol::Amount fee{};      // LBR minor units.
  protocol::Address payer{};   // Of the fee.
  labor::v1::Account account;  // The account as it stands after the charge, sequence included.
  std::optional<labor::v1::Account> fee_payer;  // Set if this transaction binds the payer's key.
};

struct Moment {
  protocol::TimeMs block_time{};
  // The mempool admits behind transactions it already holds: the sequence that comes next.
  // Nothing: the account's own.
  std::optional<protocol::Sequence> next_sequence = std::nullopt;
};

std::expected<Charge, Failure> admit(state::Reader const& state, CheckedTransaction const& tx,
                                     Moment const& moment);

// The same for a body that nobody has signed yet, as if account and fee payer both had.
std::expected<Charge, Failure> admit_unsigned(state::Reader const& state,
                                              labor::v1::TransactionBody const& body,
                                              std::uint64_t units, Moment const& moment);

// Units an account can hold at most: a base for members less what it lends, what a sponsor lends
// it, and more by locked LBR.
std::uint64_t allowance_cap(labor::v1::Account const& account);

// Units an account has at `block_time`.
std::uint64_t allowance_at(labor::v1::Account const& account, protocol::TimeMs block_time);

}  // namespace execution
