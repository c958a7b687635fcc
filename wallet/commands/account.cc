// labor account: show, send, sponsor, history, block, unblock, blocked, close, reopen.

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "protocol/execution/form.h"
#include "wallet/commands/arguments.h"
#include "wallet/commands/event.h"
#include "wallet/dates.h"

namespace wallet {

using labor::v1::Message;

namespace {

// History is read from the beginning; more than this is for an explorer.
constexpr std::size_t history_events_max = 1000;

struct AccountArguments {
  std::string account;
  std::vector<std::string> amount;
};

// Free balance of each asset, proved.
Result<std::uint64_t> balance_of(Chain const& chain, std::string const& address,
                                 labor::v1::Asset asset) {
  labor::v1::Record key;
  key.mutable_balance()->set_address(address);
  key.mutable_balance()->set_asset(asset);
  TRY(record, chain.record(key));
  return record ? record->balance().amount() : 0;
}

// Fees that the account's work and hiring have brought the network, less what loans have lost:
// as much as it may borrow of a dispute's fee.
Result<std::uint64_t> brought_by(Chain const& chain, std::string const& address) {
  labor::v1::Record key;
  key.mutable_contribution()->set_account(address);
  TRY(record, chain.record(key));
  if (!record) return 0;
  return record->contribution().fees() - record->contribution().lost();
}

Result<Output> show_account(Session& session, std::string const& name) {
  TRY(bytes, address_or_mine(session, name));
  TRY(chain, session.chain());
  labor::v1::Record key;
  key.mutable_account()->set_address(bytes);
  TRY(record, chain->record(key));
  TRY(usd, balance_of(*chain, bytes, labor::v1::ASSET_USD));
  TRY(lbr, balance_of(*chain, bytes, labor::v1::ASSET_LBR));
  TRY(brought, brought_by(*chain, bytes));
  TRY(standing, chain->client().account(bytes));
  auto const account = record ? record->account() : labor::v1::Account{};
  auto const address = execution::address_in(bytes);
  auto const number = [](std::uint64_t value) { return fmt::format("{}", value); };
  json::object data{{"address", session.text_of(address)},
                    {"exists", record.has_value()},
                    {"member", account.member()},
                    {"closed", account.closed()},
                    {"sequence", number(account.sequence())},
                    {"next_sequence", number(standing.next_sequence())},
                    {"balances", {{"USD", number(usd)}, {"LBR", number(lbr)}}},
                    {"locked", number(account.locked())},
                    {"allowance", number(standing.allowance_now())},
                    {"sponsored", account.sponsored()},
                    {"brought", number(brought)}};
  Facts facts{{"Account", session.label_of(address)},
              {"Balance", show(protocol::Amount{usd}, labor::v1::ASSET_USD)},
              {"", show(protocol::Amount{lbr}, labor::v1::ASSET_LBR)},
              {"Locked", show(protocol::Amount{account.locked()}, labor::v1::ASSET_LBR)},
              {"Member", account.member() ? "yes" : "no"},
              {"Fees brought", show(protocol::Amount{brought}, labor::v1::ASSET_USD)},
              {"Allowance", fmt::format("{} units now", standing.allowance_now())},
              {"Transactions", number(account.sequence())}};
  if (!account.sponsor().empty()) {
    auto const sponsor = execution::address_in(account.sponsor());
    data["sponsor"] = session.text_of(sponsor);
    facts.emplace_back("Sponsor", session.label_of(sponsor));
  }
  data["person"] = base::hex(account.person());
  facts.emplace_back("Person", account.person().empty() ? "nobody has attested one" : "attested");
  if (!account.introduced_by().empty()) {
    auto const introducer = execution::address_in(account.introduced_by());
    data["introduced_by"] = session.text_of(introducer);
    data["referral_paid"] = number(account.referral_paid());
    facts.emplace_back("Introduced by", session.label_of(introducer));
  }
  if (account.closed()) facts.emplace_back("", "It is closed.");
  if (!record) facts.emplace_back("", "It has not acted yet.");
  return Output{.data = std::move(data), .text = show(facts)};
}

Result<Output> send_money(Session& session, AccountArguments const& arguments) {
  TRY(to, session.address_of(arguments.account));
  TRY(money, parse_money(joined(arguments.amount)));
  Message message;
  auto& transfer = *message.mutable_transfer();
  transfer.set_to(to.str());
  transfer.set_asset(money.asset);
  transfer.set_amount(money.amount.value());
  return perform(session, std::move(message));
}

Result<Output> history(Session& session, AccountArguments const& arguments) {
  TRY(bytes, address_or_mine(session, arguments.account));
  TRY(chain, session.chain());
  TRY(info, chain->info());
  labor::v1::WatchEventsRequest request;
  request.mutable_after();
  request.mutable_filter()->set_address(bytes);
  json::array data;
  Table table{.head = {"HEIGHT", "TIME", "EVENT"}, .rows = {}};
  TRY_VOID(chain->client().watch(request, [&](labor::v1::WatchEventsResponse const& event) {
    if (event.has_event()) {
      data.push_back(event_json(session, event));
      // Counts that the chain keeps for its own limits: nothing that happened to a person.
      auto const& changed = event.event().record_changed().record();
      if (!changed.has_open_work() && !changed.has_contribution())
        table.rows.push_back({fmt::format("{}", event.cursor().height()),
                              show_time(protocol::TimeMs{event.block_time_ms()}),
                              event_text(session, event)});
    }
    bool const done = event.cursor().height() >= info.height() && !event.has_event();
    return !done && data.size() < history_events_max && !session.console().interrupted();
  }));
  return Output{.data = std::move(data), .text = show(table)};
}

void add_blocks(Noun& noun, Session& session) {
  add_address_verb(session, noun,
                   {.name = "block",
                    .help = "Hear nothing from somebody: no proposals, offers and invitations",
                    .argument = "ACCOUNT",
                    .argument_help = "Its address"},
                   [](Message& message, std::string const& other) {
                     message.mutable_block_account()->set_account(other);
                   });
  add_address_verb(session, noun,
                   {.name = "unblock",
                    .help = "Hear from them again",
                    .argument = "ACCOUNT",
                    .argument_help = "Its address"},
                   [](Message& message, std::string const& other) {
                     message.mutable_unblock_account()->set_account(other);
                   });
  noun.verb("blocked", "Whom you have blocked", [&session]() -> Result<Output> {
    TRY(mine, address_or_mine(session, {}));
    return list_records(session,
                        {.index = labor::v1::RECORD_INDEX_BLOCKED_BY_ACCOUNT, .address = mine});
  });
}

}  // namespace

void add_account(Menu& menu) {
  auto noun = menu.noun("account", "Balances and transfers");
  auto& session = menu.session();
  auto const arguments = std::make_shared<AccountArguments>();

  noun.verb("show", "Balances, locks, allowance; proved",
            [&session, arguments] { return show_account(session, arguments->account); })
      .argument("ACCOUNT", arguments->account, "An address or key; yours if left out",
                Need::optional);
  auto send = noun.verb("send", "Send money",
                        [&session, arguments] { return send_money(session, *arguments); });
  send.argument("TO", arguments->account, "An address, or a key of this wallet");
  send.words("AMOUNT", arguments->amount, "Like 120.50 USD");
  add_address_verb(session, noun,
                   {.name = "sponsor",
                    .help = "Lend a newcomer part of your allowance",
                    .argument = "ACCOUNT",
                    .argument_help = "The newcomer's address"},
                   [](Message& message, std::string const& newcomer) {
                     message.mutable_sponsor_account()->set_account(newcomer);
                   });
  add_blocks(noun, session);
  noun.verb("close", "Send all that is free elsewhere and take part in nothing any more",
            [&session, arguments]() -> Result<Output> {
              TRY(to, session.address_of(arguments->account));
              Message message;
              message.mutable_close_account()->set_to(to.str());
              return perform(session, std::move(message));
            })
      .option("--to", arguments->account, "Where what is free goes: an address or key",
              Need::required);
  noun.verb("reopen", "Open a closed account again", [&session] {
    Message message;
    message.mutable_reopen_account();
    return perform(session, std::move(message));
  });
  noun.verb("history", "What happened to it, oldest first; the node's word",
            [&session, arguments] { return history(session, *arguments); })
      .argument("ACCOUNT", arguments->account, "An address or key; yours if left out",
                Need::optional);
}

}  // namespace wallet
