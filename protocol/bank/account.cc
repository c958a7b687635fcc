#include "protocol/bank/account.h"

#include <utility>

#include "protocol/bank/authority.h"
#include "protocol/bank/holders.h"
#include "protocol/bank/recovery.h"
#include "protocol/base/try.h"

namespace bank {

using labor::v1::Account;

Account account_of(state::Reader const& state, protocol::Address const& address) {
  if (auto found = execution::find_record<Account>(state, state::keys::account(address))) {
    return std::move(*found);
  }
  Account fresh;
  fresh.set_address(address.str());
  return fresh;
}

protocol::Amount balance_of(state::Reader const& state, protocol::Address const& address,
                            labor::v1::Asset asset) {
  auto const balance =
      execution::find_record<labor::v1::Balance>(state, state::keys::balance(address, asset));
  return protocol::Amount{balance ? balance->amount() : 0};
}

bool related(state::Reader const& state, protocol::Address const& one,
             protocol::Address const& other) {
  auto const a = account_of(state, one);
  auto const b = account_of(state, other);
  auto const introduced = a.introduced_by() == other.chars() || b.introduced_by() == one.chars();
  auto const both_by_one = !a.introduced_by().empty() && a.introduced_by() == b.introduced_by();
  return introduced || both_by_one || share_a_key(a.authority(), b.authority()) ||
         share_a_guardian(state, one, other);
}

protocol::Amount pool_balance(state::Reader const& state) {
  return balance_of(state, pool_address(), labor::v1::ASSET_LBR);
}

execution::Done become_member(execution::Context& context, protocol::Address const& address) {
  auto account = account_of(context.state(), address);
  if (account.member()) return {};
  if (auto const sponsor_address = protocol::Address::from(account.sponsor())) {
    auto sponsor = account_of(context.state(), *sponsor_address);
    TRY_VOID(execution::must_hold(sponsor.sponsored() > 0));  // Counted when the loan was made.
    sponsor.set_sponsored(sponsor.sponsored() - 1);
    context.put(sponsor, "account.loan-returned");
  }
  account.clear_sponsor();
  account.set_member(true);
  context.put(account, "account.member");
  return {};
}

}  // namespace bank
