#include "consensus/core/pace.h"

#include <algorithm>

#include "consensus/core/leader.h"
#include "consensus/core/tally.h"

namespace consensus {
namespace {

bool armed(State const& state, TimerKind kind) {
  return std::ranges::any_of(state.armed, [&](auto const& timer) { return timer.kind == kind; });
}

bool proposed(State const& state) {
  auto const round = state.rounds.find(state.current);
  if (round != state.rounds.end() && round->second.proposal) return true;
  return state.safety.own(state.current).notarize.has_value();
}

// f + 1 others speak in this view: at least one honest validator sees a reason to (R5).
bool others_speak(Config const& config, State const& state) {
  return voters(state, state.current, config.self) > config.validators.faults_max();
}

// t_l and t_a, from the moment there is work.
void start_view_timers(Context const& context) {
  auto const& [config, state, out] = context;
  state.pace.running = true;
  auto const view = state.current;
  auto const [leader_ms, advance_ms] = view_timeouts(config, state);
  if (!proposed(state) || inactive_leader(config, state)) {
    arm(context, TimerKind::leader, view, leader_ms);
  }
  arm(context, TimerKind::advance, view, advance_ms);
}

void keep_view_timers(Context const& context) {
  auto& state = context.state;
  auto const nullified = context.own().nullify.has_value();
  if (nullified || !reasons(context.config, state).any()) {
    disarm(context, TimerKind::leader);
    disarm(context, TimerKind::advance);
    state.pace.running = false;
  } else if (!state.pace.running) {
    start_view_timers(context);
  }
  if (proposed(state)) disarm(context, TimerKind::leader);
}

void keep_settle_timer(Context const& context) {
  auto& state = context.state;
  auto const waiting =
      unsettled(state) && !state.pace.settled && !reasons(context.config, state).any();
  if (!waiting) {
    disarm(context, TimerKind::settle);
  } else if (!armed(state, TimerKind::settle)) {
    arm(context, TimerKind::settle, state.current,
        backed_off(context.config.timing.delta_ms, state.backoff_level));
  }
}

}  // namespace

std::uint64_t backed_off(std::uint64_t base_ms, std::uint32_t level) {
  auto delay_ms = base_ms;
  for (std::uint32_t i = 0; i < level; ++i) delay_ms += delay_ms / 2;
  return std::min(delay_ms, 8 * base_ms);
}

void slow_down(State& state) {
  state.backoff_level = std::min(state.backoff_level + 1, backoff_level_max);
}

// One step at a time: one quiet moment does not mean that the network is well again.
void speed_up(State& state) {
  if (state.backoff_level > 0) --state.backoff_level;
}

void arm(Context const& context, TimerKind kind, View view, std::uint64_t delay_ms) {
  auto const timer = TimerId{.kind = kind, .view = view};
  context.state.armed.insert(timer);
  context.out.timers.push_back({.timer = timer, .act = TimerOrder::Act::arm, .delay_ms = delay_ms});
}

void disarm(Context const& context, TimerKind kind) {
  std::erase_if(context.state.armed, [&](TimerId const& timer) {
    if (timer.kind != kind) return false;
    context.out.timers.push_back({.timer = timer, .act = TimerOrder::Act::cancel, .delay_ms = 0});
    return true;
  });
}

void leave_view(Context const& context) {
  for (auto const kind :
       {TimerKind::leader, TimerKind::advance, TimerKind::retry, TimerKind::settle}) {
    disarm(context, kind);
  }
}

ViewTimeouts view_timeouts(Config const& config, State const& state) {
  if (inactive_leader(config, state)) return {};
  auto const& timing = config.timing;
  auto wait_ms = state.block_interval_ms;
  // Heartbeats are due by clocks that differ: the leader's comes first.
  auto const only_due = state.work.due && !state.work.transactions && !proposed(state);
  if (only_due && !leads(config, state)) wait_ms += timing.due_grace_ms;
  auto const level = state.backoff_level;
  return {.leader_ms = wait_ms + backed_off(2 * timing.delta_ms, level),
          .advance_ms = wait_ms + backed_off(3 * timing.delta_ms, level)};
}

bool unsettled(State const& state) {
  auto const& safety = state.safety;
  if (!safety.notarizations().empty()) return true;
  // After a restart the certificates are gone, but what we voted for may be one vote from final.
  return std::ranges::any_of(safety.own(), [](auto const& entry) {
    return entry.second.notarize.has_value() || entry.second.finalize.has_value();
  });
}

Reasons reasons(Config const& config, State const& state) {
  return {.transactions = state.work.transactions,
          .due = state.work.due,
          .proposal = proposed(state),
          .others = others_speak(config, state),
          .unsettled = state.pace.settled && unsettled(state)};
}

void keep_time(Context const& context) {
  keep_view_timers(context);
  keep_settle_timer(context);

  auto const& state = context.state;
  if (!reasons(context.config, state).any() && !unsettled(state)) {
    disarm(context, TimerKind::standstill);
  } else if (!armed(state, TimerKind::standstill)) {
    arm(context, TimerKind::standstill, View{0}, context.config.timing.standstill_ms);
  }
}

void diverge(Context const& context, BlockRef const& block) {
  if (context.state.diverged) return;
  context.state.diverged = true;
  context.out.want.emplace_back(Diverged{.block = block});
}

}  // namespace consensus
