// labor ownership: show, claim.

#include <fmt/format.h>

#include "protocol/bank/vesting.h"
#include "protocol/limits.h"
#include "wallet/commands/arguments.h"
#include "wallet/commands/next.h"
#include "wallet/dates.h"

namespace wallet {

namespace {

using protocol::Amount;
using protocol::TimeMs;

std::string lbr(std::uint64_t amount) {
  return show(Amount{amount}, labor::v1::ASSET_LBR);
}

json::object to_json(labor::v1::VestingGrant const& grant, TimeMs now) {
  auto const number = [](std::uint64_t value) { return fmt::format("{}", value); };
  return {{"begins_ms", number(grant.begins_ms())},
          {"ends_ms", number(grant.begins_ms() + protocol::limits::vesting_ms)},
          {"granted", number(grant.granted())},
          {"vested", number(bank::vested(grant, now))},
          {"claimed", number(grant.claimed())}};
}

Result<Output> show_ownership(Session& session, std::string const& name) {
  TRY(address, address_or_mine(session, name));
  TRY(chain, session.chain());
  labor::v1::Record key;
  key.mutable_vesting()->set_account(address);
  TRY(found, chain->record(key));
  TRY(by, onlooker(session));
  auto const now = chain_time(by);
  json::array grants;
  Table table{.head = {"VESTS FROM", "UNTIL", "GRANTED", "VESTED", "CLAIMED"}, .rows = {}};
  auto const vesting = found ? found->vesting() : labor::v1::Vesting{};
  for (auto const& grant : vesting.grants()) {
    grants.push_back(to_json(grant, now));
    auto const at = [&](std::uint64_t time_ms) {
      return show_time(TimeMs{time_ms + by.outages_ms}).substr(0, 10);
    };
    table.rows.push_back(
        {at(grant.begins_ms()), at(grant.begins_ms() + protocol::limits::vesting_ms),
         lbr(grant.granted()), lbr(bank::vested(grant, now)), lbr(grant.claimed())});
  }
  auto const claimable = bank::claimable(vesting, now);
  auto text = show(table);
  if (claimable > 0)
    text += fmt::format("\n\n{} can be claimed: labor ownership claim", lbr(claimable));
  return Output{.data = json::object{{"claimable", fmt::format("{}", claimable)},
                                     {"grants", std::move(grants)}},
                .text = std::move(text)};
}

}  // namespace

void add_ownership(Menu& menu) {
  auto noun = menu.noun("ownership", "LBR granted for work");
  auto& session = menu.session();
  auto const account = std::make_shared<std::string>();

  noun.verb("show", "What is granted, and what of it has vested; proved",
            [&session, account] { return show_ownership(session, *account); })
      .argument("ACCOUNT", *account, "An address or key; yours if left out", Need::optional);
  noun.verb("claim", "Take what has vested", [&session] {
    labor::v1::Message message;
    message.mutable_claim_ownership();
    return perform(session, std::move(message));
  });
}

}  // namespace wallet
