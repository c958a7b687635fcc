#include "protocol/bank/holders.h"

#include <algorithm>
#include <string_view>

namespace bank {

protocol::Address const& treasury_address() {
  static protocol::Address const address = [] {
    protocol::Address reserved;
    std::ranges::copy(base::bytes_of("LABOR/treasury"), reserved.data.begin());
    return reserved;
  }();
  return address;
}

labor::v1::Holder account_holder(protocol::Address const& address) {
  labor::v1::Holder holder;
  holder.set_kind(labor::v1::HOLDER_KIND_ACCOUNT);
  holder.set_address(address.str());
  return holder;
}

labor::v1::Holder escrow_holder(std::uint64_t contract) {
  labor::v1::Holder holder;
  holder.set_kind(labor::v1::HOLDER_KIND_ESCROW);
  holder.set_id(contract);
  return holder;
}

labor::v1::Holder lock_holder(protocol::Address const& owner, std::uint64_t lock) {
  labor::v1::Holder holder;
  holder.set_kind(labor::v1::HOLDER_KIND_LOCK);
  holder.set_address(owner.str());
  holder.set_id(lock);
  return holder;
}

labor::v1::Holder deposit_holder(std::uint64_t ballot) {
  labor::v1::Holder holder;
  holder.set_kind(labor::v1::HOLDER_KIND_DEPOSIT);
  holder.set_id(ballot);
  return holder;
}

labor::v1::Holder dispute_holder(std::uint64_t dispute) {
  labor::v1::Holder holder;
  holder.set_kind(labor::v1::HOLDER_KIND_DISPUTE);
  holder.set_id(dispute);
  return holder;
}

labor::v1::Holder juror_stake_holder(protocol::Address const& juror) {
  labor::v1::Holder holder;
  holder.set_kind(labor::v1::HOLDER_KIND_JUROR_STAKE);
  holder.set_address(juror.str());
  return holder;
}

labor::v1::Holder treasury_holder() {
  labor::v1::Holder holder;
  holder.set_kind(labor::v1::HOLDER_KIND_TREASURY);
  return holder;
}

}  // namespace bank
