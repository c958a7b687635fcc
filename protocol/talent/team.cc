#include "protocol/talent/team.h"

#include <algorithm>
#include <utility>

#include "protocol/base/big_endian.h"
#include "protocol/base/try.h"
#include "protocol/crypto/hash.h"
#include "protocol/execution/form.h"
#include "protocol/execution/transition.h"
#include "protocol/limits.h"
#include "protocol/state/keys.h"
#include "protocol/talent/profile.h"
#include "protocol/talent/team_machine.h"

namespace talent {

namespace limits = protocol::limits;
using execution::Context;
using execution::Done;
using execution::fail;
using labor::v1::Team;
using labor::v1::TeamShare;
using protocol::Address;

namespace {

Done check_split(TeamSplit const& split) {
  std::uint64_t sum = 0;
  std::string_view before;
  for (auto const& share : split) {
    if (!Address::from(share.account())) return fail(labor::v1::TX_STATUS_INVALID_ADDRESS);
    if (share.account() <= before || share.bps() == 0) {
      return fail(labor::v1::TX_STATUS_INVALID_SPLIT);
    }
    before = share.account();
    sum += share.bps();
  }
  auto const fits =
      split.size() >= 2 && std::cmp_less_equal(split.size(), limits::team_members_max);
  if (fits && sum == limits::bps_of_all) return {};
  return fail(labor::v1::TX_STATUS_INVALID_SPLIT, {{"got", sum}, {"expected", limits::bps_of_all}});
}

bool is_team(Context const& context, Address const& account) {
  auto const profile = find_profile(context, account);
  return profile && profile->details().kind() == labor::v1::PROFILE_KIND_TEAM;
}

TeamAct act_on(Context& context, Team const& team) {
  TeamAct act;
  act.account = context.sender();
  act.now = context.time();
  act.team = team;
  return act;
}

Done step(Context& context, TeamAct act, std::string_view name) {
  TRY_VOID(execution::transition(context, team_machine(), name, act, act.team));
  if (!team_machine().find("complete", act.team.state(), act)) return {};
  return execution::transition(context, team_machine(), "complete", act, act.team);
}

// Of the account that a message names.
std::expected<Team, execution::Failure> named(Context const& context, std::string_view account) {
  auto const address = Address::from(account);
  if (!address) return fail(labor::v1::TX_STATUS_INVALID_ADDRESS);
  auto team = find_team(context.state(), *address);
  if (!team) return fail(labor::v1::TX_STATUS_TEAM_NOT_FOUND);
  return *std::move(team);
}

}  // namespace

std::optional<Team> find_team(state::Reader const& state, Address const& account) {
  return execution::find_record<Team>(state, state::keys::team(account));
}

protocol::Hash split_hash(Address const& team, TeamSplit const& split) {
  std::string preimage = team.str();
  for (auto const& share : split) {
    preimage += share.account();
    base::append_big_endian(preimage, share.bps());
  }
  return crypto::hash(crypto::domains::team, {base::bytes_of(preimage)});
}

std::expected<TeamSplit, execution::Failure> split_of(Context const& context,
                                                      Address const& account) {
  if (!is_team(context, account)) return TeamSplit{};
  auto const team = find_team(context.state(), account);
  if (team && !team->split().empty()) return team->split();
  return fail(labor::v1::TX_STATUS_TEAM_NOT_SETTLED);
}

Done apply(Context& context, labor::v1::ProposeSplit const& message) {
  TRY_VOID(check_split(message.shares()));
  if (!find_profile(context, context.sender())) {
    return fail(labor::v1::TX_STATUS_PROFILE_NOT_FOUND);
  }
  if (!is_team(context, context.sender())) return fail(labor::v1::TX_STATUS_NOT_A_TEAM);
  auto team = find_team(context.state(), context.sender()).value_or(Team{});
  team.set_account(context.sender().str());
  auto act = act_on(context, team);
  act.proposal = message;
  return step(context, std::move(act), "propose");
}

Done apply(Context& context, labor::v1::AgreeToSplit const& message) {
  TRY_VOID(execution::must_be_hash(message.split_hash()));
  TRY(team, named(context, message.team()));
  auto act = act_on(context, team);
  act.hash = message.split_hash();
  return step(context, std::move(act), "agree");
}

Done apply(Context& context, labor::v1::LeaveTeam const& message) {
  TRY(team, named(context, message.team()));
  return step(context, act_on(context, team), "leave");
}

Done fire(Context& context, Team const& team) {
  auto act = act_on(context, team);
  return execution::transition_when_due(context, team_machine(), act, act.team);
}

}  // namespace talent
