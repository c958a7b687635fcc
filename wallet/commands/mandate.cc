// labor mandate: give, end, list.

#include "wallet/mandate.h"

#include <fmt/format.h>

#include <algorithm>

#include "wallet/commands/arguments.h"

namespace wallet {

namespace {

struct MandateArguments {
  std::string holder;
  std::string account;
  std::vector<std::string> scopes;
  std::string until;
  std::string spend;
  std::string spend_each;
  std::string pay;
  std::string pay_each;
  bool held = false;
};

// 0 where nothing is typed; each act may go up to the whole, unless less is said.
struct Limit {
  std::uint64_t each = 0;
  std::uint64_t total = 0;
};

Result<Limit> parse_limit(std::string const& total, std::string const& each) {
  Limit limit;
  if (!total.empty()) {
    TRY(amount, parse_amount(total, labor::v1::ASSET_USD));
    limit = {.each = amount.value(), .total = amount.value()};
  }
  if (!each.empty()) {
    TRY(amount, parse_amount(each, labor::v1::ASSET_USD));
    limit.each = amount.value();
  }
  return limit;
}

Result<Output> give(Session& session, MandateArguments const& arguments) {
  TRY(holder, session.address_of(arguments.holder));
  labor::v1::Message message;
  auto& mandate = *message.mutable_give_mandate();
  mandate.set_holder(holder.str());
  for (auto const& text : arguments.scopes) {
    TRY(scope, parse_scope(text));
    mandate.add_scopes(scope);
  }
  std::ranges::sort(*mandate.mutable_scopes());
  TRY(until, parse_until(session, arguments.until));
  mandate.set_expires_at_ms(until);
  TRY(spend, parse_limit(arguments.spend, arguments.spend_each));
  mandate.set_spend_each(spend.each);
  mandate.set_spend_total(spend.total);
  TRY(pay, parse_limit(arguments.pay, arguments.pay_each));
  mandate.set_pay_each(pay.each);
  mandate.set_pay_total(pay.total);
  return perform(session, std::move(message));
}

// Of one's own to the other, or of the other's to oneself: whichever there is.
Result<Output> end(Session& session, MandateArguments const& arguments) {
  TRY(other, session.address_of(arguments.holder));
  TRY(me, session.acting_account());
  TRY(chain, session.chain());
  labor::v1::Record key;
  key.mutable_mandate()->set_account(me.str());
  key.mutable_mandate()->set_holder(other.str());
  TRY(given, chain->record(key));
  labor::v1::Message message;
  message.mutable_end_mandate()->set_account((given ? me : other).str());
  message.mutable_end_mandate()->set_holder((given ? other : me).str());
  return perform(session, std::move(message));
}

Result<Output> list(Session& session, MandateArguments const& arguments) {
  TRY(address, address_or_mine(session, arguments.account));
  return list_records(session,
                      {.index = arguments.held ? labor::v1::RECORD_INDEX_MANDATES_BY_HOLDER
                                               : labor::v1::RECORD_INDEX_MANDATES_BY_ACCOUNT,
                       .address = std::move(address)});
}

}  // namespace

void add_mandate(Menu& menu) {
  auto noun = menu.noun("mandate", "Who may act for whom: `--act-for ACCOUNT` does");
  auto& session = menu.session();
  auto const arguments = std::make_shared<MandateArguments>();

  auto giving = noun.verb("give", "Let another account act for yours",
                          [&session, arguments] { return give(session, *arguments); });
  giving.argument("HOLDER", arguments->holder, "Whom you let act");
  giving.options("--scope", arguments->scopes,
                 "profile, post, hire, fund, approve, work or feedback; as often as needed",
                 Need::required);
  giving.option("--until", arguments->until, "A UTC date, or like 90d", Need::required);
  giving.option("--spend", arguments->spend,
                "Out of your balance in all, like \"500 USD\"; nothing");
  giving.option("--spend-each", arguments->spend_each, "In one act; as much as in all");
  giving.option("--pay", arguments->pay, "Out of your escrows in all, like \"500 USD\"; nothing");
  giving.option("--pay-each", arguments->pay_each, "In one act; as much as in all");

  noun.verb("end", "End it at once, your own or one that you hold",
            [&session, arguments] { return end(session, *arguments); })
      .argument("ACCOUNT", arguments->holder, "The other side");
  auto listing = noun.verb("list", "Those that an account has given",
                           [&session, arguments] { return list(session, *arguments); });
  listing.argument("ACCOUNT", arguments->account, "An address or key; yours if left out",
                   Need::optional);
  listing.flag("--held", arguments->held, "That it holds, instead");
}

}  // namespace wallet
