#include "protocol/bank/locks.h"

namespace bank {

using execution::Context;
using labor::v1::Lock;
using labor::v1::LockedUntil;

namespace {

constexpr std::string_view live_counter = "locks.live";
constexpr std::string_view swept_counter = "locks.swept";

std::uint64_t amount_until(Context const& context, std::uint64_t day) {
  auto const bucket = context.find<LockedUntil>(state::keys::locked_until(day));
  return bucket ? bucket->amount() : 0;
}

void set_amount_until(Context& context, std::uint64_t day, std::uint64_t amount) {
  LockedUntil bucket;
  bucket.set_day(day);
  bucket.set_amount(amount);
  context.put(bucket, "lock.day");
}

// Days up to and including today are over: a lock that ends today ends at its start.
void sweep(Context& context) {
  auto const first = context.counter(swept_counter);
  auto const today = day_of(context.time());
  if (first > today) return;
  auto live = context.counter(live_counter);
  // Nothing is locked for longer than the limit, so older days hold nothing.
  auto const from = live == 0 ? today : first;
  for (auto day = from; day <= today && live > 0; ++day) {
    auto const bucket = context.find<LockedUntil>(state::keys::locked_until(day));
    if (!bucket) continue;
    live -= bucket->amount();
    context.remove(*bucket, "lock.day-over");
  }
  context.set_counter(live_counter, live);
  context.set_counter(swept_counter, today + 1);
}

}  // namespace

void count_lock(Context& context, Lock const& lock) {
  sweep(context);
  auto const day = lock.until_ms() / day_ms;
  set_amount_until(context, day, amount_until(context, day) + lock.amount());
  context.set_counter(live_counter, context.counter(live_counter) + lock.amount());
}

protocol::Amount locked_beyond(Context& context, protocol::TimeMs until) {
  sweep(context);
  auto beyond = context.counter(live_counter);
  auto const end = day_at_or_after(until.value());
  for (auto day = context.counter(swept_counter); day < end && beyond > 0; ++day) {
    beyond -= amount_until(context, day);
  }
  return protocol::Amount{beyond};
}

}  // namespace bank
