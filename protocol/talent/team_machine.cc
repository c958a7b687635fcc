#include "protocol/talent/team_machine.h"

#include <algorithm>
#include <map>

#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/talent/team.h"

namespace talent {

using execution::Done;
using execution::fail;
using enum execution::Trigger;
using labor::v1::TeamShare;
using labor::v1::TeamState;

namespace limits = protocol::limits;

namespace {

using Row = execution::Row<TeamAct, TeamState>;
using Who = execution::Who<TeamAct>;
using Guard = execution::Guard<TeamAct>;
using Effect = execution::Effect<TeamAct>;

constexpr auto none = labor::v1::TEAM_STATE_UNSPECIFIED;
constexpr auto proposed = labor::v1::TEAM_STATE_PROPOSED;
constexpr auto settled = labor::v1::TEAM_STATE_SETTLED;

// ---- who ----

Done is_team(TeamAct const& act) {
  if (act.account.chars() == act.team.account()) return {};
  return fail(labor::v1::TX_STATUS_NOT_A_TEAM);
}

bool is_in(TeamSplit const& split, protocol::Address const& account) {
  return std::ranges::any_of(
      split, [&](TeamShare const& share) { return share.account() == account.chars(); });
}

Done is_member(TeamAct const& act) {
  if (is_in(act.team.split(), act.account)) return {};
  return fail(labor::v1::TX_STATUS_NOT_IN_TEAM);
}

Done may_be_member(TeamAct const& act) {
  return is_in(act.team.proposed(), act.account) ? Done{} : is_member(act);
}

// ---- time and guards ----

Done in_time(TeamAct const& act) {
  return execution::must_be_before(act.team.until_ms(), act.now);
}

Done is_waited_for(TeamAct const& act) {
  auto const& missing = act.team.missing();
  if (std::ranges::find(missing, act.account.chars()) != missing.end()) return {};
  return fail(labor::v1::TX_STATUS_NOT_IN_TEAM);
}

Done may_agree(TeamAct const& act) {
  if (act.hash == act.team.proposed_hash()) return is_waited_for(act);
  return fail(labor::v1::TX_STATUS_SPLIT_PROPOSAL_CHANGED);
}

Done all_agree(TeamAct const& act) {
  return act.team.missing().empty() ? Done{} : fail(labor::v1::TX_STATUS_WRONG_STATE);
}

Done lapses_to_nothing(TeamAct const& act) {
  if (!act.team.split().empty()) return fail(labor::v1::TX_STATUS_WRONG_STATE);
  return execution::must_have_run_out(act.team.until_ms(), act.now);
}

Done lapses_to_what_was(TeamAct const& act) {
  if (act.team.split().empty()) return fail(labor::v1::TX_STATUS_WRONG_STATE);
  return execution::must_have_run_out(act.team.until_ms(), act.now);
}

// ---- effects ----

// Those whose share differs between the two.
std::vector<std::string> affected(TeamSplit const& before, TeamSplit const& after) {
  std::map<std::string, std::uint32_t> shares;
  for (auto const& share : before) shares[share.account()] = share.bps();
  std::map<std::string, std::uint32_t> changed = shares;
  for (auto const& share : after) {
    auto const known = shares.find(share.account());
    if (known != shares.end() && known->second == share.bps()) {
      changed.erase(share.account());
    } else {
      changed[share.account()] = share.bps();
    }
  }
  std::vector<std::string> accounts;
  for (auto const& [account, bps] : changed) accounts.push_back(account);
  return accounts;
}

void drop_proposal(labor::v1::Team& team) {
  team.clear_proposed();
  team.clear_proposed_hash();
  team.clear_missing();
  team.set_until_ms(0);
}

Done propose(TeamAct& act) {
  *act.team.mutable_proposed() = act.proposal.shares();
  auto const account = execution::address_in(act.team.account());
  act.team.set_proposed_hash(split_hash(account, act.proposal.shares()).str());
  act.team.clear_missing();
  for (auto& who : affected(act.team.split(), act.team.proposed())) {
    act.team.add_missing(std::move(who));
  }
  act.team.set_until_ms(act.now.value() + limits::team_proposal_ms);
  return {};
}

Done agree(TeamAct& act) {
  auto& missing = *act.team.mutable_missing();
  missing.erase(std::ranges::find(missing, act.account.chars()));
  return {};
}

Done settle(TeamAct& act) {
  *act.team.mutable_split() = act.team.proposed();
  drop_proposal(act.team);
  return {};
}

Done give_up(TeamAct& act) {
  drop_proposal(act.team);
  return {};
}

// ---- the table ----

constexpr Who team{"the team", is_team};
constexpr Who member{"a member, or who is to become one", may_be_member};
constexpr Who leaver{"a member", is_member};
constexpr Who last{"the last who is waited for"};
constexpr Who block{"the block"};

constexpr Guard same{"to what is proposed, where it waits for them", may_agree, true,
                     is_waited_for};
constexpr Guard all{"everybody whose share it changes agrees", all_agree};
constexpr Guard unheard_first{"14 d later, none in force", lapses_to_nothing};
constexpr Guard unheard{"14 d later, one in force", lapses_to_what_was};

constexpr Effect asks{"asks everybody whose share it changes, starts the 14 d", propose};
constexpr Effect agrees{"agrees", agree};
constexpr Effect settles{"the split is in force for terms to come", settle};
constexpr Effect forgets{"what was in force stays", give_up};
constexpr Effect leaves{"the record leaves the state; terms that there are stay"};

// clang-format off
constexpr Row rows[] = {
  {"propose",  message, none,     proposed, team,   {},            asks},
  {"propose",  message, proposed, proposed, team,   {},            asks},
  {"propose",  message, settled,  proposed, team,   {},            asks},
  {"agree",    message, proposed, proposed, member, same,          agrees},
  {"complete", follow,  proposed, settled,  last,   all,           settles},
  {"lapse",    clock,   proposed, none,     block,  unheard_first, leaves},
  {"lapse",    clock,   proposed, settled,  block,  unheard,       forgets},
  {"leave",    message, proposed, none,     leaver, {},            leaves},
  {"leave",    message, settled,  none,     leaver, {},            leaves},
};
// clang-format on

}  // namespace

TeamMachine const& team_machine() {
  static constexpr TeamMachine machine{
      .name = "team", .rows = rows, .in_time = in_time, .wrong_state = nullptr};
  return machine;
}

}  // namespace talent
