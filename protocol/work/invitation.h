// Invitations: a client asks a talent to propose. invitation_machine.h has the rows.
//
// A job that is for those who are invited takes proposals of nobody else; a proposal in answer to
// an invitation takes none of the talent's 20 places. An invitation is gone once it is answered,
// declined, or 14 days old.

#pragma once

#include <labor/v1/work.pb.h>

#include <optional>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace work {

// INVALID_ADDRESS, JOB_NOT_FOUND, PROFILE_NOT_FOUND, NOT_YOUR_JOB, OWN_JOB, BLOCKED,
// DEADLINE_PASSED {until_ms}, JOB_NOT_OPEN, INVITATION_EXISTS, TOO_MANY_INVITATIONS {have, most}.
execution::Done apply(execution::Context& context, labor::v1::InviteTalent const& message);

// INVITATION_NOT_FOUND, DEADLINE_PASSED {until_ms}.
execution::Done apply(execution::Context& context, labor::v1::DeclineInvitation const& message);

// Its clock has run out.
execution::Done fire(execution::Context& context, labor::v1::Invitation const& invitation);

// ---- for proposals ----

// One that may still be answered.
std::optional<labor::v1::Invitation> find_invitation(execution::Context const& context,
                                                     std::uint64_t job,
                                                     protocol::Address const& talent);

// Its talent has proposed.
execution::Done accept(execution::Context& context, labor::v1::Invitation const& invitation);

}  // namespace work
