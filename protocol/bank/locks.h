// Locks by the day they end: how much LBR is locked beyond a date, without looking at each lock.
// Kept for all locks together (`delegate` empty), and for the locks delegated to one account.
//
//   LockedUntil{day, delegate}   sum of the locks that end at the start of that UTC day
//   LockedSum{delegate}          live: sum over days not yet swept
//                                swept: the first day not yet swept; days before it are over
//
// Invariant: live = sum of LockedUntil over days >= swept, and no bucket lies before swept.
// Sweeping costs a read for each day since the last sweep, however many locks there are.

#pragma once

#include <labor/v1/bank.pb.h>

#include <cstdint>
#include <expected>
#include <string_view>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace bank {

inline constexpr std::uint64_t day_ms = 24ull * 60 * 60 * 1000;
inline constexpr std::string_view lock_counter = "lock";
inline constexpr std::string_view all_locks{};  // Whoever votes with them.

constexpr std::uint64_t day_of(protocol::TimeMs time) {
  return time.value() / day_ms;
}
// How many days have begun before `time_ms`: the first day that starts at it or later.
constexpr std::uint64_t day_at_or_after(std::uint64_t time_ms) {
  return time_ms / day_ms + (time_ms % day_ms == 0 ? 0 : 1);
}
// The first start of a UTC day at or after `time_ms`, which is within limits::lock_days_max.
constexpr std::uint64_t day_ceiling(std::uint64_t time_ms) {
  return day_at_or_after(time_ms) * day_ms;
}

// What the account has locked, oldest first. INTERNAL: it lists one that is not there.
std::expected<std::vector<labor::v1::Lock>, execution::Failure> locks_of(
    state::Reader const& state, protocol::Address const& account);

labor::v1::LockedSum locked_sum(state::Reader const& state, std::string_view delegate);

// A lock was made, or delegated. (One that is returned was over, and its day with it.)
void count_lock(execution::Context& context, std::string_view delegate,
                labor::v1::Lock const& lock);

// A lock is delegated no more; nothing if it is over. INTERNAL: it was not counted.
execution::Done uncount_lock(execution::Context& context, std::string_view delegate,
                             labor::v1::Lock const& lock);

// LBR in locks that end at `until` or later, which lies in the future.
protocol::Amount locked_beyond(state::Reader const& state, std::string_view delegate,
                               protocol::TimeMs until);

}  // namespace bank
