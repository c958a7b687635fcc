#include "wallet/actions.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "wallet/amount.h"
#include "wallet/dates.h"
#include "wallet/issuer.h"
#include "wallet/parameter.h"
#include "wallet/validator.h"

namespace wallet {

using labor::v1::Actions;
using labor::v1::Election;
using labor::v1::Spend;
using labor::v1::Upgrade;
using protocol::Amount;

namespace {

Result<Spend> parse_spend(Session& session, std::string_view text) {
  auto const sign = text.rfind('=');
  if (sign == std::string_view::npos || sign == 0) {
    return usage("INVALID_SPEND", fmt::format("`{}` is not a payment.", text),
                 "Write ACCOUNT=AMOUNT, like \"alice=100 USD\".");
  }
  TRY(account, session.address_of(std::string{text.substr(0, sign)}));
  TRY(money, parse_money(text.substr(sign + 1), labor::v1::ASSET_USD));
  Spend spend;
  spend.set_to(account.str());
  spend.set_asset(money.asset);
  spend.set_amount(money.amount.value());
  return spend;
}

bool read_number(std::string const& text, auto& number) {
  auto const* const end = text.data() + text.size();
  auto const [last, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && last == end;
}

Result<Upgrade> parse_upgrade(std::string const& text, bool constitutional) {
  std::istringstream words{text};
  std::string number;
  std::string name;
  std::string version;
  std::string blocks;
  std::string more;
  words >> number >> name >> version >> blocks;
  Upgrade upgrade;
  std::uint32_t feature = 0;
  std::uint64_t after = 0;
  if ((words >> more) || !read_number(number, feature) || !read_number(blocks, after)) {
    return usage("INVALID_UPGRADE", fmt::format("`{}` is not an upgrade.", text),
                 "Write NUMBER NAME VERSION BLOCKS in quotes, like \"2 faster_draws 0.3.0 1000\".");
  }
  upgrade.set_feature(feature);
  upgrade.set_name(name);
  upgrade.set_version(version);
  upgrade.set_blocks(after);
  upgrade.set_constitutional(constitutional);
  return upgrade;
}

Result<Election> parse_election(Session& session, TypedActions const& typed) {
  if (typed.seats == 0 || typed.term.empty()) {
    return usage("INVALID_ELECTION", "An election needs the number of seats and the term.",
                 "Add `--seats 3 --term 365d`.");
  }
  Election election;
  TRY(term_ms, parse_duration(typed.term));
  election.set_term_ms(term_ms);
  election.set_seats(typed.seats);
  for (auto const& text : typed.candidates) {
    TRY(account, session.address_of(text));
    election.add_candidates(account.str());
  }
  std::ranges::sort(*election.mutable_candidates());
  return election;
}

Result<void> add_people(Session& session, TypedActions const& typed, Actions& actions) {
  for (auto const& text : typed.issuers) {
    TRY(change, parse_issuer(session, text));
    *actions.add_issuers() = change;
  }
  for (auto const& text : typed.removed_issuers) {
    TRY(account, session.address_of(text));
    actions.add_issuers()->set_account(account.str());
  }
  for (auto const* const list : {&typed.arbiters, &typed.recalled}) {
    for (auto const& text : *list) {
      TRY(account, session.address_of(text));
      auto& change = *actions.add_arbiters();
      change.set_account(account.str());
      change.set_recall(list == &typed.recalled);
    }
  }
  return {};
}

Result<void> add_things(TypedActions const& typed, Actions& actions) {
  for (auto const* const list : {&typed.struck_apps, &typed.restored_apps}) {
    for (auto const& name : *list) {
      auto& change = *actions.add_apps();
      change.set_name(name);
      change.set_strike(list == &typed.struck_apps);
    }
  }
  for (auto const* const list : {&typed.closed_assets, &typed.opened_assets}) {
    for (auto const& text : *list) {
      TRY(asset, parse_asset(text));
      auto& change = *actions.add_assets();
      change.set_asset(asset);
      change.set_close(list == &typed.closed_assets);
    }
  }
  for (auto const& text : typed.upgrades) {
    TRY(upgrade, parse_upgrade(text, typed.constitutional));
    *actions.add_upgrades() = upgrade;
  }
  return {};
}

std::string describe(Spend const& spend, Called const& called) {
  return fmt::format("pay {} from the treasury to {}", show(Amount{spend.amount()}, spend.asset()),
                     called(spend.to()));
}

std::string describe(labor::v1::ArbiterChange const& change, Called const& called) {
  return change.recall() ? fmt::format("recall {} as an arbiter", called(change.account()))
                         : fmt::format("make {} an arbiter, who sits on juries until recalled",
                                       called(change.account()));
}

std::string describe(labor::v1::AppChange const& change) {
  return change.strike()
             ? fmt::format("strike the app {}: no new work comes from it", change.name())
             : fmt::format("let work come from the app {} again", change.name());
}

std::string describe(labor::v1::AssetChange const& change) {
  auto const name = name_of(change.asset());
  return change.close()
             ? fmt::format("close {} to new funding; what is locked runs on as agreed", name)
             : fmt::format("open {} to new funding again", name);
}

std::string describe(Upgrade const& upgrade) {
  return fmt::format(
      "turn on feature {} ({}) {} blocks after that, which nodes have from version {} on",
      upgrade.feature(), upgrade.name(), upgrade.blocks(), upgrade.version());
}

void tell(Election const& election, Called const& called, std::vector<std::string>& effects) {
  effects.push_back(fmt::format("elect up to {} of {} as arbiters for {}", election.seats(),
                                election.candidates_size(), show_duration(election.term_ms())));
  for (int i = 0; i < election.candidates_size(); ++i) {
    effects.push_back(fmt::format("candidate {}: {}", i, called(election.candidates(i))));
  }
}

}  // namespace

Result<Actions> parse_actions(Session& session, TypedActions const& typed) {
  Actions actions;
  for (auto const& text : typed.changes) {
    TRY(change, parse_change(text));
    *actions.add_parameters() = change;
  }
  for (auto const& text : typed.admissions) {
    TRY(change, parse_admission(session, text));
    *actions.add_validators() = change;
  }
  for (auto const& text : typed.removals) {
    TRY(change, parse_removal(text));
    *actions.add_validators() = change;
  }
  TRY_VOID(add_people(session, typed, actions));
  TRY_VOID(add_things(typed, actions));
  for (auto const& text : typed.spends) {
    TRY(spend, parse_spend(session, text));
    *actions.add_spends() = spend;
  }
  if (!typed.candidates.empty()) {
    TRY(election, parse_election(session, typed));
    *actions.mutable_election() = election;
  }
  return actions;
}

std::vector<std::string> effects_of(Actions const& actions, Called const& called) {
  std::vector<std::string> effects;
  for (auto const& change : actions.parameters()) {
    effects.push_back(fmt::format("set {} to {}", parameter_name(change.parameter()),
                                  show_parameter(change.parameter(), change.value())));
  }
  for (auto const& change : actions.validators()) effects.push_back(describe(change, called));
  for (auto const& change : actions.issuers()) {
    effects.push_back(describe(change, called(change.account())));
  }
  for (auto const& change : actions.arbiters()) effects.push_back(describe(change, called));
  for (auto const& change : actions.apps()) effects.push_back(describe(change));
  for (auto const& change : actions.assets()) effects.push_back(describe(change));
  for (auto const& upgrade : actions.upgrades()) effects.push_back(describe(upgrade));
  for (auto const& spend : actions.spends()) effects.push_back(describe(spend, called));
  if (actions.has_election()) tell(actions.election(), called, effects);
  return effects;
}

}  // namespace wallet
