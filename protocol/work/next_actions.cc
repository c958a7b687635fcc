#include "protocol/work/next_actions.h"

#include "protocol/state/keys.h"
#include "protocol/work/contract_machine.h"
#include "protocol/work/feedback_machine.h"
#include "protocol/work/invitation_machine.h"
#include "protocol/work/job_machine.h"
#include "protocol/work/milestone_machine.h"
#include "protocol/work/offer_machine.h"
#include "protocol/work/proposal.h"
#include "protocol/work/proposal_machine.h"
#include "protocol/work/week_machine.h"

namespace work {

using execution::next_of;
using protocol::Address;
using protocol::TimeMs;

NextActions next_actions(labor::v1::Job const& job, Address const& account, TimeMs now) {
  JobAct act;
  act.account = account;
  act.now = now;
  act.job = job;
  return next_of(job_machine(), act, job.state(), job.state(), state::deadline_of(job));
}

NextActions next_actions(labor::v1::Invitation const& invitation, Address const& account,
                         TimeMs now) {
  InvitationAct act;
  act.account = account;
  act.now = now;
  act.invitation = invitation;
  return next_of(invitation_machine(), act, invitation.state(), invitation.state(),
                 state::deadline_of(invitation));
}

NextActions next_actions(labor::v1::Proposal const& proposal, labor::v1::Job const& job,
                         Address const& account, TimeMs now) {
  ProposalAct act;
  act.account = account;
  act.now = now;
  act.proposal = proposal;
  act.job = job;
  return next_of(proposal_machine(), act, proposal.state(), current_state(proposal, job),
                 state::deadline_of(proposal));
}

NextActions next_actions(labor::v1::Offer const& offer, Address const& account, TimeMs now) {
  OfferAct act;
  act.account = account;
  act.now = now;
  act.offer = offer;
  return next_of(offer_machine(), act, offer.state(), offer.state(), state::deadline_of(offer));
}

NextActions next_actions(labor::v1::Contract const& contract, Address const& account, TimeMs now) {
  ContractAct act;
  act.account = account;
  act.now = now;
  act.contract = contract;
  return next_of(contract_machine(), act, contract.state(), contract.state(),
                 state::deadline_of(contract));
}

NextActions next_actions(labor::v1::Milestone const& milestone, labor::v1::Contract const& contract,
                         Address const& account, TimeMs now) {
  MilestoneAct act;
  act.account = account;
  act.now = now;
  act.contract = contract;
  act.milestone = milestone;
  return next_of(milestone_machine(), act, milestone.state(), milestone.state(),
                 state::deadline_of(milestone));
}

NextActions next_actions(labor::v1::Week const& week, labor::v1::Contract const& contract,
                         Address const& account, TimeMs now) {
  WeekAct act;
  act.account = account;
  act.now = now;
  act.contract = contract;
  act.week = week;
  return next_of(week_machine(), act, week.state(), week.state(), state::deadline_of(week));
}

NextActions next_actions(labor::v1::Feedback const& feedback, labor::v1::Feedback const& other,
                         labor::v1::Contract const& contract, Address const& account, TimeMs now) {
  FeedbackAct act;
  act.account = account;
  act.now = now;
  act.contract = contract;
  act.feedback = feedback;
  act.other = other;
  return next_of(feedback_machine(), act, feedback.state(), feedback.state(),
                 state::deadline_of(feedback));
}

}  // namespace work
