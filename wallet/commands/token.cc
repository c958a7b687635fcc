// labor token: lock, unlock, list.

#include <fmt/format.h>

#include "wallet/commands/arguments.h"

namespace wallet {

namespace {

struct TokenArguments {
  std::vector<std::string> amount;
  std::string until;
  std::string account;
};

Result<Output> lock(Session& session, TokenArguments const& arguments) {
  TRY(amount, parse_amount(joined(arguments.amount), labor::v1::ASSET_LBR));
  TRY(until, parse_until(session, arguments.until));
  labor::v1::Message message;
  message.mutable_lock_tokens()->set_amount(amount.value());
  message.mutable_lock_tokens()->set_until_ms(until);
  return perform(session, std::move(message));
}

}  // namespace

void add_token(Menu& menu) {
  auto noun = menu.noun("token", "LBR in locks: locked LBR votes");
  auto& session = menu.session();
  auto const arguments = std::make_shared<TokenArguments>();

  auto locking = noun.verb("lock", "Lock LBR so that it votes",
                           [&session, arguments] { return lock(session, *arguments); });
  locking.words("AMOUNT", arguments->amount, "Like 1000 LBR");
  locking.option("--until", arguments->until, "A UTC date, or a duration like 90d", Need::required);

  add_id_verb(menu.session(), noun,
              {.name = "unlock", .help = "Take back a lock that is over", .noun = "lock"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Message message;
                message.mutable_unlock_tokens()->set_lock_id(id);
                return perform(acting, std::move(message));
              });

  noun.verb("list", "Locks of an account",
            [&session, arguments]() -> Result<Output> {
              TRY(address, address_or_mine(session, arguments->account));
              return list_records(session, {.index = labor::v1::RECORD_INDEX_LOCKS_BY_OWNER,
                                            .address = std::move(address)});
            })
      .argument("ACCOUNT", arguments->account, "An address or key; yours if left out",
                Need::optional);
}

}  // namespace wallet
