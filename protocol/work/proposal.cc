#include "protocol/work/proposal.h"

#include <algorithm>
#include <vector>

#include "protocol/bank/blocks.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/talent/profile.h"
#include "protocol/work/invitation.h"
#include "protocol/work/job.h"
#include "protocol/work/open_work.h"
#include "protocol/work/proposal_machine.h"

namespace work {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Job;
using labor::v1::Proposal;

namespace limits = protocol::limits;

namespace {

ProposalAct act_on(Context& context, Proposal const& proposal) {
  return {.context = &context,
          .account = context.sender(),
          .now = context.time(),
          .proposal = proposal,
          .job = find_job(context, proposal.job()).value_or(Job{}),
          .active_profile = false,
          .open = {},
          .proposed_already = false,
          .invitation = std::nullopt,
          .cause = {}};
}

// As transition(), from what the proposal is rather than from what its record still says.
Done take_step(ProposalAct& act, std::string_view name) {
  auto const state = current_state(act.proposal, act.job);
  TRY(row, proposal_machine().run(name, state, act));
  execution::store(*act.context, proposal_machine(), *row, act.proposal);
  return {};
}

Done step(Context& context, std::string_view name, std::uint64_t id) {
  auto const proposal = context.find<Proposal>(state::keys::proposal(id));
  if (!proposal) return fail(labor::v1::TX_STATUS_PROPOSAL_NOT_FOUND);
  auto act = act_on(context, *proposal);
  return take_step(act, name);
}

// The talent's open proposals. Those that their jobs have declined with all others free their
// places now: at most open_proposals_max and open_invited_proposals_max records are read.
std::expected<std::vector<Proposal>, execution::Failure> open_proposals(Context& context) {
  std::vector<Proposal> open;
  auto const listed = open_work_of(context, context.sender());
  for (auto const id : listed.proposals()) {
    auto const proposal = context.find<Proposal>(state::keys::proposal(id));
    if (!proposal) return fail(labor::v1::TX_STATUS_INTERNAL);  // Those that are open stay.
    auto act = act_on(context, *proposal);
    auto const& machine = proposal_machine();
    if (machine.find("follow_job", act.proposal.state(), act)) {
      TRY_VOID(execution::transition(context, machine, "follow_job", act, act.proposal));
    } else {
      open.push_back(*proposal);
    }
  }
  return open;
}

}  // namespace

labor::v1::ProposalState current_state(Proposal const& proposal, Job const& job) {
  auto const open = proposal.state() == labor::v1::PROPOSAL_STATE_SUBMITTED ||
                    proposal.state() == labor::v1::PROPOSAL_STATE_SHORTLISTED;
  if (open && proposal.id() <= job.declined_through()) return labor::v1::PROPOSAL_STATE_DECLINED;
  return proposal.state();
}

Done apply(Context& context, labor::v1::SubmitProposal const& message) {
  if (message.amount() == 0) return fail(labor::v1::TX_STATUS_INVALID_AMOUNT);
  TRY_VOID(execution::must_be_hash_or_empty(message.document_hash()));
  TRY_VOID(execution::must_fit(message.summary(), limits::summary_bytes_max));
  TRY_VOID(execution::must_not_be_empty(message.summary()));
  if (!find_job(context, message.job())) return fail(labor::v1::TX_STATUS_JOB_NOT_FOUND);
  auto const profile = talent::find_profile(context, context.sender());
  if (!profile) return fail(labor::v1::TX_STATUS_PROFILE_NOT_FOUND);

  TRY(open, open_proposals(context));
  Proposal proposal;
  proposal.set_job(message.job());
  proposal.set_talent(context.sender().str());
  proposal.set_summary(message.summary());
  proposal.set_amount(message.amount());
  proposal.set_document_hash(message.document_hash());
  auto act = act_on(context, proposal);
  act.active_profile = profile->state() == labor::v1::PROFILE_STATE_ACTIVE;
  act.blocked =
      bank::has_blocked(context.state(), execution::address_in(act.job.client()), context.sender());
  act.invitation = find_invitation(context, message.job(), context.sender());
  for (auto const& other : open) ++(other.invited() ? act.open.invited : act.open.own);
  act.proposed_already = std::ranges::any_of(
      open, [&](Proposal const& other) { return other.job() == message.job(); });
  return execution::transition(context, proposal_machine(), "submit", act, act.proposal);
}

Done apply(Context& context, labor::v1::WithdrawProposal const& message) {
  return step(context, "withdraw", message.proposal());
}

Done apply(Context& context, labor::v1::ShortlistProposal const& message) {
  return step(context, "shortlist", message.proposal());
}

Done apply(Context& context, labor::v1::DeclineProposal const& message) {
  return step(context, "decline", message.proposal());
}

Done fire(Context& context, Proposal const& proposal) {
  auto act = act_on(context, proposal);
  return execution::transition_when_due(context, proposal_machine(), act, act.proposal);
}

std::expected<Proposal, execution::Failure> answer_with_offer(Context& context, std::uint64_t id) {
  TRY_VOID(step(context, "offer", id));
  auto const proposal = context.find<Proposal>(state::keys::proposal(id));
  if (!proposal) return fail(labor::v1::TX_STATUS_INTERNAL);  // The step has stored it.
  return *proposal;
}

}  // namespace work
