#include "protocol/bank/messages.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "protocol/bank/account.h"
#include "protocol/bank/holders.h"
#include "protocol/bank/locks.h"
#include "protocol/base/try.h"
#include "protocol/governance/delegation.h"
#include "protocol/limits.h"

namespace bank {

namespace limits = protocol::limits;
using namespace labor::v1;  // This file handles every message of the bank.
using execution::Context;
using execution::Done;
using execution::fail;
using protocol::Address;

Done apply(Context& context, Transfer const& message) {
  if (message.amount() == 0) return fail(TX_STATUS_INVALID_AMOUNT);
  auto const to = Address::from(message.to());
  if (!to) return fail(TX_STATUS_INVALID_ADDRESS);
  if (message.asset() == ASSET_UNSPECIFIED) return fail(TX_STATUS_INVALID_ASSET);
  if (*to == context.sender()) return fail(TX_STATUS_SAME_ACCOUNT);

  return context.move(account_holder(context.sender()), account_holder(*to), message.asset(),
                      protocol::Amount{message.amount()}, "transfer");
}

Done apply(Context& context, SponsorAccount const& message) {
  auto const address = Address::from(message.account());
  if (!address) return fail(TX_STATUS_INVALID_ADDRESS);
  if (*address == context.sender()) return fail(TX_STATUS_SAME_ACCOUNT);
  auto sponsor = account_of(context.state(), context.sender());
  if (!sponsor.member()) return fail(TX_STATUS_NOT_A_MEMBER);
  auto newcomer = account_of(context.state(), *address);
  if (!newcomer.sponsor().empty()) return fail(TX_STATUS_ALREADY_SPONSORED);
  if (sponsor.sponsored() >= limits::sponsored_max) {
    return fail(TX_STATUS_TOO_MANY_SPONSORED,
                {{"have", sponsor.sponsored()}, {"most", limits::sponsored_max}});
  }
  if (newcomer.member()) return fail(TX_STATUS_NOT_A_NEWCOMER);

  sponsor.set_sponsored(sponsor.sponsored() + 1);
  newcomer.set_sponsor(context.sender().str());
  // Whoever has acted before came here alone.
  if (newcomer.introduced_by().empty() && newcomer.sequence() == 0) {
    newcomer.set_introduced_by(context.sender().str());
    newcomer.set_introduced_at_ms(context.time().value());
  }
  context.put(sponsor, "account.lend");
  context.put(newcomer, "account.sponsored");
  return {};
}

Done apply(Context& context, LockTokens const& message) {
  if (message.amount() == 0) return fail(TX_STATUS_INVALID_AMOUNT);
  if (message.until_ms() <= context.time().value()) return fail(TX_STATUS_INVALID_TIME);
  auto const have = balance_of(context.state(), context.sender(), ASSET_LBR).value();
  if (have < message.amount()) {
    return fail(TX_STATUS_INSUFFICIENT_BALANCE, {{"have", have}, {"need", message.amount()}});
  }
  auto const latest = day_of(context.time()) + limits::lock_days_max;
  if (message.until_ms() > latest * day_ms) {
    return fail(TX_STATUS_LOCK_TOO_LONG, {{"got", message.until_ms()}, {"most", latest * day_ms}});
  }
  auto account = account_of(context.state(), context.sender());
  if (std::cmp_greater_equal(account.lock_ids_size(), limits::locks_max)) {
    return fail(TX_STATUS_TOO_MANY_LOCKS,
                {{"have", static_cast<std::uint64_t>(account.lock_ids_size())},
                 {"most", limits::locks_max}});
  }

  Lock lock;
  lock.set_id(context.next_id(lock_counter));
  lock.set_owner(context.sender().str());
  lock.set_amount(message.amount());
  lock.set_until_ms(day_ceiling(message.until_ms()));
  lock.set_created_height(context.height().value());
  account.set_locked(account.locked() + lock.amount());
  account.add_lock_ids(lock.id());
  TRY_VOID(context.move(account_holder(context.sender()), lock_holder(context.sender(), lock.id()),
                        ASSET_LBR, protocol::Amount{lock.amount()}, "lock"));
  count_lock(context, all_locks, lock);
  governance::count_for_delegate(context, lock);
  context.put(lock, "lock.make");
  context.put(account, "lock.make");
  return {};
}

Done apply(Context& context, UnlockTokens const& message) {
  auto const lock = context.find<Lock>(state::keys::lock(message.lock_id()));
  if (!lock) return fail(TX_STATUS_LOCK_NOT_FOUND);
  if (lock->owner() != context.sender().chars()) return fail(TX_STATUS_NOT_YOUR_LOCK);
  if (context.time().value() < lock->until_ms()) {
    return fail(TX_STATUS_LOCK_NOT_OVER, {{"until_ms", lock->until_ms()}});
  }

  auto account = account_of(context.state(), context.sender());
  auto const listed = std::ranges::find(account.lock_ids(), lock->id());
  TRY_VOID(execution::must_hold(listed != account.lock_ids().end()));
  TRY_VOID(execution::must_hold(account.locked() >= lock->amount()));
  account.set_locked(account.locked() - lock->amount());
  auto& ids = *account.mutable_lock_ids();
  ids.erase(listed);
  TRY_VOID(context.move(lock_holder(context.sender(), lock->id()), account_holder(context.sender()),
                        ASSET_LBR, protocol::Amount{lock->amount()}, "unlock"));
  context.remove(*lock, "lock.return");
  context.put(account, "lock.return");
  return {};
}

}  // namespace bank
