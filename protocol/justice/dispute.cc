#include "protocol/justice/dispute.h"

#include <algorithm>
#include <concepts>
#include <functional>
#include <string_view>

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/justice/jurors.h"
#include "protocol/justice/loan.h"
#include "protocol/justice/panel.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/work/escrow.h"
#include "protocol/work/milestone.h"
#include "protocol/work/week.h"

namespace justice {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Contract;
using labor::v1::Dispute;
using labor::v1::Milestone;
using labor::v1::Week;

namespace {

// Of the block, unless an account is set.
DisputeAct act_on(Context& context, Dispute const& dispute) {
  DisputeAct act;
  act.context = &context;
  act.now = context.time();
  act.dispute = dispute;
  return act;
}

std::expected<DisputeAct, execution::Failure> act_of_sender(Context& context, std::uint64_t id) {
  TRY(dispute, find_dispute(context, id));
  auto act = act_on(context, dispute);
  act.account = context.sender();
  return act;
}

Done step(DisputeAct& act, std::string_view name) {
  return execution::transition(*act.context, dispute_machine(), name, act, act.dispute);
}

// Nothing of hours is disputed before they are logged.
bool is_delivered(Milestone const& milestone) {
  return !milestone.delivery_hash().empty();
}
bool is_delivered(Week const&) {
  return true;
}

// The case as the milestone or week stands, which was just disputed.
template <class Part, class Message>
Done open_case_of(Context& context, std::optional<Part> const& part, Message const& message) {
  auto const contract = context.find<Contract>(state::keys::contract(message.contract()));
  if (!contract || !part) return execution::must_hold(false);
  Dispute dispute;
  dispute.set_id(part->dispute());
  dispute.set_contract(message.contract());
  dispute.set_milestone(part->index());
  dispute.set_about_hours(std::same_as<Part, Week>);
  dispute.set_client(contract->client());
  dispute.set_talent(contract->talent());
  dispute.set_opener(context.sender().str());
  dispute.set_reason_hash(message.reason_hash());
  dispute.set_asset(contract->asset());
  dispute.set_claim(work::locked_amount(*part));
  dispute.set_delivered(is_delivered(*part));
  *dispute.mutable_frozen() = contract->frozen().disputes();
  auto act = act_on(context, dispute);
  if (message.on_loan()) act.loan = loan_request(context, dispute);
  return step(act, "open");
}

}  // namespace

std::expected<Dispute, execution::Failure> find_dispute(Context const& context, std::uint64_t id) {
  auto dispute = context.find<Dispute>(state::keys::dispute(id));
  if (!dispute) return fail(labor::v1::TX_STATUS_DISPUTE_NOT_FOUND);
  return *std::move(dispute);
}

Done apply(Context& context, labor::v1::OpenDispute const& message) {
  TRY_VOID(execution::must_be_hash(message.reason_hash()));
  TRY_VOID(work::dispute(context, message, context.next_id("dispute")));
  auto const key = state::keys::milestone(message.contract(), message.milestone());
  return open_case_of(context, context.find<Milestone>(key), message);
}

Done apply(Context& context, labor::v1::DisputeHours const& message) {
  TRY_VOID(execution::must_be_hash(message.reason_hash()));
  if (std::ranges::adjacent_find(message.entries(), std::ranges::greater_equal{}) !=
      message.entries().end()) {
    return fail(labor::v1::TX_STATUS_ENTRY_NOT_FOUND);
  }
  TRY_VOID(work::dispute_hours(context, message, context.next_id("dispute")));
  auto const key = state::keys::week(message.contract(), message.week());
  return open_case_of(context, context.find<Week>(key), message);
}

Done apply(Context& context, labor::v1::AnswerDispute const& message) {
  TRY_VOID(execution::must_be_hash(message.statement_hash()));
  TRY(act, act_of_sender(context, message.dispute()));
  act.hash = message.statement_hash();
  return step(act, "answer");
}

Done apply(Context& context, labor::v1::AddDisputeEvidence const& message) {
  TRY_VOID(execution::must_be_hash(message.evidence_hash()));
  TRY(act, act_of_sender(context, message.dispute()));
  act.hash = message.evidence_hash();
  return step(act, "add_evidence");
}

Done apply(Context& context, labor::v1::OfferDisputeSplit const& message) {
  TRY(act, act_of_sender(context, message.dispute()));
  act.amount = message.to_talent();
  return step(act, "offer_split");
}

Done apply(Context& context, labor::v1::WithdrawDisputeSplit const& message) {
  TRY(act, act_of_sender(context, message.dispute()));
  return step(act, "withdraw_split");
}

Done apply(Context& context, labor::v1::AgreeDisputeSplit const& message) {
  TRY(act, act_of_sender(context, message.dispute()));
  act.amount = message.to_talent();
  return step(act, "agree_split");
}

Done apply(Context& context, labor::v1::ConcedeDispute const& message) {
  TRY(act, act_of_sender(context, message.dispute()));
  return step(act, "concede");
}

Done apply(Context& context, labor::v1::AppealDispute const& message) {
  TRY(act, act_of_sender(context, message.dispute()));
  // Counting them is dear: for who could appeal if there were enough.
  act.free_jurors = limits::appeal_jury_size;
  TRY_VOID(dispute_machine().find("appeal", act.dispute.state(), act));
  context.look_at(context.counter(juror_counter));
  act.free_jurors = count_free(context.state(), sitting_on(act.dispute));
  return step(act, "appeal");
}

Done fire(Context& context, Dispute const& dispute) {
  auto act = act_on(context, dispute);
  if (dispute.state() == labor::v1::DISPUTE_STATE_DRAWING) {
    act.drawn = draw_panel(
        context, sitting_on(context.state(), dispute),
        {.round = dispute.round(), .opened_at = protocol::TimeMs{dispute.opened_at_ms()}},
        panel_size(dispute));
  }
  return execution::transition_when_due(context, dispute_machine(), act, act.dispute);
}

}  // namespace justice
