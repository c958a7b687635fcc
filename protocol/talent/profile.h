// Profiles: who a person, team or agent is to the network, one per account.
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
// INVALID_HOURS, TOO_MANY_LINKS, INVALID_LINK.
execution::Done check_details(labor::v1::ProfileDetails const& details);

// check_details, then PROFILE_EXISTS.
execution::Done apply(execution::Context& context, labor::v1::CreateProfile const& message);

// check_details, PROFILE_NOT_FOUND, WRONG_STATE (closed), TEXT_MISSING.
execution::Done apply(execution::Context& context, labor::v1::EditProfile const& message);

// PROFILE_NOT_FOUND, WRONG_STATE; TEXT_MISSING to publish without a headline.
execution::Done apply(execution::Context& context, labor::v1::PublishProfile const& message);
execution::Done apply(execution::Context& context, labor::v1::PauseProfile const& message);
execution::Done apply(execution::Context& context, labor::v1::ResumeProfile const& message);
execution::Done apply(execution::Context& context, labor::v1::CloseProfile const& message);

std::optional<labor::v1::Profile> find_profile(execution::Context const& context,
                                               protocol::Address const& owner);

// A contract ended on which the talent was paid. Nothing happens without a profile.
void count_paid_contract(execution::Context& context, protocol::Address const& owner,
                         std::string_view cause);

}  // namespace talent
