// What the rows of a dispute do.

#include <algorithm>

#include "protocol/bank/holders.h"
#include "protocol/base/share.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/justice/costs.h"
#include "protocol/justice/dispute.h"
#include "protocol/justice/loan.h"
#include "protocol/justice/panel.h"
#include "protocol/justice/verdict.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/work/milestone.h"
#include "protocol/work/week.h"

namespace justice {

namespace limits = protocol::limits;
using execution::Done;
using labor::v1::Dispute;
using labor::v1::Milestone;
using protocol::Amount;

namespace {

// So long its new state lasts.
void set_days(DisputeAct& act, std::uint64_t length_ms) {
  act.dispute.set_until_ms(act.now.value() + length_ms);
}

// The fees of a panel yet to be drawn.
Done put_down(DisputeAct& act, std::string const& payer, std::size_t jurors) {
  auto& panel = *act.dispute.add_panels();
  panel.set_payer(payer);
  panel.set_held(jurors * act.dispute.juror_fee());
  if (act.loan.asked) return lend(*act.context, act.dispute, panel, act.cause);
  return act.context->move(bank::account_holder(execution::address_in(payer)),
                           bank::dispute_holder(act.dispute.id()), act.dispute.asset(),
                           Amount{panel.held()}, act.cause);
}

void close(Dispute& dispute) {
  dispute.set_until_ms(0);
  dispute.clear_split();
}

Done award_hours(DisputeAct& act) {
  auto const week = act.context->find<labor::v1::Week>(
      state::keys::week(act.dispute.contract(), act.dispute.milestone()));
  if (!week) return execution::must_hold(false);  // It outlives its disputes.
  return work::end_dispute(*act.context, *week, act.dispute.to_talent());
}

Done end_milestone(DisputeAct& act, std::string_view how) {
  auto const milestone = act.context->find<Milestone>(
      state::keys::milestone(act.dispute.contract(), act.dispute.milestone()));
  if (!milestone) return execution::must_hold(false);  // It outlives its disputes.
  return work::end_dispute(*act.context, *milestone, how, act.dispute.to_talent());
}

Done award(DisputeAct& act, std::uint64_t to_talent, bool as_ruled) {
  act.dispute.set_to_talent(to_talent);
  close(act.dispute);
  TRY_VOID(act.dispute.about_hours() ? award_hours(act) : end_milestone(act, "award"));
  return settle_costs(act, as_ruled);
}

}  // namespace

std::uint64_t juror_fee(labor::v1::DisputeParameters const& frozen, std::uint64_t claim) {
  auto const share = base::share(claim, frozen.fee_bps(), limits::bps_of_all);
  auto const most = std::max(frozen.fee_min(), frozen.fee_max());
  return std::clamp(share, frozen.fee_min(), most) / limits::jury_size;
}

Done open_case(DisputeAct& act) {
  auto& dispute = act.dispute;
  dispute.set_opened_at_ms(act.now.value());
  dispute.set_juror_fee(juror_fee(dispute.frozen(), dispute.claim()));
  set_days(act, dispute.frozen().answer_ms());
  return put_down(act, dispute.opener(), limits::jury_size);
}

Done start_settling(DisputeAct& act) {
  act.dispute.set_statement_hash(act.hash);
  set_days(act, act.dispute.frozen().settling_ms());
  return {};
}

Done grant_claim(DisputeAct& act) {
  auto const& dispute = act.dispute;
  auto const by_talent = dispute.opener() == dispute.talent();
  if (!by_talent) return award(act, 0, false);
  if (dispute.delivered()) return award(act, dispute.claim(), false);
  close(act.dispute);
  TRY_VOID(end_milestone(act, "reinstate"));
  return settle_costs(act, false);
}

Done give_up(DisputeAct& act) {
  auto const by_client = act.account.chars() == act.dispute.client();
  return award(act, by_client ? act.dispute.claim() : 0, false);
}

Done keep_evidence(DisputeAct& act) {
  auto& piece = *act.dispute.add_evidence();
  piece.set_author(act.account.str());
  piece.set_hash(act.hash);
  return {};
}

Done note_split(DisputeAct& act) {
  act.dispute.mutable_split()->set_author(act.account.str());
  act.dispute.mutable_split()->set_to_talent(act.amount);
  return {};
}

Done forget_split(DisputeAct& act) {
  act.dispute.clear_split();
  return {};
}

Done divide(DisputeAct& act) {
  return award(act, act.amount, false);
}

Done gather_evidence(DisputeAct& act) {
  set_days(act, act.dispute.frozen().evidence_ms());
  return {};
}

Done start_drawing(DisputeAct& act) {
  return ask_for_panel(*act.context, act.dispute);
}

Done draw_later(DisputeAct& act) {
  return wait_for_round(*act.context, act.dispute);
}

Done seat_panel(DisputeAct& act) {
  TRY_VOID(execution::must_hold(act.drawn.has_value()));
  set_days(act, act.dispute.frozen().commit_ms());
  auto const drawn = act.drawn.value_or(std::vector<protocol::Address>{});
  return seat_jurors(*act.context, sitting_on(act.dispute), drawn, last_panel(act.dispute));
}

Done decide_without(DisputeAct& act) {
  return award(act, act.dispute.delivered() ? act.dispute.claim() / 2 : 0, false);
}

Done start_revealing(DisputeAct& act) {
  set_days(act, act.dispute.frozen().reveal_ms());
  return {};
}

Done rule(DisputeAct& act) {
  act.dispute.clear_split();
  set_days(act, act.dispute.frozen().appeal_ms());
  return close_panel(*act.context, sitting_on(act.dispute), last_panel(act.dispute));
}

Done rule_finally(DisputeAct& act) {
  TRY_VOID(rule(act));
  return finish(act);
}

Done start_over(DisputeAct& act) {
  TRY_VOID(note_absent(*act.context, sitting_on(act.dispute), last_panel(act.dispute)));
  return draw_later(act);
}

Done appeal(DisputeAct& act) {
  TRY_VOID(put_down(act, act.account.str(), limits::appeal_jury_size));
  return start_drawing(act);
}

Done finish(DisputeAct& act) {
  auto const percent = final_award(act.dispute);
  return award(act, base::share(act.dispute.claim(), percent, limits::award_max), true);
}

}  // namespace justice
