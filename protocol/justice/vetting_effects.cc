// What the rows of a vetting do.

#include <algorithm>

#include "protocol/bank/holders.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/justice/jurors.h"
#include "protocol/justice/panel.h"
#include "protocol/justice/verdict.h"
#include "protocol/justice/vetting.h"
#include "protocol/limits.h"
#include "protocol/talent/profile.h"

namespace justice {

namespace limits = protocol::limits;
using execution::Done;
using labor::v1::JurorSeat;
using labor::v1::Panel;
using labor::v1::Profile;
using labor::v1::Vetting;
using protocol::Amount;

namespace {

Panel& vetters(VettingAct& act) {
  return *act.vetting.mutable_panels(0);
}

void set_days(VettingAct& act, labor::v1::Parameter length) {
  act.vetting.set_until_ms(act.now.value() + act.context->parameter(length));
}

// A profile outlives what was vetted of it.
template <class Change>
void change_profile(VettingAct& act, Change change) {
  auto profile = talent::find_profile(*act.context, execution::address_in(act.vetting.account()));
  if (!profile) return;
  change(*profile);
  act.context->put(*profile, act.cause);
}

void drop_skill(Profile& profile, std::uint64_t vetting) {
  auto& all = *profile.mutable_vetted();
  auto const gone = std::ranges::find(all, vetting, &labor::v1::VettedSkill::vetting);
  if (gone != all.end()) all.erase(gone);
}

// In place of what was vetted of the same skill before; the newest comes last.
void add_skill(Profile& profile, Vetting const& vetting) {
  auto& all = *profile.mutable_vetted();
  auto const before = std::ranges::find(all, vetting.skill(), &labor::v1::VettedSkill::uri);
  if (before != all.end()) all.erase(before);
  auto& skill = *profile.add_vetted();
  skill.set_uri(vetting.skill());
  skill.set_level(vetting.level());
  skill.set_vetting(vetting.id());
  skill.set_vetted_at_ms(vetting.vetted_at_ms());
}

Done close(VettingAct& act) {
  return close_panel(*act.context, sitting_on(act.vetting), last_panel(act.vetting));
}

// Of those for whom it holds.
template <class Whose>
Done free_stakes(VettingAct& act, Panel& panel, Whose whose) {
  for (auto& seat : *panel.mutable_seats()) {
    if (whose(seat)) TRY_VOID(free_stake(*act.context, seat, act.cause));
  }
  return {};
}

bool everybody(JurorSeat const&) {
  return true;
}

void end(VettingAct& act) {
  act.vetting.set_until_ms(0);
  act.vetting.set_leaves_at_ms(act.now.value() + limits::over_kept_ms);
}

// What a challenge leaves behind.
Done give_rest(VettingAct& act, std::string const& account) {
  auto& panel = last_panel(act.vetting);
  auto const rest = Amount{panel.held() + act.vetting.bond()};
  panel.set_held(0);
  act.vetting.set_bond(0);
  return act.context->move(bank::vetting_holder(act.vetting.id()),
                           bank::account_holder(execution::address_in(account)),
                           act.vetting.asset(), rest, act.cause);
}

Done pay_jury(VettingAct& act) {
  auto const paid = pay_coherent(*act.context,
                                 {.from = bank::vetting_holder(act.vetting.id()),
                                  .asset = act.vetting.asset(),
                                  .fee = act.vetting.juror_fee(),
                                  .cause = act.cause},
                                 last_panel(act.vetting));
  return paid ? Done{} : std::unexpected{paid.error()};
}

Done ask(VettingAct& act) {
  act.vetting.set_opened_at_ms(act.now.value());
  return ask_for_panel(*act.context, act.vetting);
}

// As it was before somebody challenged it; due at once if its time has run out meanwhile.
void stand_again(VettingAct& act) {
  act.vetting.set_until_ms(act.vetting.valid_until_ms());
}

}  // namespace

Done open_application(VettingAct& act) {
  act.vetting.set_id(act.context->next_id("vetting"));
  act.vetting.set_stake(act.context->parameter(labor::v1::PARAMETER_VETTING_STAKE_USD));
  act.vetting.add_panels();
  change_profile(act, [&](Profile& profile) { profile.set_applied(act.vetting.id()); });
  return ask(act);
}

Done wait_for_vetters(VettingAct& act) {
  return wait_for_round(*act.context, act.vetting);
}

Done seat_vetters(VettingAct& act) {
  TRY_VOID(execution::must_hold(act.drawn.has_value()));
  set_days(act, labor::v1::PARAMETER_VERDICT_COMMIT_MS);
  auto const drawn = act.drawn.value_or(std::vector<protocol::Address>{});
  return seat_jurors(*act.context, sitting_on(act.vetting), drawn, last_panel(act.vetting));
}

Done lapse(VettingAct& act) {
  change_profile(act, [](Profile& profile) { profile.set_applied(0); });
  end(act);
  return {};
}

Done drop_challenge(VettingAct& act) {
  stand_again(act);
  return give_rest(act, act.vetting.challenger());
}

Done open_reveals(VettingAct& act) {
  set_days(act, labor::v1::PARAMETER_VERDICT_REVEAL_MS);
  return {};
}

Done vouch(VettingAct& act) {
  TRY_VOID(close(act));
  TRY_VOID(free_stakes(act, vetters(act), [](JurorSeat const& seat) { return !vouches(seat); }));
  act.vetting.set_vetted_at_ms(act.now.value());
  set_days(act, labor::v1::PARAMETER_VETTING_VALID_MS);
  act.vetting.set_valid_until_ms(act.vetting.until_ms());
  change_profile(act, [&](Profile& profile) {
    profile.set_applied(0);
    add_skill(profile, act.vetting);
  });
  return {};
}

Done refuse(VettingAct& act) {
  TRY_VOID(close(act));
  TRY_VOID(free_stakes(act, vetters(act), everybody));
  change_profile(act, [&](Profile& profile) {
    profile.set_applied(0);
    profile.set_apply_from_ms(act.now.value() + limits::vetting_refused_ms);
  });
  end(act);
  return {};
}

Done draw_others(VettingAct& act) {
  auto& panel = last_panel(act.vetting);
  TRY_VOID(note_absent(*act.context, sitting_on(act.vetting), panel));
  return wait_for_vetters(act);
}

Done open_challenge(VettingAct& act) {
  auto& vetting = act.vetting;
  auto const bond = act.context->parameter(labor::v1::PARAMETER_VETTING_BOND_USD);
  vetting.set_challenges(vetting.challenges() + 1);
  vetting.set_challenger(act.account.str());
  vetting.set_reason_hash(act.hash);
  vetting.set_juror_fee(bond / 2 / limits::jury_size);
  if (vetting.panels_size() > 1) vetting.mutable_panels()->RemoveLast();
  auto& panel = *vetting.add_panels();
  panel.set_payer(act.account.str());
  panel.set_held(limits::jury_size * vetting.juror_fee());
  vetting.set_bond(bond - panel.held());
  TRY_VOID(act.context->move(bank::account_holder(act.account), bank::vetting_holder(vetting.id()),
                             vetting.asset(), Amount{bond}, act.cause));
  return ask(act);
}

Done uphold(VettingAct& act) {
  TRY_VOID(close(act));
  TRY_VOID(pay_jury(act));
  stand_again(act);
  return give_rest(act, act.vetting.account());
}

Done strike(VettingAct& act) {
  TRY_VOID(close(act));
  TRY_VOID(pay_jury(act));
  auto const challenger = execution::address_in(act.vetting.challenger());
  for (auto& seat : *vetters(act).mutable_seats()) {
    if (vouches(seat)) TRY_VOID(take_stake(*act.context, seat, challenger, act.cause));
  }
  change_profile(act, [&](Profile& profile) {
    drop_skill(profile, act.vetting.id());
    profile.set_apply_from_ms(act.now.value() + limits::vetting_struck_ms);
  });
  end(act);
  return give_rest(act, act.vetting.challenger());
}

Done expire(VettingAct& act) {
  TRY_VOID(free_stakes(act, vetters(act), everybody));
  change_profile(act, [&](Profile& profile) { drop_skill(profile, act.vetting.id()); });
  end(act);
  return {};
}

}  // namespace justice
