// Vetting: whether a skill that somebody claims is there, as people say who answer for it with a
// stake. vetting_machine.h has the rows, verdict.h what vetters and jurors say.
//
//   vetters   drawn as jurors are (jurors.h), who commit and reveal alike; the claim is vetted if
//             the median of what they reveal is at least limits::believed_min
//   vouchers  the vetters whose own verdict was at least that. For a year they have a share of the
//             fees of the person's contracts (work/fee.h); what their seats lock stays locked for
//             as long as the claim stands
//   challenge anybody but the person puts down a bond, half of it the fees of a jury of three.
//             Found false, the claim is struck: what each voucher has locked is lost, half to the
//             challenger and half to the treasury, and what the jury was not paid goes back. Found
//             true, the challenger loses the bond: what the jury was not paid is the person's
//   jurors    are paid whose verdict is within limits::coherent_within of the median
//
// Applying costs nothing: talent pays nothing here. So a profile has one application at a time, and
// none for limits::vetting_refused_ms after a refusal.
//
// Invariant: what the vetting's holder has is the sum of what its panels hold and of its bond; a
// vetting that is not over has a clock; Profile{a}.vetted names exactly the vettings of a that
// stand and that no later one of the same skill has replaced.

#pragma once

#include <labor/v1/justice.pb.h>

#include <cstdint>
#include <expected>
#include <string_view>
#include <vector>

#include "protocol/execution/context.h"
#include "protocol/justice/vetting_machine.h"
#include "protocol/types.h"

namespace justice {

// INVALID_HASH; PROFILE_NOT_FOUND; NOT_ATTESTED; PROFILE_NOT_ACTIVE, SKILL_NOT_CLAIMED,
// ALREADY_VETTED {id}, VETTING_UNDER_WAY {id}, VETTING_TOO_SOON {until_ms},
// TOO_MANY_VETTINGS {have, most}. Makes a vetting id.
execution::Done apply(execution::Context& context, labor::v1::ApplyForVetting const& message);

// INVALID_HASH; VETTING_NOT_FOUND; OWN_VETTING; DEADLINE_PASSED {until_ms}; WRONG_STATE;
// INSUFFICIENT_BALANCE {have, need}.
execution::Done apply(execution::Context& context, labor::v1::ChallengeVetting const& message);

// A clock of the vetting has run out.
execution::Done fire(execution::Context& context, labor::v1::Vetting const& vetting);

// VETTING_NOT_FOUND.
std::expected<labor::v1::Vetting, execution::Failure> find_vetting(
    execution::Context const& context, std::uint64_t id);

// Who answers for the claim, in the order of their seats.
std::vector<protocol::Address> vouchers(labor::v1::Vetting const& vetting);

// ---- effects of the table ----

execution::Done open_application(VettingAct& act);
execution::Done wait_for_vetters(VettingAct& act);
execution::Done seat_vetters(VettingAct& act);
execution::Done lapse(VettingAct& act);
execution::Done drop_challenge(VettingAct& act);
execution::Done open_reveals(VettingAct& act);
execution::Done vouch(VettingAct& act);
execution::Done refuse(VettingAct& act);
execution::Done draw_others(VettingAct& act);
execution::Done open_challenge(VettingAct& act);
execution::Done uphold(VettingAct& act);
execution::Done strike(VettingAct& act);
execution::Done expire(VettingAct& act);

}  // namespace justice
