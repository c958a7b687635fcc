#include "protocol/talent/profile_machine.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/talent/handle.h"

namespace talent {

using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::ProfileState;

namespace {

using Row = execution::Row<ProfileAct, ProfileState>;
using Who = execution::Who<ProfileAct>;
using Guard = execution::Guard<ProfileAct>;
using Effect = execution::Effect<ProfileAct>;

constexpr auto none = labor::v1::PROFILE_STATE_UNSPECIFIED;
constexpr auto draft = labor::v1::PROFILE_STATE_DRAFT;
constexpr auto active = labor::v1::PROFILE_STATE_ACTIVE;
constexpr auto paused = labor::v1::PROFILE_STATE_PAUSED;
constexpr auto closed = labor::v1::PROFILE_STATE_CLOSED;

// ---- who ----

bool is_agent(labor::v1::ProfileDetails const& details) {
  return details.kind() == labor::v1::PROFILE_KIND_AGENT;
}

Done is_named(ProfileAct const& act) {
  if (act.account.chars() == act.profile.details().responsible()) return {};
  return fail(labor::v1::TX_STATUS_NOT_RESPONSIBLE);
}

Done is_named_person(ProfileAct const& act) {
  TRY_VOID(is_named(act));
  return act.attested ? Done{} : fail(labor::v1::TX_STATUS_NOT_ATTESTED);
}

// ---- guards ----

Done has_headline(ProfileAct const& act) {
  return execution::must_not_be_empty(act.details.headline());
}

// Somebody answers, and for what the message wants as well.
bool is_answered_for(ProfileAct const& act) {
  return act.profile.answered_for() &&
         act.profile.details().responsible() == act.details.responsible();
}

Done may_be_shown(ProfileAct const& act) {
  TRY_VOID(has_headline(act));
  if (!is_agent(act.details) || is_answered_for(act)) return {};
  return fail(labor::v1::TX_STATUS_NOBODY_ANSWERS);
}

Done waits_for_person(ProfileAct const& act) {
  if (!act.profile.answered_for()) return {};
  return fail(labor::v1::TX_STATUS_AGENT_IS_ANSWERED_FOR);
}

Done has_person(ProfileAct const& act) {
  return act.profile.answered_for() ? Done{} : fail(labor::v1::TX_STATUS_NOBODY_ANSWERS);
}

// ---- effects ----

// Who is named anew has not agreed.
Done take_details(ProfileAct& act) {
  act.profile.set_answered_for(is_answered_for(act));
  *act.profile.mutable_details() = act.details;
  return {};
}

Done give_handle_back(ProfileAct& act) {
  act.profile.set_answered_for(false);
  if (act.profile.handle().empty()) return {};
  release_handle(*act.context, act.profile.handle(), act.cause);
  act.profile.clear_handle();
  return {};
}

Done note_person(ProfileAct& act) {
  act.profile.set_answered_for(true);
  return {};
}

Done forget_person(ProfileAct& act) {
  act.profile.set_answered_for(false);
  return {};
}

// ---- the table ----

constexpr Who its_owner{"its owner"};
constexpr Who a_person{"the attested person whom it names", is_named_person};
constexpr Who its_person{"the person whom it names", is_named};

constexpr Guard shown{"it has a headline; a person answers for an agent", may_be_shown};
constexpr Guard headline{"it has a headline", has_headline};
constexpr Guard waiting{"nobody answers for it yet", waits_for_person};
constexpr Guard answered{"the person answers for it", has_person};

constexpr Effect takes_details{"takes the details", take_details};
constexpr Effect gives_handle_back{"gives the handle back", give_handle_back};
constexpr Effect answers{"the person answers for the agent", note_person};
constexpr Effect leaves{"nobody answers for the agent", forget_person};

// clang-format off
constexpr Row rows[] = {
  {"create",         message, none,   draft,  its_owner,  {},       takes_details},
  {"edit",           message, draft,  draft,  its_owner,  {},       takes_details},
  {"edit",           message, active, active, its_owner,  shown,    takes_details},
  {"edit",           message, paused, paused, its_owner,  headline, takes_details},
  {"publish",        message, draft,  active, its_owner,  shown,    {}},
  {"pause",          message, active, paused, its_owner,  {},       {}},
  {"resume",         message, paused, active, its_owner,  shown,    {}},
  {"answer_for",     message, draft,  draft,  a_person,   waiting,  answers},
  {"answer_for",     message, paused, paused, a_person,   waiting,  answers},
  {"stop_answering", message, draft,  draft,  its_person, answered, leaves},
  {"stop_answering", message, active, paused, its_person, answered, leaves},
  {"stop_answering", message, paused, paused, its_person, answered, leaves},
  {"close",          message, draft,  closed, its_owner,  {},       gives_handle_back},
  {"close",          message, active, closed, its_owner,  {},       gives_handle_back},
  {"close",          message, paused, closed, its_owner,  {},       gives_handle_back},
};
// clang-format on

}  // namespace

ProfileMachine const& profile_machine() {
  static constexpr ProfileMachine machine{
      .name = "profile", .rows = rows, .in_time = nullptr, .wrong_state = nullptr};
  return machine;
}

}  // namespace talent
