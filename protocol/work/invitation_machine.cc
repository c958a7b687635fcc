#include "protocol/work/invitation_machine.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/work/job.h"
#include "protocol/work/open_work.h"

namespace work {

using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::InvitationState;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<InvitationAct, InvitationState>;
using Who = execution::Who<InvitationAct>;
using Guard = execution::Guard<InvitationAct>;
using Effect = execution::Effect<InvitationAct>;

constexpr auto none = labor::v1::INVITATION_STATE_UNSPECIFIED;
constexpr auto open = labor::v1::INVITATION_STATE_OPEN;

Done is_client(InvitationAct const& act) {
  if (act.account.chars() != act.job.client()) return fail(labor::v1::TX_STATUS_NOT_YOUR_JOB);
  if (act.invitation.talent() == act.job.client()) return fail(labor::v1::TX_STATUS_OWN_JOB);
  return act.blocked ? fail(labor::v1::TX_STATUS_BLOCKED) : Done{};
}

Done is_talent(InvitationAct const& act) {
  if (act.account.chars() == act.invitation.talent()) return {};
  return fail(labor::v1::TX_STATUS_INVITATION_NOT_FOUND);
}

Done in_time(InvitationAct const& act) {
  if (act.invitation.state() != none) {
    return execution::must_be_before(act.invitation.lapses_at_ms(), act.now);
  }
  return execution::must_be_before(act.job.expires_at_ms(), act.now);
}

Done may_send(InvitationAct const& act) {
  TRY_VOID(must_be_open(act.job, act.now));
  if (act.exists) return fail(labor::v1::TX_STATUS_INVITATION_EXISTS);
  return must_have_room(act.job.invitations(), limits::invitations_max,
                        labor::v1::TX_STATUS_TOO_MANY_INVITATIONS);
}

Done is_unanswered(InvitationAct const& act) {
  return execution::must_have_run_out(act.invitation.lapses_at_ms(), act.now);
}

Done send(InvitationAct& act) {
  act.job.set_invitations(act.job.invitations() + 1);
  TRY_VOID(touch(*act.context, act.job));
  auto const lapse_ms = act.context->parameter(labor::v1::PARAMETER_PROPOSAL_LAPSE_MS);
  act.invitation.set_lapses_at_ms(act.now.value() + lapse_ms);
  return {};
}

constexpr Who client{"the client of the job, to anyone else who has not blocked it", is_client};
constexpr Who talent{"the talent", is_talent};
constexpr Who proposing{"the talent, with proposal.submit", is_talent};
constexpr Who block{"the block"};

constexpr Guard may{"the job is open, none to the talent yet, fewer than 50 in all", may_send};
constexpr Guard silent{"14 d unanswered", is_unanswered};

constexpr Effect starts{"starts the 14 d, and the 30 d of the job again", send};
constexpr Effect leaves{"the record leaves the state"};

// clang-format off
constexpr Row rows[] = {
  {"send",    message, none, open, client,    may,    starts},
  {"accept",  message, open, none, proposing, {},     leaves},
  {"decline", message, open, none, talent,    {},     leaves},
  {"lapse",   clock,   open, none, block,     silent, leaves},
};
// clang-format on

}  // namespace

InvitationMachine const& invitation_machine() {
  static constexpr InvitationMachine machine{
      .name = "invitation", .rows = rows, .in_time = in_time, .wrong_state = nullptr};
  return machine;
}

}  // namespace work
