#include "protocol/work/milestone.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/state/keys.h"
#include "protocol/work/contract.h"
#include "protocol/work/milestone_machine.h"

namespace work {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Contract;
using labor::v1::Milestone;
using labor::v1::MilestoneAmendment;

namespace {

// Which milestone of which contract, and what the message brings.
struct Asked {
  std::uint64_t contract = 0;
  std::uint32_t milestone = 0;
  std::uint64_t amount = 0;
  std::string hash;
  std::uint64_t dispute = 0;
};

template <class Message>
Asked asked_by(Message const& message) {
  return {.contract = message.contract(),
          .milestone = message.milestone(),
          .amount = 0,
          .hash = {},
          .dispute = 0};
}

// Of the block, or of what follows from another record's transition, unless an account is set.
MilestoneAct act_on(Context& context, Contract const& contract, Milestone milestone) {
  MilestoneAct act;
  act.context = &context;
  act.now = context.time();
  act.contract = contract;
  act.milestone = std::move(milestone);
  return act;
}

Done step(Context& context, std::string_view name, Asked const& asked) {
  auto contract = context.find<Contract>(state::keys::contract(asked.contract));
  if (!contract) return fail(labor::v1::TX_STATUS_CONTRACT_NOT_FOUND);
  auto milestone = context.find<Milestone>(state::keys::milestone(asked.contract, asked.milestone));
  if (!milestone) return fail(labor::v1::TX_STATUS_MILESTONE_NOT_FOUND);
  auto act = act_on(context, *contract, *std::move(milestone));
  act.account = context.sender();
  act.amount = asked.amount;
  act.hash = asked.hash;
  act.dispute = asked.dispute;
  TRY_VOID(execution::transition(context, milestone_machine(), name, act, act.milestone));
  return keep_changed(context, act.contract, *contract, act.cause);
}

// What an amendment does to a milestone that is there.
std::string_view act_of(MilestoneAmendment const& change) {
  return change.has_terms() ? "amend" : "drop";
}

}  // namespace

Done apply(Context& context, labor::v1::FundMilestone const& message) {
  return step(context, "fund", asked_by(message));
}

Done apply(Context& context, labor::v1::SubmitMilestone const& message) {
  TRY_VOID(execution::must_be_hash(message.delivery_hash()));
  auto asked = asked_by(message);
  asked.hash = message.delivery_hash();
  return step(context, "submit", asked);
}

Done apply(Context& context, labor::v1::RequestChanges const& message) {
  TRY_VOID(execution::must_be_hash(message.reason_hash()));
  auto asked = asked_by(message);
  asked.hash = message.reason_hash();
  return step(context, "request_changes", asked);
}

Done apply(Context& context, labor::v1::AcceptMilestone const& message) {
  return step(context, "accept", asked_by(message));
}

Done apply(Context& context, labor::v1::ReleasePart const& message) {
  if (message.amount() == 0) return fail(labor::v1::TX_STATUS_INVALID_AMOUNT);
  auto asked = asked_by(message);
  asked.amount = message.amount();
  return step(context, "release", asked);
}

Done apply(Context& context, labor::v1::RequestRefund const& message) {
  return step(context, "request_refund", asked_by(message));
}

Done apply(Context& context, labor::v1::RefuseRefund const& message) {
  return step(context, "refuse_refund", asked_by(message));
}

Done apply(Context& context, labor::v1::AgreeRefund const& message) {
  return step(context, "agree_refund", asked_by(message));
}

Done apply(Context& context, labor::v1::OfferSplit const& message) {
  auto asked = asked_by(message);
  asked.amount = message.to_talent();
  return step(context, "offer_split", asked);
}

Done apply(Context& context, labor::v1::WithdrawSplit const& message) {
  return step(context, "withdraw_split", asked_by(message));
}

Done apply(Context& context, labor::v1::AgreeSplit const& message) {
  auto asked = asked_by(message);
  asked.amount = message.to_talent();
  return step(context, "agree_split", asked);
}

Done dispute(Context& context, labor::v1::OpenDispute const& message, std::uint64_t dispute) {
  auto asked = asked_by(message);
  asked.dispute = dispute;
  return step(context, "dispute", asked);
}

Done end_dispute(Context& context, Milestone const& milestone, std::string_view name,
                 std::uint64_t to_talent) {
  auto const contract = context.find<Contract>(state::keys::contract(milestone.contract()));
  if (!contract) return execution::must_hold(false);  // It outlives its milestones.
  auto act = act_on(context, *contract, milestone);
  act.amount = to_talent;
  TRY_VOID(execution::transition(context, milestone_machine(), name, act, act.milestone));
  return keep_changed(context, act.contract, *contract, act.cause);
}

Done fire(Context& context, Milestone const& milestone) {
  auto const contract = context.find<Contract>(state::keys::contract(milestone.contract()));
  if (!contract) return execution::must_hold(false);  // It outlives its milestones.
  auto act = act_on(context, *contract, milestone);
  TRY_VOID(execution::transition_when_due(context, milestone_machine(), act, act.milestone));
  return keep_changed(context, act.contract, *contract, act.cause);
}

Done follow_contract(Context& context, Contract& contract, Milestone milestone,
                     std::string_view name, std::uint64_t pause_ms) {
  auto act = act_on(context, contract, std::move(milestone));
  act.pause_ms = pause_ms;
  auto const& machine = milestone_machine();
  if (!machine.find(name, act.milestone.state(), act)) return {};
  TRY_VOID(execution::transition(context, machine, name, act, act.milestone));
  contract = std::move(act.contract);
  return {};
}

Done must_be_amendable(Milestone const& milestone, Contract const& contract,
                       MilestoneAmendment const& change) {
  MilestoneAct act;  // What guards read; no effect is run.
  act.contract = contract;
  act.milestone = milestone;
  act.terms = change.terms();
  if (milestone_machine().find(act_of(change), milestone.state(), act)) return {};
  return fail(labor::v1::TX_STATUS_MILESTONE_NOT_AMENDABLE, {{"milestone", milestone.index()}});
}

Done amend(Context& context, Contract& contract, Milestone milestone,
           MilestoneAmendment const& change) {
  auto const& machine = milestone_machine();
  auto const fresh = milestone.state() == labor::v1::MILESTONE_STATE_UNSPECIFIED;
  if (fresh) {
    milestone = new_milestone(contract, change.terms());
    contract.set_milestones(contract.milestones() + 1);
  }
  auto act = act_on(context, contract, std::move(milestone));
  act.terms = change.terms();
  auto const name = fresh ? "plan" : act_of(change);
  TRY_VOID(execution::transition(context, machine, name, act, act.milestone));
  contract = std::move(act.contract);
  return {};
}

Milestone new_milestone(Contract const& contract, labor::v1::MilestoneTerms const& terms) {
  Milestone milestone;
  milestone.set_contract(contract.id());
  milestone.set_index(contract.milestones());
  milestone.set_title(terms.title());
  milestone.set_amount(terms.amount());
  milestone.set_due_days(terms.due_days());
  return milestone;
}

}  // namespace work
