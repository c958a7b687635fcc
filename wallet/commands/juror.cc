// labor juror: stake, withdraw, commit, reveal, expose, show, list.

#include "wallet/commands/arguments.h"
#include "wallet/commands/next.h"
#include "wallet/commands/verdict.h"

namespace wallet {

namespace {

using labor::v1::Dispute;
using labor::v1::Message;

struct JurorArguments {
  std::string dispute;
  std::uint32_t award = 0;
  std::string salt;
  std::string juror;
  std::vector<std::string> amount;
};

Result<Output> stake(Session& session, JurorArguments const& arguments) {
  TRY(amount, parse_amount(joined(arguments.amount), labor::v1::ASSET_USD));
  Message message;
  message.mutable_stake_as_juror()->set_amount(amount.value());
  return perform(session, std::move(message));
}

Result<Output> withdraw(Session& session, JurorArguments const& arguments) {
  TRY(amount, parse_amount(joined(arguments.amount), labor::v1::ASSET_USD));
  Message message;
  message.mutable_withdraw_juror_stake()->set_amount(amount.value());
  return perform(session, std::move(message));
}

Result<Dispute> read_dispute(Session& session, std::string const& text) {
  TRY(id, parse_id(text, "dispute"));
  TRY(record, existing_dispute(session, id));
  return record.dispute();
}

Result<Output> commit(Session& session, JurorArguments const& arguments) {
  TRY(dispute, read_dispute(session, arguments.dispute));
  return commit_verdict(session, dispute, arguments.award);
}

Result<Output> reveal(Session& session, JurorArguments const& arguments) {
  TRY(dispute, read_dispute(session, arguments.dispute));
  return reveal_verdict(session, dispute);
}

Result<Output> expose(Session& session, JurorArguments const& arguments) {
  TRY(id, parse_id(arguments.dispute, "dispute"));
  TRY(told, exposure(session,
                     {.juror = arguments.juror, .salt = arguments.salt, .award = arguments.award}));
  Message message;
  *message.mutable_expose_verdict() = told;
  message.mutable_expose_verdict()->set_dispute(id);
  return perform(session, std::move(message));
}

Result<Output> show_juror(Session& session, JurorArguments const& arguments) {
  TRY(address, address_or_mine(session, arguments.juror));
  labor::v1::Record key;
  key.mutable_juror()->set_account(address);
  return show_record(session, key, "juror", arguments.juror.empty() ? "you" : arguments.juror);
}

}  // namespace

void add_juror(Menu& menu) {
  auto noun = menu.noun("juror", "Sitting on the panels that rule on disputes and vet skills");
  auto& session = menu.session();
  auto const arguments = std::make_shared<JurorArguments>();
  auto const verb = [&](std::string name, std::string help, auto action) {
    return noun.verb(std::move(name), std::move(help),
                     [&session, arguments, action] { return action(session, *arguments); });
  };
  verb("stake", "Put down what you lose if you do not judge", stake)
      .words("AMOUNT", arguments->amount, "Like 100 USD; a seat locks five juror fees of it");
  verb("withdraw", "Take back of it what no panel locks", withdraw)
      .words("AMOUNT", arguments->amount, "Like 100 USD");
  verb("commit", "Commit to a verdict, unseen by anybody", commit)
      .argument("DISPUTE", arguments->dispute, "The dispute")
      .option("--award", arguments->award, "0 to 100: so many per cent for the talent");
  verb("reveal", "Show what you committed to", reveal)
      .argument("DISPUTE", arguments->dispute, "The dispute");
  verb("expose", "Post what another juror has committed to: half of what the seat locks is yours",
       expose)
      .argument("DISPUTE", arguments->dispute, "The dispute")
      .option("--juror", arguments->juror, "Whose verdict", Need::required)
      .option("--salt", arguments->salt, "The salt of it, in hex", Need::required)
      .option("--award", arguments->award, "0 to 100");
  verb("show", "A juror's stake; proved", show_juror)
      .argument("JUROR", arguments->juror, "Whose; yours if left out", Need::optional);
  verb("list", "Everybody who may sit", [](Session& acting, JurorArguments const&) {
    return list_records(acting, {.index = labor::v1::RECORD_INDEX_JURORS});
  });
}

}  // namespace wallet
