// Who or what can hold money. Free balances and the treasury are Balance records; what an escrow,
// lock, deposit, dispute or juror's stake holds is a field of its Contract, Lock, Ballot, Dispute
// or Juror.

#pragma once

#include <labor/v1/record.pb.h>

#include <cstdint>

#include "protocol/types.h"

namespace bank {

// Where fees go. Its balances lie under a reserved address: ASCII "LABOR/treasury", zero padded.
// No key hashes to it, so no transaction can act for it.
protocol::Address const& treasury_address();

labor::v1::Holder account_holder(protocol::Address const& address);
// Of a contract: locked milestones and their unearned fees.
labor::v1::Holder escrow_holder(std::uint64_t contract);
labor::v1::Holder lock_holder(protocol::Address const& owner, std::uint64_t lock);
labor::v1::Holder deposit_holder(std::uint64_t ballot);
labor::v1::Holder dispute_holder(std::uint64_t dispute);
labor::v1::Holder juror_stake_holder(protocol::Address const& juror);
labor::v1::Holder treasury_holder();

}  // namespace bank
