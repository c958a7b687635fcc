// labor team: propose, agree, leave, show, list.

#include <fmt/format.h>

#include <algorithm>

#include "wallet/commands/arguments.h"
#include "wallet/parameter.h"

namespace wallet {

namespace {

struct TeamArguments {
  std::string team;
  std::vector<std::string> shares;
};

// ACCOUNT=40%
Result<labor::v1::TeamShare> parse_share(Session& session, std::string const& text) {
  auto const sign = text.rfind('=');
  if (sign == std::string::npos) {
    return usage("INVALID_SPLIT", fmt::format("`{}` is nobody's share.", text),
                 "Write ACCOUNT=40%.");
  }
  TRY(account, session.address_of(text.substr(0, sign)));
  TRY(bps, parse_percent(text.substr(sign + 1)));
  labor::v1::TeamShare share;
  share.set_account(account.str());
  share.set_bps(static_cast<std::uint32_t>(bps));
  return share;
}

labor::v1::Record team_key(std::string const& address) {
  labor::v1::Record key;
  key.mutable_team()->set_account(address);
  return key;
}

Result<Output> propose(Session& session, TeamArguments const& arguments) {
  labor::v1::Message message;
  auto& shares = *message.mutable_propose_split()->mutable_shares();
  for (auto const& text : arguments.shares) {
    TRY(share, parse_share(session, text));
    *shares.Add() = share;
  }
  std::ranges::sort(shares, {}, &labor::v1::TeamShare::account);
  return perform(session, std::move(message));
}

// To what the chain shows now, and to nothing else.
Result<Output> agree(Session& session, TeamArguments const& arguments) {
  TRY(team, session.address_of(arguments.team));
  TRY(found, existing_record(session, team_key(team.str()), "team", session.text_of(team)));
  labor::v1::Message message;
  message.mutable_agree_to_split()->set_team(team.str());
  message.mutable_agree_to_split()->set_split_hash(found.team().proposed_hash());
  return perform(session, std::move(message));
}

}  // namespace

void add_team(Menu& menu) {
  auto noun = menu.noun("team", "How the members of a team share what it is paid");
  auto& session = menu.session();
  auto const arguments = std::make_shared<TeamArguments>();

  noun.verb("propose", "As the team: a split that its members are to agree to",
            [&session, arguments] { return propose(session, *arguments); })
      .options("--share", arguments->shares, "ACCOUNT=40%; as often as needed, 100% in all",
               Need::required);
  noun.verb("agree", "Agree to what is proposed",
            [&session, arguments] { return agree(session, *arguments); })
      .argument("TEAM", arguments->team, "The team's account");
  add_address_verb(session, noun,
                   {.name = "leave",
                    .help = "Leave it",
                    .argument = "TEAM",
                    .argument_help = "The team's account"},
                   [](labor::v1::Message& message, std::string const& team) {
                     message.mutable_leave_team()->set_team(team);
                   });
  noun.verb("show", "Its split, and what is proposed; proved",
            [&session, arguments]() -> Result<Output> {
              TRY(team, address_or_mine(session, arguments->team));
              return show_record(session, team_key(team), "team", arguments->team);
            })
      .argument("TEAM", arguments->team, "The team's account; yours if left out", Need::optional);
  noun.verb("list", "Those that you are in, or are to join", [&session]() -> Result<Output> {
    TRY(address, address_or_mine(session, {}));
    return list_records(
        session, {.index = labor::v1::RECORD_INDEX_TEAMS_BY_MEMBER, .address = std::move(address)});
  });
}

}  // namespace wallet
