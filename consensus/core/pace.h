// Time as the core sees it: which timers run, for how long, and whether there is work (R5, R6).

#pragma once

#include <cstdint>

#include "consensus/core/context.h"

namespace consensus {

// 1.5^6 is above the cap of 8, so a higher level would only take longer to come down from.
inline constexpr std::uint32_t backoff_level_max = 6;

// base * min(1.5^level, 8), in integers.
std::uint64_t backed_off(std::uint64_t base_ms, std::uint32_t level);
void slow_down(State& state);
void speed_up(State& state);

void arm(Context const& context, TimerKind kind, View view, std::uint64_t delay_ms);
// Cancels the timer of this kind, whichever view it was armed in.
void disarm(Context const& context, TimerKind kind);
// Cancels the timers of the view that is being left.
void leave_view(Context const& context);

// t_l and t_a from the moment there is work, as they are now (R6).
struct ViewTimeouts {
  std::uint64_t leader_ms = 0;
  std::uint64_t advance_ms = 0;
};
ViewTimeouts view_timeouts(Config const& config, State const& state);

// Whether something above the last final block waits to become final.
bool unsettled(State const& state);

// Why this view has work (R5): nothing true, none.
struct Reasons {
  bool transactions = false;
  bool due = false;        // A deadline or the heartbeat.
  bool proposal = false;   // The leader's has come, or we have voted for it.
  bool others = false;     // f + 1 of them speak in this view.
  bool unsettled = false;  // And has had its time to settle by itself.

  bool any() const { return transactions || due || proposal || others || unsettled; }
  // Whether a block is wanted even if it is empty.
  bool empty_wanted() const { return due || others || unsettled; }
};
Reasons reasons(Config const& config, State const& state);

// Starts and stops timers as work comes and goes.
void keep_time(Context const& context);

// Says once that the chain has split, or that we computed something else than q others.
void diverge(Context const& context, BlockRef const& block);

}  // namespace consensus
