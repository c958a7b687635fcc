#include "protocol/justice/vetting_machine.h"

#include <algorithm>
#include <utility>

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/justice/panel.h"
#include "protocol/justice/vetting.h"
#include "protocol/limits.h"

namespace justice {

using namespace labor::v1;  // This file names every state of a vetting.
using execution::Done;
using execution::fail;
using enum execution::Trigger;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<VettingAct, VettingState>;
using Who = execution::Who<VettingAct>;
using Guard = execution::Guard<VettingAct>;
using Effect = execution::Effect<VettingAct>;

constexpr auto none = VETTING_STATE_UNSPECIFIED;
constexpr auto drawing = VETTING_STATE_DRAWING;
constexpr auto voting = VETTING_STATE_VOTING;
constexpr auto revealing = VETTING_STATE_REVEALING;
constexpr auto vetted = VETTING_STATE_VETTED;
constexpr auto refused = VETTING_STATE_REFUSED;
constexpr auto lapsed = VETTING_STATE_LAPSED;
constexpr auto struck = VETTING_STATE_STRUCK;
constexpr auto expired = VETTING_STATE_EXPIRED;

// ---- who ----

Done is_person(VettingAct const& act) {
  return act.attested ? Done{} : fail(TX_STATUS_NOT_ATTESTED);
}

Done is_another(VettingAct const& act) {
  if (act.account.chars() != act.vetting.account()) return {};
  return fail(TX_STATUS_OWN_VETTING);
}

// ---- time and guards ----

Done in_time(VettingAct const& act) {
  return execution::must_be_before(act.vetting.until_ms(), act.now);
}

Done is_due(VettingAct const& act) {
  return execution::must_have_run_out(act.vetting.until_ms(), act.now);
}

Done is_kept_long_enough(VettingAct const& act) {
  return execution::must_have_run_out(act.vetting.leaves_at_ms(), act.now);
}

// What a row of the block asks beyond its time.
Done when(VettingAct const& act, bool condition) {
  TRY_VOID(is_due(act));
  return condition ? Done{} : fail(TX_STATUS_WRONG_STATE);
}

bool is_challenged(VettingAct const& act) {
  return act.vetting.panels_size() > 1;
}

bool may_draw_again(VettingAct const& act) {
  return act.now.value() < act.vetting.draw_until_ms();
}

// What the panel that sits makes of it.
enum class Finding : std::uint8_t { open, doubted, believed };
Finding finding(VettingAct const& act) {
  auto const median = median_award(*act.vetting.panels().rbegin());
  if (!median) return Finding::open;
  return is_believed(*median) ? Finding::believed : Finding::doubted;
}

Done can_be_drawn(VettingAct const& act) {
  return when(act, act.drawn.has_value());
}
Done is_tried_again(VettingAct const& act) {
  return when(act, !act.drawn && may_draw_again(act));
}
Done never_drawn(VettingAct const& act) {
  return when(act, !act.drawn && !may_draw_again(act) && !is_challenged(act));
}
Done never_judged(VettingAct const& act) {
  return when(act, !act.drawn && !may_draw_again(act) && is_challenged(act));
}
Done believed_at_first(VettingAct const& act) {
  return when(act, finding(act) == Finding::believed && !is_challenged(act));
}
Done doubted_at_first(VettingAct const& act) {
  return when(act, finding(act) == Finding::doubted && !is_challenged(act));
}
Done believed_again(VettingAct const& act) {
  return when(act, finding(act) == Finding::believed && is_challenged(act));
}
Done doubted_after_all(VettingAct const& act) {
  return when(act, finding(act) == Finding::doubted && is_challenged(act));
}
Done nobody_revealed(VettingAct const& act) {
  return when(act, finding(act) == Finding::open);
}

Done claims_it(VettingAct const& act) {
  auto const& profile = act.profile;
  if (profile.state() != PROFILE_STATE_ACTIVE) return fail(TX_STATUS_PROFILE_NOT_ACTIVE);
  if (act.vetting.level() == 0) return fail(TX_STATUS_SKILL_NOT_CLAIMED);
  auto const known = std::ranges::find(profile.vetted(), act.vetting.skill(), &VettedSkill::uri);
  if (known != profile.vetted().end() && known->level() >= act.vetting.level()) {
    return fail(TX_STATUS_ALREADY_VETTED, {{"id", known->vetting()}});
  }
  if (profile.applied() != 0) {
    return fail(TX_STATUS_VETTING_UNDER_WAY, {{"id", profile.applied()}});
  }
  if (act.now.value() < profile.apply_from_ms()) {
    return fail(TX_STATUS_VETTING_TOO_SOON, {{"until_ms", profile.apply_from_ms()}});
  }
  auto const have = static_cast<std::size_t>(profile.vetted_size());
  if (have < limits::vettings_max || known != profile.vetted().end()) return {};
  return fail(TX_STATUS_TOO_MANY_VETTINGS, {{"have", have}, {"most", limits::vettings_max}});
}

// ---- the table ----

constexpr Who person{"an attested person", is_person};
constexpr Who another{"anybody but the person", is_another};
constexpr Who block{"the block"};

constexpr Guard claimed{"their active profile claims the skill; it is not vetted; none under way",
                        claims_it};
constexpr Guard due{"its days are over", is_due};
constexpr Guard drawn{"the round is over, enough vetters are free", can_be_drawn};
constexpr Guard again{"the round is over, for less than 14 d", is_tried_again};
constexpr Guard never{"for 14 d, of the vetters", never_drawn};
constexpr Guard never_again{"for 14 d, of the jury", never_judged};
constexpr Guard believed{"the vetters believe it", believed_at_first};
constexpr Guard doubted{"the vetters do not", doubted_at_first};
constexpr Guard true_after_all{"the jury believes it", believed_again};
constexpr Guard false_after_all{"the jury does not", doubted_after_all};
constexpr Guard nobody{"nobody has revealed", nobody_revealed};
constexpr Guard kept{"90 d later", is_kept_long_enough};

constexpr Effect asks{"waits for a round of randomness", open_application};
constexpr Effect asks_again{"waits for the next round", wait_for_vetters};
constexpr Effect seats{"seats three, 3 d to commit", seat_vetters};
constexpr Effect lapses{"the person may apply again", lapse};
constexpr Effect drops{"stands; the bond goes back", drop_challenge};
constexpr Effect opens{"2 d to reveal", open_reveals};
constexpr Effect vouches{"stands for 24 months; who vouched stays liable", vouch};
constexpr Effect refuses{"stakes are free; not again for 90 d", refuse};
constexpr Effect starts_over{"they lose what they locked, others are drawn", draw_others};
constexpr Effect challenges{"puts down the bond; a jury of three is drawn", open_challenge};
constexpr Effect upholds{"stands; of the bond the person has what the jury has not", uphold};
constexpr Effect strikes{"who vouched loses the stake, half to the challenger", strike};
constexpr Effect expires{"stakes are free", expire};
constexpr Effect leaves{"the record leaves the state"};

// clang-format off
constexpr Row rows[] = {
  {"apply",      message, none,      drawing,   person,  claimed,         asks},
  {"draw",       clock,   drawing,   voting,    block,   drawn,           seats},
  {"draw_again", clock,   drawing,   drawing,   block,   again,           asks_again},
  {"no_vetters", clock,   drawing,   lapsed,    block,   never,           lapses},
  {"no_jury",    clock,   drawing,   vetted,    block,   never_again,     drops},
  {"votes_in",   clock,   voting,    revealing, block,   due,             opens},
  {"vouch",      clock,   revealing, vetted,    block,   believed,        vouches},
  {"refuse",     clock,   revealing, refused,   block,   doubted,         refuses},
  {"uphold",     clock,   revealing, vetted,    block,   true_after_all,  upholds},
  {"strike",     clock,   revealing, struck,    block,   false_after_all, strikes},
  {"no_verdict", clock,   revealing, drawing,   block,   nobody,          starts_over},
  {"challenge",  message, vetted,    drawing,   another, {},              challenges},
  {"expire",     clock,   vetted,    expired,   block,   due,             expires},
  {"leave",      clock,   refused,   none,      block,   kept,            leaves},
  {"leave",      clock,   lapsed,    none,      block,   kept,            leaves},
  {"leave",      clock,   struck,    none,      block,   kept,            leaves},
  {"leave",      clock,   expired,   none,      block,   kept,            leaves},
};
// clang-format on

}  // namespace

VettingMachine const& vetting_machine() {
  static constexpr VettingMachine machine{
      .name = "vetting", .rows = rows, .in_time = in_time, .wrong_state = nullptr};
  return machine;
}

bool vouches(JurorSeat const& seat) {
  return seat.state() == JUROR_SEAT_STATE_REVEALED && is_believed(seat.award());
}

bool stands(Vetting const& vetting) {
  auto const over = vetting.state() == refused || vetting.state() == lapsed ||
                    vetting.state() == struck || vetting.state() == expired;
  return vetting.vetted_at_ms() != 0 && !over;
}

}  // namespace justice
