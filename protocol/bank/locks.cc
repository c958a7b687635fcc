#include "protocol/bank/locks.h"

#include <optional>
#include <utility>

#include "protocol/bank/account.h"
#include "protocol/base/try.h"

namespace bank {

using execution::Context;
using execution::Done;
using labor::v1::Lock;
using labor::v1::LockedSum;
using labor::v1::LockedUntil;

namespace {

std::uint64_t amount_until(state::Reader const& state, std::string_view delegate,
                           std::uint64_t day) {
  auto const key = state::keys::locked_until(day, delegate);
  auto const bucket = execution::find_record<LockedUntil>(state, key);
  return bucket ? bucket->amount() : 0;
}

LockedUntil bucket_of(std::string_view delegate, std::uint64_t day, std::uint64_t amount) {
  LockedUntil bucket;
  bucket.set_day(day);
  bucket.set_amount(amount);
  bucket.set_delegate(std::string{delegate});
  return bucket;
}

// Days up to and including today are over: a lock that ends today ends at its start.
void sweep(Context& context, LockedSum& sum) {
  auto const today = day_of(context.time());
  if (sum.swept() > today) return;
  // Nothing is locked for longer than the limit, so older days hold nothing.
  auto const from = sum.live() == 0 ? today : sum.swept();
  for (auto day = from; day <= today && sum.live() > 0; ++day) {
    auto const amount = amount_until(context.state(), sum.delegate(), day);
    if (amount == 0) continue;
    sum.set_live(sum.live() - amount);
    context.remove(bucket_of(sum.delegate(), day, amount), "lock.day-over");
  }
  sum.set_swept(today + 1);
}

LockedSum swept_sum(Context& context, std::string_view delegate) {
  auto sum = locked_sum(context.state(), delegate);
  sweep(context, sum);
  return sum;
}

}  // namespace

std::expected<std::vector<Lock>, execution::Failure> locks_of(state::Reader const& state,
                                                              protocol::Address const& account) {
  std::vector<Lock> locks;
  auto const owner = account_of(state, account);
  for (auto const id : owner.lock_ids()) {
    auto lock = execution::find_record<Lock>(state, state::keys::lock(id));
    if (!lock) return execution::fail(labor::v1::TX_STATUS_INTERNAL);
    locks.push_back(*std::move(lock));
  }
  return locks;
}

LockedSum locked_sum(state::Reader const& state, std::string_view delegate) {
  auto const found = execution::find_record<LockedSum>(state, state::keys::locked_sum(delegate));
  if (found) return *found;
  LockedSum fresh;
  fresh.set_delegate(std::string{delegate});
  return fresh;
}

void count_lock(Context& context, std::string_view delegate, Lock const& lock) {
  auto sum = swept_sum(context, delegate);
  auto const day = lock.until_ms() / day_ms;
  if (day >= sum.swept()) {
    auto const amount = amount_until(context.state(), delegate, day) + lock.amount();
    context.put(bucket_of(delegate, day, amount), "lock.day");
    sum.set_live(sum.live() + lock.amount());
  }
  context.put(sum, "lock.day");
}

Done uncount_lock(Context& context, std::string_view delegate, Lock const& lock) {
  auto sum = swept_sum(context, delegate);
  auto const day = lock.until_ms() / day_ms;
  if (day >= sum.swept()) {
    auto const counted = amount_until(context.state(), delegate, day);
    TRY_VOID(execution::must_hold(counted >= lock.amount() && sum.live() >= lock.amount()));
    if (counted > lock.amount()) {
      context.put(bucket_of(delegate, day, counted - lock.amount()), "lock.day");
    } else {
      context.remove(bucket_of(delegate, day, counted), "lock.day");
    }
    sum.set_live(sum.live() - lock.amount());
  }
  context.put(sum, "lock.day");
  return {};
}

protocol::Amount locked_beyond(state::Reader const& state, std::string_view delegate,
                               protocol::TimeMs until) {
  auto const sum = locked_sum(state, delegate);
  auto beyond = sum.live();
  auto const end = day_at_or_after(until.value());
  for (auto day = sum.swept(); day < end && beyond > 0; ++day) {
    beyond -= amount_until(state, delegate, day);
  }
  return protocol::Amount{beyond};
}

}  // namespace bank
