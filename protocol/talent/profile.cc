#include "protocol/talent/profile.h"

#include <vector>

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/talent/identity.h"
#include "protocol/talent/profile_machine.h"

namespace talent {

using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Profile;
using labor::v1::ProfileDetails;

namespace limits = protocol::limits;

namespace {

Done check_skills(ProfileDetails const& details) {
  std::vector<std::string_view> uris;
  for (auto const& skill : details.skills()) uris.push_back(skill.uri());
  TRY_VOID(execution::must_be_skills(uris));
  for (auto const& skill : details.skills()) {
    if (skill.level() < 1 || skill.level() > limits::skill_level_max) {
      return fail(labor::v1::TX_STATUS_INVALID_SKILL);
    }
  }
  return {};
}

Done check_links(ProfileDetails const& details) {
  auto const count = static_cast<std::size_t>(details.links_size());
  if (count > limits::links_max) {
    return fail(labor::v1::TX_STATUS_TOO_MANY_LINKS, {{"got", count}, {"most", limits::links_max}});
  }
  for (auto const& link : details.links()) {
    if (!execution::is_uri(link)) return fail(labor::v1::TX_STATUS_INVALID_LINK);
  }
  return {};
}

Done check_responsible(ProfileDetails const& details) {
  if (details.responsible().empty()) return {};
  if (details.kind() != labor::v1::PROFILE_KIND_AGENT) {
    return fail(labor::v1::TX_STATUS_NOT_AN_AGENT);
  }
  if (protocol::Address::from(details.responsible())) return {};
  return fail(labor::v1::TX_STATUS_INVALID_ADDRESS);
}

Done must_be_another(Context const& context, ProfileDetails const& details) {
  if (details.responsible() != context.sender().chars()) return {};
  return fail(labor::v1::TX_STATUS_OWN_AGENT);
}

// The sender's profile takes one step; `details` where the message brings them.
Done step(Context& context, std::string_view act, ProfileDetails const* details) {
  auto profile = find_profile(context, context.sender());
  if (!profile) return fail(labor::v1::TX_STATUS_PROFILE_NOT_FOUND);
  ProfileAct subject{.context = &context,
                     .account = context.sender(),
                     .attested = false,
                     .profile = *profile,
                     .details = details == nullptr ? profile->details() : *details,
                     .cause = {}};
  return execution::transition(context, profile_machine(), act, subject, subject.profile);
}

// Of the profile that names the sender.
Done step_of_agent(Context& context, std::string_view act, std::string_view agent) {
  auto const owner = protocol::Address::from(agent);
  if (!owner) return fail(labor::v1::TX_STATUS_INVALID_ADDRESS);
  auto const profile = find_profile(context, *owner);
  if (!profile) return fail(labor::v1::TX_STATUS_PROFILE_NOT_FOUND);
  ProfileAct subject{.context = &context,
                     .account = context.sender(),
                     .attested = is_attested(context.state(), context.sender()),
                     .profile = *profile,
                     .details = profile->details(),
                     .cause = {}};
  return execution::transition(context, profile_machine(), act, subject, subject.profile);
}

}  // namespace

Done check_details(ProfileDetails const& details) {
  TRY_VOID(execution::must_be_hash_or_empty(details.document_hash()));
  TRY_VOID(execution::must_fit(details.headline(), limits::headline_bytes_max));
  if (details.kind() == labor::v1::PROFILE_KIND_UNSPECIFIED) {
    return fail(labor::v1::TX_STATUS_INVALID_PROFILE_KIND);
  }
  TRY_VOID(check_skills(details));
  if (details.hours_per_week() > limits::hours_per_week_max) {
    return fail(labor::v1::TX_STATUS_INVALID_HOURS,
                {{"got", details.hours_per_week()}, {"most", limits::hours_per_week_max}});
  }
  TRY_VOID(check_links(details));
  return check_responsible(details);
}

Done apply(Context& context, labor::v1::CreateProfile const& message) {
  TRY_VOID(check_details(message.details()));
  TRY_VOID(must_be_another(context, message.details()));
  if (find_profile(context, context.sender())) {
    return fail(labor::v1::TX_STATUS_PROFILE_EXISTS);
  }
  Profile profile;
  profile.set_owner(context.sender().str());
  ProfileAct subject{.context = &context,
                     .account = context.sender(),
                     .attested = false,
                     .profile = profile,
                     .details = message.details(),
                     .cause = {}};
  return execution::transition(context, profile_machine(), "create", subject, subject.profile);
}

Done apply(Context& context, labor::v1::EditProfile const& message) {
  TRY_VOID(check_details(message.details()));
  TRY_VOID(must_be_another(context, message.details()));
  return step(context, "edit", &message.details());
}

Done apply(Context& context, labor::v1::PublishProfile const&) {
  return step(context, "publish", nullptr);
}

Done apply(Context& context, labor::v1::PauseProfile const&) {
  return step(context, "pause", nullptr);
}

Done apply(Context& context, labor::v1::ResumeProfile const&) {
  return step(context, "resume", nullptr);
}

Done apply(Context& context, labor::v1::CloseProfile const&) {
  return step(context, "close", nullptr);
}

Done apply(Context& context, labor::v1::AnswerForAgent const& message) {
  return step_of_agent(context, "answer_for", message.agent());
}

Done apply(Context& context, labor::v1::StopAnsweringForAgent const& message) {
  return step_of_agent(context, "stop_answering", message.agent());
}

bool answers_for(state::Reader const& state, protocol::Address const& person,
                 protocol::Address const& agent) {
  auto const profile = execution::find_record<Profile>(state, state::keys::profile(agent));
  return profile && profile->answered_for() && profile->details().responsible() == person.chars();
}

std::optional<Profile> find_profile(Context const& context, protocol::Address const& owner) {
  return context.find<Profile>(state::keys::profile(owner));
}

void count_paid_contract(Context& context, protocol::Address const& owner, std::string_view cause) {
  auto profile = find_profile(context, owner);
  if (!profile) return;
  profile->set_contracts_paid(profile->contracts_paid() + 1);
  context.put(*profile, cause);
}

}  // namespace talent
