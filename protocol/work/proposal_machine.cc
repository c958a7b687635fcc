#include "protocol/work/proposal_machine.h"

#include <utility>

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/work/bond.h"
#include "protocol/work/invitation.h"
#include "protocol/work/job.h"
#include "protocol/work/open_work.h"
#include "protocol/work/proposal.h"

namespace work {

using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::ProposalState;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<ProposalAct, ProposalState>;
using Who = execution::Who<ProposalAct>;
using Guard = execution::Guard<ProposalAct>;
using Effect = execution::Effect<ProposalAct>;

constexpr auto none = labor::v1::PROPOSAL_STATE_UNSPECIFIED;
constexpr auto submitted = labor::v1::PROPOSAL_STATE_SUBMITTED;
constexpr auto shortlisted = labor::v1::PROPOSAL_STATE_SHORTLISTED;
constexpr auto offered = labor::v1::PROPOSAL_STATE_OFFERED;
constexpr auto declined = labor::v1::PROPOSAL_STATE_DECLINED;
constexpr auto withdrawn = labor::v1::PROPOSAL_STATE_WITHDRAWN;
constexpr auto lapsed = labor::v1::PROPOSAL_STATE_LAPSED;

// ---- who ----

Done is_client(ProposalAct const& act) {
  if (act.account.chars() == act.job.client()) return {};
  return fail(labor::v1::TX_STATUS_NOT_YOUR_JOB);
}
Done is_talent(ProposalAct const& act) {
  if (act.account.chars() == act.proposal.talent()) return {};
  return fail(labor::v1::TX_STATUS_NOT_YOUR_PROPOSAL);
}
Done may_apply(ProposalAct const& act) {
  if (act.account.chars() == act.job.client()) return fail(labor::v1::TX_STATUS_OWN_JOB);
  if (act.blocked) return fail(labor::v1::TX_STATUS_BLOCKED);
  if (act.job.invited_only() && !act.invitation) return fail(labor::v1::TX_STATUS_NOT_INVITED);
  return {};
}

// ---- time and guards ----

// A new proposal has no clock of its own: the job's days for proposals are what can be over.
Done in_time(ProposalAct const& act) {
  if (act.proposal.state() != none) {
    return execution::must_be_before(act.proposal.lapses_at_ms(), act.now);
  }
  TRY_VOID(execution::must_be_before(act.job.expires_at_ms(), act.now));
  return execution::must_be_before(act.job.details().deadline_ms(), act.now);
}

Done job_open(ProposalAct const& act) {
  return must_be_open(act.job, act.now);
}

Done may_submit(ProposalAct const& act) {
  if (!act.active_profile) return fail(labor::v1::TX_STATUS_PROFILE_NOT_ACTIVE);
  TRY_VOID(job_open(act));
  if (act.proposed_already) return fail(labor::v1::TX_STATUS_ALREADY_PROPOSED);
  auto const [have, most] = act.invitation
                                ? std::pair{act.open.invited, limits::open_invited_proposals_max}
                                : std::pair{act.open.own, limits::open_proposals_max};
  return must_have_room(have, most, labor::v1::TX_STATUS_TOO_MANY_PROPOSALS);
}

// The job has declined it with all others; the record follows now.
Done is_declined(ProposalAct const& act) {
  if (current_state(act.proposal, act.job) == declined) return {};
  return fail(labor::v1::TX_STATUS_WRONG_STATE);
}

Done always(ProposalAct const&) {
  return {};
}

// ---- effects ----

void set_lapse(ProposalAct& act) {
  auto const lapse_ms = act.context->parameter(labor::v1::PARAMETER_PROPOSAL_LAPSE_MS);
  act.proposal.set_lapses_at_ms(act.now.value() + lapse_ms);
}

Done submit(ProposalAct& act) {
  act.proposal.set_id(act.context->next_id("proposal"));
  act.proposal.set_submitted_at_ms(act.now.value());
  act.proposal.set_invited(act.invitation.has_value());
  if (act.invitation) TRY_VOID(accept(*act.context, *act.invitation));
  set_lapse(act);
  add_proposal(*act.context, act.account, act.proposal.id(), act.cause);
  act.job.set_open_proposals(act.job.open_proposals() + 1);
  act.job.set_last_proposal(act.proposal.id());
  act.context->put(act.job, act.cause);
  return {};
}

Done shortlist(ProposalAct& act) {
  set_lapse(act);
  return touch(*act.context, act.job);
}

Done free_place(ProposalAct& act) {
  act.proposal.set_lapses_at_ms(0);
  act.proposal.set_leaves_at_ms(act.now.value() + limits::over_kept_ms);
  auto const talent = execution::address_in(act.proposal.talent());
  return drop_proposal(*act.context, talent, act.proposal.id(), act.cause);
}

Done count_out(labor::v1::Job& job) {
  TRY_VOID(execution::must_hold(job.open_proposals() > 0));
  job.set_open_proposals(job.open_proposals() - 1);
  return {};
}

// The client answered, so the job's 30 days start again.
Done answer(ProposalAct& act) {
  TRY_VOID(free_place(act));
  TRY_VOID(count_out(act.job));
  return touch(*act.context, act.job);
}

// Without a job: it was over for long and has left the state.
Done leave_job(ProposalAct& act) {
  if (act.job.id() == 0) return {};
  TRY_VOID(count_out(act.job));
  auto const last = act.job.open_proposals() == 0;
  auto const expired = act.job.state() == labor::v1::JOB_STATE_EXPIRED;
  if (last && expired) TRY_VOID(give_bond_back(*act.context, act.job, act.cause));
  act.context->put(act.job, act.cause);
  return {};
}

Done step_back(ProposalAct& act) {
  TRY_VOID(free_place(act));
  return leave_job(act);
}

Done lapse(ProposalAct& act) {
  TRY_VOID(free_place(act));
  auto const talent = execution::address_in(act.proposal.talent());
  TRY_VOID(pay_unanswered(*act.context, act.job, talent, act.cause));
  return leave_job(act);
}

// The job has counted it out already.
Done follow_job(ProposalAct& act) {
  return free_place(act);
}

// ---- the table ----

constexpr Who others{"anyone but the client and whom it has blocked; of some jobs who is invited",
                     may_apply};
constexpr Who client{"the client", is_client};
constexpr Who talent{"the talent", is_talent};
constexpr Who offering{"the client, with offer.make", is_client};
constexpr Who block{"the block"};
constexpr Who in_need{"when the talent needs the place"};

constexpr Guard may{"profile active, job open, none to it yet, fewer than 20 open uninvited",
                    may_submit};
constexpr Guard open_job{"the job is open", job_open};
constexpr Guard job_declined{"the job declined all", is_declined};
constexpr Guard silent{"14 d unanswered", always};
constexpr Guard kept{"90 d later", always};

constexpr Effect starts{"answers an invitation, or takes one of 20 places; starts the 14 d",
                        submit};
constexpr Effect restarts{"starts the 14 d again", shortlist};
constexpr Effect answers{"frees the place", answer};
constexpr Effect frees{"frees the place", step_back};
constexpr Effect pays{"frees the place; an attested person has a twentieth of the bond", lapse};
constexpr Effect follows{"frees the place", follow_job};
constexpr Effect leaves{"the record leaves the state"};

// clang-format off
constexpr Row rows[] = {
  {"submit",     message, none,        submitted,   others,   may,          starts},
  {"shortlist",  message, submitted,   shortlisted, client,   open_job,     restarts},
  {"offer",      message, submitted,   offered,     offering, open_job,     answers},
  {"offer",      message, shortlisted, offered,     offering, open_job,     answers},
  {"decline",    message, submitted,   declined,    client,   open_job,     answers},
  {"decline",    message, shortlisted, declined,    client,   open_job,     answers},
  {"withdraw",   message, submitted,   withdrawn,   talent,   {},           frees},
  {"withdraw",   message, shortlisted, withdrawn,   talent,   {},           frees},
  {"follow_job", follow,  submitted,   declined,    in_need,  job_declined, follows},
  {"follow_job", follow,  shortlisted, declined,    in_need,  job_declined, follows},
  {"declined",   clock,   submitted,   declined,    block,    job_declined, follows},
  {"declined",   clock,   shortlisted, declined,    block,    job_declined, follows},
  {"lapse",      clock,   submitted,   lapsed,      block,    silent,       pays},
  {"lapse",      clock,   shortlisted, lapsed,      block,    silent,       pays},
  {"leave",      clock,   offered,     none,        block,    kept,         leaves},
  {"leave",      clock,   declined,    none,        block,    kept,         leaves},
  {"leave",      clock,   withdrawn,   none,        block,    kept,         leaves},
  {"leave",      clock,   lapsed,      none,        block,    kept,         leaves},
};
// clang-format on

}  // namespace

ProposalMachine const& proposal_machine() {
  static constexpr ProposalMachine machine{
      .name = "proposal", .rows = rows, .in_time = in_time, .wrong_state = nullptr};
  return machine;
}

}  // namespace work
