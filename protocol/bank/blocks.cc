#include "protocol/bank/blocks.h"

#include "protocol/bank/account.h"
#include "protocol/base/try.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"

namespace bank {

namespace limits = protocol::limits;
using namespace labor::v1;  // This file handles every message about blocks.
using execution::Context;
using execution::Done;
using execution::fail;
using protocol::Address;

Done apply(Context& context, BlockAccount const& message) {
  auto const account = Address::from(message.account());
  if (!account) return fail(TX_STATUS_INVALID_ADDRESS);
  if (*account == context.sender()) return fail(TX_STATUS_SAME_ACCOUNT);
  if (has_blocked(context.state(), context.sender(), *account)) {
    return fail(TX_STATUS_ALREADY_BLOCKED);
  }
  auto own = account_of(context.state(), context.sender());
  if (own.blocks() >= limits::blocks_max) {
    return fail(TX_STATUS_TOO_MANY_BLOCKED, {{"have", own.blocks()}, {"most", limits::blocks_max}});
  }
  own.set_blocks(own.blocks() + 1);
  Blocked blocked;
  blocked.set_by(context.sender().str());
  blocked.set_account(account->str());
  context.put(blocked, "account.block");
  context.put(own, "account.block");
  return {};
}

Done apply(Context& context, UnblockAccount const& message) {
  auto const account = Address::from(message.account());
  if (!account) return fail(TX_STATUS_INVALID_ADDRESS);
  auto const blocked = context.find<Blocked>(state::keys::blocked(context.sender(), *account));
  if (!blocked) return fail(TX_STATUS_NOT_BLOCKED);
  auto own = account_of(context.state(), context.sender());
  TRY_VOID(execution::must_hold(own.blocks() > 0));
  own.set_blocks(own.blocks() - 1);
  context.remove(*blocked, "account.unblock");
  context.put(own, "account.unblock");
  return {};
}

bool has_blocked(state::Reader const& state, Address const& by, Address const& account) {
  return state.get(state::keys::blocked(by, account)).has_value();
}

}  // namespace bank
