// Who or what can hold money. Free balances, the treasury and the community pool are Balance
// records; what an escrow, lock, deposit, dispute, juror's stake, bond or grant holds is a field of
// its Contract, Lock, Ballot, Dispute, Juror, Job, Vesting, Vetting or Report.

#pragma once

#include <labor/v1/record.pb.h>

#include <cstdint>
#include <optional>

#include "protocol/types.h"

namespace bank {

// Where fees go. Its balances lie under a reserved address: ASCII "LABOR/treasury", zero padded.
// No key hashes to it, so no transaction can act for it.
protocol::Address const& treasury_address();

// What is set aside for those who work and hire: "LABOR/community", in the same way.
protocol::Address const& pool_address();

labor::v1::Holder account_holder(protocol::Address const& address);
// Of a contract: locked milestones and their unearned fees.
labor::v1::Holder escrow_holder(std::uint64_t contract);
labor::v1::Holder lock_holder(protocol::Address const& owner, std::uint64_t lock);
labor::v1::Holder deposit_holder(std::uint64_t ballot);
labor::v1::Holder dispute_holder(std::uint64_t dispute);
// Of a vetting that was challenged: the bond, and the fees of the jury.
labor::v1::Holder vetting_holder(std::uint64_t vetting);
// Of a report: the bond, and the fees of the jury.
labor::v1::Holder report_holder(std::uint64_t report);
labor::v1::Holder juror_stake_holder(protocol::Address const& juror);
labor::v1::Holder vesting_holder(protocol::Address const& account);
labor::v1::Holder job_bond_holder(std::uint64_t job);
labor::v1::Holder treasury_holder();
labor::v1::Holder pool_holder();

// Where the money of a holder lies, if it lies in a Balance.
std::optional<protocol::Address> balance_address(labor::v1::Holder const& holder);

}  // namespace bank
