#include "protocol/work/invitation.h"

#include "protocol/bank/blocks.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/state/keys.h"
#include "protocol/talent/profile.h"
#include "protocol/work/invitation_machine.h"
#include "protocol/work/job.h"

namespace work {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Invitation;

namespace {

InvitationAct act_on(Context& context, Invitation const& invitation) {
  InvitationAct act;
  act.context = &context;
  act.account = context.sender();
  act.now = context.time();
  act.invitation = invitation;
  return act;
}

Done step(Context& context, std::string_view name, Invitation const& invitation) {
  auto act = act_on(context, invitation);
  return execution::transition(context, invitation_machine(), name, act, act.invitation);
}

std::optional<Invitation> any_invitation(Context const& context, std::uint64_t job,
                                         protocol::Address const& talent) {
  return context.find<Invitation>(state::keys::invitation(job, talent));
}

}  // namespace

Done apply(Context& context, labor::v1::InviteTalent const& message) {
  auto const talent = protocol::Address::from(message.talent());
  if (!talent) return fail(labor::v1::TX_STATUS_INVALID_ADDRESS);
  auto const job = find_job(context, message.job());
  if (!job) return fail(labor::v1::TX_STATUS_JOB_NOT_FOUND);
  if (!talent::find_profile(context, *talent)) return fail(labor::v1::TX_STATUS_PROFILE_NOT_FOUND);
  Invitation invitation;
  invitation.set_job(job->id());
  invitation.set_talent(talent->str());
  invitation.set_client(job->client());
  auto act = act_on(context, invitation);
  act.job = *job;
  act.blocked = bank::has_blocked(context.state(), *talent, context.sender());
  act.exists = any_invitation(context, job->id(), *talent).has_value();
  return execution::transition(context, invitation_machine(), "send", act, act.invitation);
}

Done apply(Context& context, labor::v1::DeclineInvitation const& message) {
  auto const invitation = any_invitation(context, message.job(), context.sender());
  if (!invitation) return fail(labor::v1::TX_STATUS_INVITATION_NOT_FOUND);
  return step(context, "decline", *invitation);
}

Done fire(Context& context, Invitation const& invitation) {
  auto act = act_on(context, invitation);
  return execution::transition_when_due(context, invitation_machine(), act, act.invitation);
}

std::optional<Invitation> find_invitation(Context const& context, std::uint64_t job,
                                          protocol::Address const& talent) {
  auto invitation = any_invitation(context, job, talent);
  auto const open =
      invitation && execution::must_be_before(invitation->lapses_at_ms(), context.time());
  return open ? std::move(invitation) : std::nullopt;
}

Done accept(Context& context, Invitation const& invitation) {
  return step(context, "accept", invitation);
}

}  // namespace work
