#include "protocol/justice/verdict_machine.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/justice/jurors.h"
#include "protocol/justice/verdict.h"

namespace justice {

using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::JurorSeatState;

namespace {

using Row = execution::Row<VerdictAct, JurorSeatState>;
using Who = execution::Who<VerdictAct>;
using Guard = execution::Guard<VerdictAct>;
using Effect = execution::Effect<VerdictAct>;

constexpr auto none = labor::v1::JUROR_SEAT_STATE_UNSPECIFIED;
constexpr auto drawn = labor::v1::JUROR_SEAT_STATE_DRAWN;
constexpr auto committed = labor::v1::JUROR_SEAT_STATE_COMMITTED;
constexpr auto revealed = labor::v1::JUROR_SEAT_STATE_REVEALED;
constexpr auto exposed = labor::v1::JUROR_SEAT_STATE_EXPOSED;
constexpr auto absent = labor::v1::JUROR_SEAT_STATE_ABSENT;

// ---- who ----

Done is_juror(VerdictAct const& act) {
  if (act.account.chars() == act.seat.juror()) return {};
  return fail(labor::v1::TX_STATUS_NOT_ON_PANEL);
}

Done is_another(VerdictAct const& act) {
  if (act.account.chars() != act.seat.juror()) return {};
  return fail(labor::v1::TX_STATUS_OWN_VERDICT);
}

// ---- time and guards ----

Done in_time(VerdictAct const& act) {
  return execution::must_be_before(act.sitting.until_ms, act.now);
}

Done panel_votes(VerdictAct const& act) {
  if (act.sitting.phase == Sitting::Phase::votes) return {};
  return fail(labor::v1::TX_STATUS_NOT_VOTING);
}

Done panel_reveals(VerdictAct const& act) {
  if (act.sitting.phase == Sitting::Phase::reveals) return {};
  return fail(labor::v1::TX_STATUS_NOT_REVEALING);
}

Done is_what_was_committed(VerdictAct const& act) {
  auto const salt = protocol::Hash::from(act.hash);
  if (!salt) return execution::must_hold(false);  // Its form was checked.
  auto const juror = execution::address_in(act.seat.juror());
  auto const made = verdict_commitment(act.sitting, juror, *salt, act.award);
  if (made.chars() == act.seat.commitment()) return {};
  return fail(labor::v1::TX_STATUS_VERDICT_MISMATCH);
}

Done reveals_it(VerdictAct const& act) {
  TRY_VOID(panel_reveals(act));
  return is_what_was_committed(act);
}

Done exposes_it(VerdictAct const& act) {
  TRY_VOID(panel_votes(act));
  return is_what_was_committed(act);
}

// ---- effects ----

Done lock(VerdictAct& act) {
  return lock_stake(*act.context, act.seat, act.sitting.stake, act.cause);
}

Done keep_commitment(VerdictAct& act) {
  act.seat.set_commitment(act.hash);
  return {};
}

Done keep_award(VerdictAct& act) {
  act.seat.set_award(act.award);
  return {};
}

Done reward_exposer(VerdictAct& act) {
  return take_stake(*act.context, act.seat, act.account, act.cause);
}

Done forfeit(VerdictAct& act) {
  return take_stake(*act.context, act.seat, std::nullopt, act.cause);
}

// ---- the table ----

constexpr Who drawing{"with the draw of dispute, vetting or report"};
constexpr Who juror{"the juror", is_juror};
constexpr Who another{"anybody but the juror", is_another};
constexpr Who ruling{"with the end of the days to reveal"};

constexpr Guard votes{"the panel commits", panel_votes};
constexpr Guard same{"the panel reveals; it is what was committed", reveals_it, true,
                     panel_reveals};
constexpr Guard known{"the panel commits; it is what was committed", exposes_it, true, panel_votes};

constexpr Effect locks{"locks a part of the stake", lock};
constexpr Effect commits{"nobody can read it yet", keep_commitment};
constexpr Effect shows{"counts", keep_award};
constexpr Effect robs{"does not count; half of what was locked goes to who posted it",
                      reward_exposer};
constexpr Effect loses{"what was locked goes to the treasury", forfeit};

// clang-format off
constexpr Row rows[] = {
  {"draw",   follow,  none,      drawn,     drawing, {},    locks},
  {"commit", message, drawn,     committed, juror,   votes, commits},
  {"expose", message, committed, exposed,   another, known, robs},
  {"reveal", message, committed, revealed,  juror,   same,  shows},
  {"miss",   follow,  drawn,     absent,    ruling,  {},    loses},
  {"miss",   follow,  committed, absent,    ruling,  {},    loses},
};
// clang-format on

labor::v1::TxStatus wrong_state(JurorSeatState) {
  return labor::v1::TX_STATUS_VERDICT_GIVEN;
}

}  // namespace

VerdictMachine const& verdict_machine() {
  static constexpr VerdictMachine machine{
      .name = "verdict", .rows = rows, .in_time = in_time, .wrong_state = wrong_state};
  return machine;
}

}  // namespace justice
