#include "protocol/talent/profile_machine.h"

#include "protocol/execution/form.h"
#include "protocol/talent/handle.h"

namespace talent {

using execution::Done;
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

constexpr Who its_owner{"its owner"};

constexpr Guard has_headline{"it has a headline", [](ProfileAct const& act) -> Done {
                               return execution::must_not_be_empty(act.details.headline());
                             }};

constexpr Effect takes_details{"takes the details", [](ProfileAct& act) -> Done {
                                 *act.profile.mutable_details() = act.details;
                                 return {};
                               }};

constexpr Effect gives_handle_back{"gives the handle back", [](ProfileAct& act) -> Done {
                                     if (act.profile.handle().empty()) return {};
                                     release_handle(*act.context, act.profile.handle(), act.cause);
                                     act.profile.clear_handle();
                                     return {};
                                   }};

// clang-format off
constexpr Row rows[] = {
  {"create",  message, none,   draft,  its_owner, {},           takes_details},
  {"edit",    message, draft,  draft,  its_owner, {},           takes_details},
  {"edit",    message, active, active, its_owner, has_headline, takes_details},
  {"edit",    message, paused, paused, its_owner, has_headline, takes_details},
  {"publish", message, draft,  active, its_owner, has_headline, {}},
  {"pause",   message, active, paused, its_owner, {},           {}},
  {"resume",  message, paused, active, its_owner, {},           {}},
  {"close",   message, draft,  closed, its_owner, {},           gives_handle_back},
  {"close",   message, active, closed, its_owner, {},           gives_handle_back},
  {"close",   message, paused, closed, its_owner, {},           gives_handle_back},
};
// clang-format on

}  // namespace

ProfileMachine const& profile_machine() {
  static constexpr ProfileMachine machine{
      .name = "profile", .rows = rows, .in_time = nullptr, .wrong_state = nullptr};
  return machine;
}

}  // namespace talent
