// labor authority: show, rotate, guardians, recover, approve, cancel.

#include <fmt/format.h>

#include <algorithm>

#include "protocol/bank/recovery.h"
#include "protocol/base/hex.h"
#include "protocol/execution/form.h"
#include "wallet/authority.h"
#include "wallet/commands/arguments.h"
#include "wallet/commands/next.h"
#include "wallet/dates.h"

namespace wallet {

namespace {

struct AuthorityArguments {
  TypedAuthority authority;
  std::string account;
  std::vector<std::string> guardians;
  std::uint32_t threshold = 0;
  std::string delay = "7d";
};

labor::v1::Record guardians_key(std::string const& address) {
  labor::v1::Record key;
  key.mutable_guardians()->set_account(address);
  return key;
}

labor::v1::Record recovery_key(std::string const& address) {
  labor::v1::Record key;
  key.mutable_recovery()->set_account(address);
  return key;
}

void add_guardians(Facts& facts, Session& session, labor::v1::Guardians const& record) {
  for (auto const& guardian : record.guardians()) {
    facts.emplace_back("Guardian", full_label(session, guardian));
  }
  facts.emplace_back("How many must agree", fmt::format("{}", record.threshold()));
  facts.emplace_back("Then it takes", show_duration(record.delay_ms()));
}

Result<Output> show_authority(Session& session, AuthorityArguments const& arguments) {
  TRY(address, address_or_mine(session, arguments.account));
  TRY(chain, session.chain());
  labor::v1::Record key;
  key.mutable_account()->set_address(address);
  TRY(account, chain->record(key));
  TRY(guardians, chain->record(guardians_key(address)));
  TRY(recovery, chain->record(recovery_key(address)));
  Facts facts{{"Account", full_label(session, address)}};
  auto const known = account && account->account().has_authority();
  auto lines = known ? describe(account->account().authority())
                     : std::vector<std::string>{"the key that its address is made of"};
  for (auto& line : lines) facts.emplace_back(&line == &lines.front() ? "Signed for by" : "", line);
  json::object data{{"account", session.text_of(execution::address_in(address))},
                    {"authority", known ? json_of(session, *account).at("authority") : nullptr},
                    {"guardians", nullptr},
                    {"recovery", nullptr}};
  if (guardians) {
    add_guardians(facts, session, guardians->guardians());
    data["guardians"] = json_of(session, *guardians);
  }
  Output output{.data = {}, .text = show(facts)};
  if (recovery) {
    TRY(by, onlooker(session));
    TRY(told, shown(session, *recovery, by));
    output.text += "\n\n" + told.text;
    data["recovery"] = std::move(told.data);
  }
  output.data = std::move(data);
  return output;
}

Result<Output> rotate(Session& session, AuthorityArguments const& arguments) {
  TRY(authority, parse_authority(session, arguments.authority));
  labor::v1::Message message;
  *message.mutable_rotate_authority()->mutable_authority() = authority;
  return perform(session, std::move(message));
}

Result<Output> set_guardians(Session& session, AuthorityArguments const& arguments) {
  labor::v1::Message message;
  auto& set = *message.mutable_set_guardians();
  for (auto const& text : arguments.guardians) {
    TRY(guardian, session.address_of(text));
    set.add_guardians(guardian.str());
  }
  std::ranges::sort(*set.mutable_guardians());
  if (!set.guardians().empty()) {
    TRY(delay_ms, parse_duration(arguments.delay));
    set.set_delay_ms(delay_ms);
    set.set_threshold(arguments.threshold == 0 ? static_cast<std::uint32_t>(set.guardians_size())
                                               : arguments.threshold);
  }
  return perform(session, std::move(message));
}

Result<Output> recover(Session& session, AuthorityArguments const& arguments) {
  TRY(account, session.address_of(arguments.account));
  TRY(authority, parse_authority(session, arguments.authority));
  labor::v1::Message message;
  message.mutable_start_recovery()->set_account(account.str());
  *message.mutable_start_recovery()->mutable_authority() = authority;
  return perform(session, std::move(message));
}

// To the authority that the chain shows now, and to no other.
Result<Output> approve(Session& session, AuthorityArguments const& arguments) {
  TRY(account, session.address_of(arguments.account));
  TRY(found,
      existing_record(session, recovery_key(account.str()), "recovery", session.text_of(account)));
  labor::v1::Message message;
  auto& approval = *message.mutable_approve_recovery();
  approval.set_account(account.str());
  approval.set_authority_hash(bank::authority_hash(account, found.recovery().authority()).str());
  return perform(session, std::move(message));
}

void add_keys(Verb verb, std::shared_ptr<AuthorityArguments> const& arguments) {
  verb.options("--key", arguments->authority.keys,
               "KEY or KEY:WEIGHT, a name in this wallet or 64 hex digits; as often as needed",
               Need::required);
  verb.option("--threshold", arguments->authority.threshold,
              "How much the keys that sign must weigh together; all of them");
}

}  // namespace

void add_authority(Menu& menu) {
  auto noun = menu.noun("authority", "Who may sign for an account, and who helps if a key is lost");
  auto& session = menu.session();
  auto const arguments = std::make_shared<AuthorityArguments>();

  noun.verb("show", "Keys, guardians and what they ask for; proved",
            [&session, arguments] { return show_authority(session, *arguments); })
      .argument("ACCOUNT", arguments->account, "An address or key; yours if left out",
                Need::optional);
  add_keys(noun.verb("rotate", "Give your account other keys",
                     [&session, arguments] { return rotate(session, *arguments); }),
           arguments);

  auto naming = noun.verb("guardians", "Name who may give your account other keys, or nobody",
                          [&session, arguments] { return set_guardians(session, *arguments); });
  naming.options("--guardian", arguments->guardians, "An account; as often as needed");
  naming.option("--threshold", arguments->threshold, "How many must agree; all of them");
  naming.option("--delay", arguments->delay, "How long you can cancel it, like 7d");

  auto recovering = noun.verb("recover", "Ask for other keys for an account that you guard",
                              [&session, arguments] { return recover(session, *arguments); });
  recovering.argument("ACCOUNT", arguments->account, "Whose key is lost");
  add_keys(std::move(recovering), arguments);
  noun.verb("approve", "Agree to the keys that another guardian has asked for",
            [&session, arguments] { return approve(session, *arguments); })
      .argument("ACCOUNT", arguments->account, "Whose key is lost");
  noun.verb("cancel", "Stop guardians from giving your account other keys", [&session] {
    labor::v1::Message message;
    message.mutable_cancel_recovery();
    return perform(session, std::move(message));
  });
}

}  // namespace wallet
