#include "protocol/justice/vetting.h"

#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/justice/jurors.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/talent/identity.h"
#include "protocol/talent/profile.h"

namespace justice {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Vetting;

namespace {

// Of the block, unless an account is set.
VettingAct act_on(Context& context, Vetting const& vetting) {
  VettingAct act;
  act.context = &context;
  act.now = context.time();
  act.vetting = vetting;
  return act;
}

// 0: the profile does not claim it.
std::uint32_t level_claimed(labor::v1::Profile const& profile, std::string_view skill) {
  for (auto const& claimed : profile.details().skills()) {
    if (claimed.uri() == skill) return claimed.level();
  }
  return 0;
}

}  // namespace

std::expected<Vetting, execution::Failure> find_vetting(Context const& context, std::uint64_t id) {
  auto vetting = context.find<Vetting>(state::keys::vetting(id));
  if (!vetting) return fail(labor::v1::TX_STATUS_VETTING_NOT_FOUND);
  return *std::move(vetting);
}

Done apply(Context& context, labor::v1::ApplyForVetting const& message) {
  TRY_VOID(execution::must_be_hash(message.evidence_hash()));
  auto const profile = talent::find_profile(context, context.sender());
  if (!profile) return fail(labor::v1::TX_STATUS_PROFILE_NOT_FOUND);
  Vetting vetting;
  vetting.set_account(context.sender().str());
  vetting.set_skill(message.skill());
  vetting.set_level(level_claimed(*profile, message.skill()));
  vetting.set_evidence_hash(message.evidence_hash());
  vetting.set_asset(labor::v1::ASSET_USD);
  auto act = act_on(context, vetting);
  act.account = context.sender();
  act.profile = *profile;
  act.attested = talent::is_attested(context.state(), context.sender());
  return execution::transition(context, vetting_machine(), "apply", act, act.vetting);
}

Done apply(Context& context, labor::v1::ChallengeVetting const& message) {
  TRY_VOID(execution::must_be_hash(message.reason_hash()));
  TRY(vetting, find_vetting(context, message.vetting()));
  auto act = act_on(context, vetting);
  act.account = context.sender();
  act.hash = message.reason_hash();
  return execution::transition(context, vetting_machine(), "challenge", act, act.vetting);
}

Done fire(Context& context, Vetting const& vetting) {
  auto act = act_on(context, vetting);
  if (vetting.state() == labor::v1::VETTING_STATE_DRAWING) {
    act.drawn = draw_panel(
        context, sitting_on(vetting),
        {.round = vetting.round(), .opened_at = protocol::TimeMs{vetting.opened_at_ms()}},
        limits::jury_size);
  }
  return execution::transition_when_due(context, vetting_machine(), act, act.vetting);
}

std::vector<protocol::Address> vouchers(Vetting const& vetting) {
  std::vector<protocol::Address> accounts;
  if (vetting.vetted_at_ms() == 0) return accounts;
  for (auto const& seat : vetting.panels(0).seats()) {
    if (vouches(seat)) accounts.push_back(execution::address_in(seat.juror()));
  }
  return accounts;
}

}  // namespace justice
