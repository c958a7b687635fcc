#include "protocol/bank/holders.h"

#include <algorithm>
#include <string_view>

#include "protocol/base/check.h"

namespace bank {

using labor::v1::Holder;
using protocol::Address;

namespace {

Address reserved(std::string_view name) {
  Address address;
  std::ranges::copy(base::bytes_of(name), address.data.begin());
  return address;
}

Holder of_kind(labor::v1::HolderKind kind) {
  Holder holder;
  holder.set_kind(kind);
  return holder;
}

Holder of_account(labor::v1::HolderKind kind, Address const& address) {
  auto holder = of_kind(kind);
  holder.set_address(address.str());
  return holder;
}

Holder of_record(labor::v1::HolderKind kind, std::uint64_t id) {
  auto holder = of_kind(kind);
  holder.set_id(id);
  return holder;
}

}  // namespace

Address const& treasury_address() {
  static Address const address = reserved("LABOR/treasury");
  return address;
}

Address const& pool_address() {
  static Address const address = reserved("LABOR/community");
  return address;
}

Holder account_holder(Address const& address) {
  return of_account(labor::v1::HOLDER_KIND_ACCOUNT, address);
}

Holder escrow_holder(std::uint64_t contract) {
  return of_record(labor::v1::HOLDER_KIND_ESCROW, contract);
}

Holder lock_holder(Address const& owner, std::uint64_t lock) {
  auto holder = of_account(labor::v1::HOLDER_KIND_LOCK, owner);
  holder.set_id(lock);
  return holder;
}

Holder deposit_holder(std::uint64_t ballot) {
  return of_record(labor::v1::HOLDER_KIND_DEPOSIT, ballot);
}

Holder dispute_holder(std::uint64_t dispute) {
  return of_record(labor::v1::HOLDER_KIND_DISPUTE, dispute);
}

Holder vetting_holder(std::uint64_t vetting) {
  return of_record(labor::v1::HOLDER_KIND_VETTING, vetting);
}

Holder report_holder(std::uint64_t report) {
  return of_record(labor::v1::HOLDER_KIND_REPORT, report);
}

Holder juror_stake_holder(Address const& juror) {
  return of_account(labor::v1::HOLDER_KIND_JUROR_STAKE, juror);
}

Holder vesting_holder(Address const& account) {
  return of_account(labor::v1::HOLDER_KIND_VESTING, account);
}

Holder job_bond_holder(std::uint64_t job) {
  return of_record(labor::v1::HOLDER_KIND_JOB_BOND, job);
}

Holder treasury_holder() {
  return of_kind(labor::v1::HOLDER_KIND_TREASURY);
}

Holder pool_holder() {
  return of_kind(labor::v1::HOLDER_KIND_COMMUNITY_POOL);
}

std::optional<Address> balance_address(Holder const& holder) {
  switch (holder.kind()) {
    case labor::v1::HOLDER_KIND_TREASURY:
      return treasury_address();
    case labor::v1::HOLDER_KIND_COMMUNITY_POOL:
      return pool_address();
    case labor::v1::HOLDER_KIND_ACCOUNT: {
      auto const address = Address::from(holder.address());
      CHECK(address.has_value());  // Callers have checked what came from outside.
      return address;
    }
    default:
      return std::nullopt;
  }
}

}  // namespace bank
