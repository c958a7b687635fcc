#include "protocol/work/milestone_effects.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/work/escrow.h"

namespace work {

using execution::Done;

namespace limits = protocol::limits;

namespace {

Purse<labor::v1::Milestone> purse_of(MilestoneAct& act) {
  return {.context = *act.context,
          .now = act.now,
          .contract = act.contract,
          .part = act.milestone,
          .cause = act.cause};
}

// Another state, or less money: what a side has asked of the other was asked about the one before.
void close_questions(labor::v1::Milestone& milestone) {
  milestone.clear_split();
  milestone.set_overdue_at_ms(0);
  milestone.set_paused_ms(0);
  milestone.set_review_until_ms(0);
  milestone.set_changes_until_ms(0);
  milestone.set_refund_asked_until_ms(0);
}

}  // namespace

Done fund(MilestoneAct& act) {
  TRY_VOID(lock(purse_of(act), act.milestone.amount()));
  auto const due_ms = act.now.value() + act.milestone.due_days() * limits::day_ms;
  act.milestone.set_due_at_ms(due_ms);
  act.milestone.set_overdue_at_ms(due_ms + act.contract.frozen().due_grace_ms());
  return {};
}

Done deliver(MilestoneAct& act) {
  auto const& frozen = act.contract.frozen();
  auto const first = act.milestone.change_requests() == 0;
  auto const review_ms = first ? frozen.first_review_ms() : frozen.later_review_ms();
  close_questions(act.milestone);
  act.milestone.set_refund_refused(false);
  if (act.milestone.delivery_hash().empty()) {
    act.contract.set_delivered(act.contract.delivered() + act.milestone.funded());
  }
  act.milestone.set_review_until_ms(act.now.value() + review_ms);
  act.milestone.set_delivery_hash(act.hash);
  return {};
}

Done ask_for_changes(MilestoneAct& act) {
  close_questions(act.milestone);
  act.milestone.set_changes_until_ms(act.now.value() + act.contract.frozen().changes_answer_ms());
  act.milestone.set_change_requests(act.milestone.change_requests() + 1);
  act.milestone.set_reason_hash(act.hash);
  return {};
}

Done pay_part(MilestoneAct& act) {
  act.milestone.clear_split();
  return release(purse_of(act), act.amount);
}

Done pay_rest(MilestoneAct& act) {
  close_questions(act.milestone);
  return release(purse_of(act), locked_amount(act.milestone));
}

Done refund_rest(MilestoneAct& act) {
  close_questions(act.milestone);
  return refund(purse_of(act), locked_amount(act.milestone));
}

Done ask_for_refund(MilestoneAct& act) {
  auto const now = act.now.value();
  act.milestone.set_refund_asked_until_ms(now + act.contract.frozen().refund_answer_ms());
  act.milestone.set_next_refund_request_ms(now + limits::refund_request_interval_ms);
  return {};
}

Done refuse_refund(MilestoneAct& act) {
  act.milestone.set_refund_asked_until_ms(0);
  act.milestone.set_refund_refused(true);
  return {};
}

Done note_split(MilestoneAct& act) {
  auto& split = *act.milestone.mutable_split();
  split.set_author(act.account.str());
  split.set_to_talent(act.amount);
  return {};
}

Done forget_split(MilestoneAct& act) {
  act.milestone.clear_split();
  return {};
}

Done divide_as_told(MilestoneAct& act) {
  close_questions(act.milestone);
  return divide(purse_of(act), act.amount);
}

Done dispute(MilestoneAct& act) {
  close_questions(act.milestone);
  act.milestone.set_dispute(act.dispute);
  return {};
}

// Both sides have spent the days of the dispute: the talent gets back as many as there were before.
Done reinstate(MilestoneAct& act) {
  auto const due_ms = act.now.value() + act.milestone.due_days() * limits::day_ms;
  act.milestone.set_due_at_ms(due_ms);
  act.milestone.set_overdue_at_ms(due_ms + act.contract.frozen().due_grace_ms());
  act.milestone.set_refund_refused(false);
  return {};
}

Done move_day_due(MilestoneAct& act) {
  auto& milestone = act.milestone;
  milestone.set_paused_ms(act.pause_ms);
  milestone.set_due_at_ms(milestone.due_at_ms() + act.pause_ms);
  milestone.set_overdue_at_ms(milestone.overdue_at_ms() + act.pause_ms);
  return {};
}

Done move_day_due_back(MilestoneAct& act) {
  auto& milestone = act.milestone;
  TRY_VOID(execution::must_hold(act.pause_ms <= milestone.paused_ms()));
  milestone.set_paused_ms(0);
  milestone.set_due_at_ms(milestone.due_at_ms() - act.pause_ms);
  milestone.set_overdue_at_ms(milestone.overdue_at_ms() - act.pause_ms);
  return {};
}

Done take_terms(MilestoneAct& act) {
  act.milestone.set_title(act.terms.title());
  act.milestone.set_amount(act.terms.amount());
  act.milestone.set_due_days(act.terms.due_days());
  return {};
}

Done take_more(MilestoneAct& act) {
  act.milestone.clear_split();  // It divided less.
  TRY_VOID(lock_more(purse_of(act), act.terms.amount() - act.milestone.amount()));
  auto const later_ms = (act.terms.due_days() - act.milestone.due_days()) * limits::day_ms;
  act.milestone.set_due_at_ms(act.milestone.due_at_ms() + later_ms);
  act.milestone.set_overdue_at_ms(act.milestone.overdue_at_ms() + later_ms);
  return take_terms(act);
}

}  // namespace work
