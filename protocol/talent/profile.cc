#include "protocol/talent/profile.h"

#include <vector>

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
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

// The sender's profile takes one step; `details` where the message brings them.
Done step(Context& context, std::string_view act, ProfileDetails const* details) {
  auto profile = find_profile(context, context.sender());
  if (!profile) return fail(labor::v1::TX_STATUS_PROFILE_NOT_FOUND);
  ProfileAct subject{.context = &context,
                     .profile = *profile,
                     .details = details == nullptr ? profile->details() : *details,
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
  return check_links(details);
}

Done apply(Context& context, labor::v1::CreateProfile const& message) {
  TRY_VOID(check_details(message.details()));
  if (find_profile(context, context.sender())) {
    return fail(labor::v1::TX_STATUS_PROFILE_EXISTS);
  }
  Profile profile;
  profile.set_owner(context.sender().str());
  ProfileAct subject{
      .context = &context, .profile = profile, .details = message.details(), .cause = {}};
  return execution::transition(context, profile_machine(), "create", subject, subject.profile);
}

Done apply(Context& context, labor::v1::EditProfile const& message) {
  TRY_VOID(check_details(message.details()));
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
