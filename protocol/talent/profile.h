// Profiles: who a person, team or agent is to the network, one per account.
//
// An agent's names the person who is to answer for it; it is shown, and so hired, only once that
// person, attested, has agreed, and for as long as they do. The two are one interest wherever that
// matters (mandates::connected).
//
// The rows of profile_machine.h say who may do what from which state. A closed profile stays
// closed and gives its handle back.

#pragma once

#include <labor/v1/talent.pb.h>

#include <optional>
#include <string_view>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace talent {

// What a draft must satisfy; what is shown must have a headline as well (TEXT_MISSING).
// INVALID_HASH, TEXT_TOO_LONG, INVALID_PROFILE_KIND, TOO_MANY_SKILLS, INVALID_SKILL,
// INVALID_HOURS, TOO_MANY_LINKS, INVALID_LINK; NOT_AN_AGENT and INVALID_ADDRESS of who answers.
execution::Done check_details(labor::v1::ProfileDetails const& details);

// check_details, OWN_AGENT, then PROFILE_EXISTS.
execution::Done apply(execution::Context& context, labor::v1::CreateProfile const& message);

// check_details, OWN_AGENT, PROFILE_NOT_FOUND, WRONG_STATE (closed), TEXT_MISSING, NOBODY_ANSWERS.
execution::Done apply(execution::Context& context, labor::v1::EditProfile const& message);

// PROFILE_NOT_FOUND, WRONG_STATE; TEXT_MISSING and NOBODY_ANSWERS to publish and to resume.
execution::Done apply(execution::Context& context, labor::v1::PublishProfile const& message);
execution::Done apply(execution::Context& context, labor::v1::PauseProfile const& message);
execution::Done apply(execution::Context& context, labor::v1::ResumeProfile const& message);
execution::Done apply(execution::Context& context, labor::v1::CloseProfile const& message);

// INVALID_ADDRESS, PROFILE_NOT_FOUND, NOT_RESPONSIBLE, NOT_ATTESTED, WRONG_STATE,
// AGENT_IS_ANSWERED_FOR.
execution::Done apply(execution::Context& context, labor::v1::AnswerForAgent const& message);
// INVALID_ADDRESS, PROFILE_NOT_FOUND, NOT_RESPONSIBLE, WRONG_STATE, NOBODY_ANSWERS.
execution::Done apply(execution::Context& context, labor::v1::StopAnsweringForAgent const& message);

bool answers_for(state::Reader const& state, protocol::Address const& person,
                 protocol::Address const& agent);

std::optional<labor::v1::Profile> find_profile(execution::Context const& context,
                                               protocol::Address const& owner);

// A contract ended on which the talent was paid. Nothing happens without a profile.
void count_paid_contract(execution::Context& context, protocol::Address const& owner,
                         std::string_view cause);

}  // namespace talent
